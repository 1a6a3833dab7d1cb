import { describe, expect, it } from 'vitest'
import { type FlowHost, runFlow } from './connect/flow.ts'
import { readFlow } from './connect/flow-rules.ts'

import { anyError, equals, flowOf, type RawAction, say } from './flows.ts'

/** Runs a flow with keys pressed in order; '' is silence. What was said, as `voice: text`. */
async function run(flow: object, keys: string[] = [], host: Partial<FlowHost> = {}) {
  const said: string[] = []
  const speak = async (text: string, voice: string) => {
    said.push(`${voice}: ${text}`)
  }
  await runFlow(readFlow(flow), {
    attributes: {},
    scope: () => ({ ContactId: 'c-1', CustomerEndpoint: { Address: '+1' } }),
    speak,
    listen: async (text, voice, limitMs) => {
      await speak(`${text} (${limitMs})`, voice)
      return keys.shift() || undefined
    },
    invoke: async () => ({ answer: {} }),
    ...host,
  })
  return said
}

describe('a flow runs', () => {
  const menu: RawAction = {
    Identifier: 'menu',
    Type: 'GetParticipantInput',
    Parameters: { Text: 'Press', InputTimeLimitSeconds: '8', StoreInput: 'False' },
    Transitions: {
      NextAction: 'bye',
      Conditions: [equals('1', 'one'), equals('#', 'hash')],
      Errors: [
        { ErrorType: 'InputTimeLimitExceeded', NextAction: 'silent' },
        { ErrorType: 'NoMatchingCondition', NextAction: 'other' },
        { ErrorType: 'NoMatchingError', NextAction: 'failed' },
      ],
    },
  }
  const asking = flowOf(menu, say('one', 'one'), say('hash', 'hash'), say('silent', 'silent'), say('other', 'other'))

  it.each([
    ['1', 'one'],
    ['#', 'hash'],
    ['5', 'other'],
    ['', 'silent'],
  ])('a key %j leads to %s', async (key, expected) => {
    expect(await run(asking, [key])).toEqual(['Joanna: Press (8000)', `Joanna: ${expected}`])
  })

  const invoke = (ResponseType: string): RawAction => ({
    Identifier: 'ask',
    Type: 'InvokeLambdaFunction',
    Parameters: {
      LambdaFunctionARN: 'arn:fn',
      InvocationTimeLimitSeconds: '3',
      LambdaInvocationAttributes: { who: '$.Attributes.person', from: '$.CustomerEndpoint.Address', fixed: 'x' },
      ResponseValidation: { ResponseType },
    },
    Transitions: { NextAction: 'tell', Errors: anyError('failed') },
  })

  it.each([
    ['a flat map of strings', 'STRING_MAP', { say: 'Hi', 'a-b_1': '' }, 'Hi'],
    ['a number in it', 'STRING_MAP', { say: 'Hi', n: 1 }, 'failed'],
    ['null in it', 'STRING_MAP', { say: 'Hi', n: null }, 'failed'],
    ['a nested map', 'STRING_MAP', { say: 'Hi', in: {} }, 'failed'],
    ['an array', 'STRING_MAP', ['Hi'], 'failed'],
    ['nothing', 'STRING_MAP', undefined, 'failed'],
    ['a key with a dot', 'STRING_MAP', { say: 'Hi', 'a.b': 'x' }, 'failed'],
    ['32 KB', 'STRING_MAP', { say: 'x'.repeat(32 * 1024) }, 'failed'],
    ['a nested map, as JSON', 'JSON', { say: 'Hi', in: { n: 1 } }, 'Hi'],
    ['nothing, as JSON', 'JSON', null, 'failed'],
  ])('a function that answers with %s', async (_what, type, answer, expected) => {
    const said = await run(flowOf(invoke(type), say('tell', '$.External.say')), [], {
      invoke: async () => ({ answer }),
    })
    expect(said).toEqual([`Joanna: ${expected}`])
  })

  it('gives a function its attributes and its time', async () => {
    const asked: unknown[] = []
    await run(flowOf(invoke('STRING_MAP'), say('tell', 'x')), [], {
      attributes: { person: 'lin' },
      invoke: async (...given) => {
        asked.push(given)
        return { answer: {} }
      },
    })
    expect(asked).toEqual([['arn:fn', { who: 'lin', from: '+1', fixed: 'x' }, 3000]])
  })

  it('forgets the last answer when the next function fails', async () => {
    const again = { ...invoke('STRING_MAP'), Identifier: 'again' }
    again.Transitions = { NextAction: 'bye', Errors: anyError('after') }
    const answers = [{ answer: { say: 'old' } }, { failed: 'down' }]
    const said = await run(
      flowOf(invoke('STRING_MAP'), say('tell', '$.External.say', 'again'), again, say('after', 'got $.External.say')),
      [],
      {
        invoke: async () => answers.shift() ?? { failed: 'none left' },
      },
    )
    expect(said).toEqual(['Joanna: old', 'Joanna: got'])
  })

  it('puts references into text, right up to the next letter that can not belong to them', async () => {
    const flow = flowOf(say('a', '你好$.Attributes.name。$.Attributes.n号 $.ContactId.'))
    expect(await run(flow, [], { attributes: { name: '林悦', n: '1024' } })).toEqual(['Joanna: 你好林悦。1024号 c-1.'])
  })

  it('takes the error branch when there is nothing left to say', async () => {
    expect(await run(flowOf(say('a', '$.Attributes.nothing')))).toEqual(['Joanna: failed'])
    expect(await run(flowOf(say('a', '$.Attributes.long')), [], { attributes: { long: 'x'.repeat(3001) } })).toEqual([
      'Joanna: failed',
    ])
  })

  it('speaks SSML without its tags', async () => {
    const flow = flowOf({
      ...say('a', ''),
      Parameters: { SSML: '<speak>Hi <break time="1s"/>$.Attributes.name</speak>' },
    })
    expect(await run(flow, [], { attributes: { name: 'Lin' } })).toEqual(['Joanna: Hi Lin'])
  })

  it.each([
    ['Equals', 'ok', 'ok', true],
    ['Equals', 'ok', 'OK', false],
    ['TextStartsWith', 'okay', 'ok', true],
    ['TextStartsWith', 'not ok', 'ok', false],
    ['TextEndsWith', 'not ok', 'ok', true],
    ['TextContains', 'a ok b', 'ok', true],
    ['TextContains', 'a', 'ok', false],
    ['NumberGreaterThan', '3', '2', true],
    ['NumberGreaterThan', '2', '2', false],
    ['NumberGreaterOrEqualTo', '2', '2', true],
    ['NumberLessThan', '10', '9', false],
    ['NumberLessOrEqualTo', '9', '9', true],
    ['Equals', undefined, 'ok', false],
    ['NumberLessThan', undefined, '9', false],
  ])('compares: %s %s %s is %s', async (operator, value, operand, holds) => {
    const compare: RawAction = {
      Identifier: 'compare',
      Type: 'Compare',
      Parameters: { ComparisonValue: '$.Attributes.value' },
      Transitions: {
        NextAction: 'no',
        Conditions: [equals(operand, 'yes', operator)],
        Errors: [{ ErrorType: 'NoMatchingCondition', NextAction: 'no' }],
      },
    }
    const attributes: Record<string, string> = value === undefined ? {} : { value }
    const said = await run(flowOf(compare, say('yes', 'yes'), say('no', 'no')), [], { attributes })
    expect(said).toEqual([`Joanna: ${holds ? 'yes' : 'no'}`])
  })

  it('loops as often as it should, and again when it comes back', async () => {
    const loop: RawAction = {
      Identifier: 'loop',
      Type: 'Loop',
      Parameters: { LoopCount: '2' },
      Transitions: { Conditions: [equals('ContinueLooping', 'in'), equals('DoneLooping', 'menu')] },
    }
    const again = { ...menu, Transitions: { ...menu.Transitions, Conditions: [equals('2', 'loop')] } }
    const flow = flowOf(loop, say('in', 'in', 'loop'), again, say('silent', 'end'), say('other', 'other'))
    const round = ['Joanna: in', 'Joanna: in', 'Joanna: Press (8000)']
    expect(await run(flow, ['2', ''])).toEqual([...round, ...round, 'Joanna: end'])
  })

  it('keeps the voice, writes attributes, and takes no voice that is none', async () => {
    const voice = (Identifier: string, TextToSpeechVoice: string, NextAction: string): RawAction => ({
      Identifier,
      Type: 'UpdateContactTextToSpeechVoice',
      Parameters: { TextToSpeechVoice },
      Transitions: { NextAction, Errors: anyError('failed') },
    })
    const set: RawAction = {
      Identifier: 'set',
      Type: 'UpdateContactAttributes',
      Parameters: { Attributes: { ack: '1', copy: '$.Attributes.name' } },
      Transitions: { NextAction: 'a', Errors: anyError('failed') },
    }
    const attributes: Record<string, string> = { name: 'Lin' }
    const flow = flowOf(
      voice('v', 'Zhiyu', 'set'),
      set,
      say('a', '$.Attributes.copy', 'w'),
      voice('w', '$.Attributes.none', 'bye'),
    )
    expect(await run(flow, [], { attributes })).toEqual(['Zhiyu: Lin', 'Zhiyu: failed'])
    expect(attributes).toEqual({ name: 'Lin', ack: '1', copy: 'Lin' })
  })

  it('a flow that turns round for ever is stopped', async () => {
    await expect(run(flowOf(say('a', 'x', 'b'), say('b', 'y', 'a')))).rejects.toThrow('1000 steps without an end')
  })
})
