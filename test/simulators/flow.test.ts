import { describe, expect, it } from 'vitest'
import { type FlowHost, runFlow } from './connect/flow.ts'
import { readFlow } from './connect/flow-rules.ts'
import { sample } from './connect/instance.ts'

interface RawAction {
  Identifier: string
  Type: string
  Parameters: Record<string, unknown>
  Transitions: {
    NextAction?: string
    Errors?: { ErrorType: string; NextAction: string }[]
    Conditions?: { NextAction: string; Condition: { Operator: string; Operands: string[] } }[]
  }
}

const bye: RawAction = { Identifier: 'bye', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} }
const anyError = (NextAction: string) => [{ ErrorType: 'NoMatchingError', NextAction }]
const equals = (operand: string, NextAction: string, Operator = 'Equals') => ({
  NextAction,
  Condition: { Operator, Operands: [operand] },
})
const say = (Identifier: string, Text: string, NextAction = 'bye'): RawAction => ({
  Identifier,
  Type: 'MessageParticipant',
  Parameters: { Text },
  Transitions: { NextAction, Errors: anyError('failed') },
})
const flowOf = (...Actions: RawAction[]) => ({
  Version: '2019-10-30',
  StartAction: Actions[0]?.Identifier,
  Actions: [...Actions, say('failed', 'failed'), bye],
})

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

describe('a flow is read as strictly as CreateContactFlow reads it', () => {
  it('the sample is valid', () => {
    expect(readFlow(sample('connect-flow-oncall')).actions.size).toBe(15)
  })

  const change = (id: string, edit: (action: RawAction) => void) => {
    const flow = sample('connect-flow-oncall')
    edit(flow.Actions.find((action: RawAction) => action.Identifier === id))
    return flow
  }
  const without = (error: string) => (action: RawAction) => {
    action.Transitions.Errors = (action.Transitions.Errors ?? []).filter(({ ErrorType }) => ErrorType !== error)
  }

  it.each([
    ['a target that does not exist', change('voice', (a) => (a.Transitions.NextAction = 'x')), 'transition: voice → x'],
    ['a start that does not exist', { ...sample('connect-flow-oncall'), StartAction: 'x' }, 'Invalid StartAction: x'],
    ['another version', { ...sample('connect-flow-oncall'), Version: '2020' }, 'Version'],
    ['an id twice', flowOf(say('a', 'x'), say('a', 'y')), 'Duplicate action identifier: a'],
    ['an id with a bracket', flowOf(say('a(b', 'x')), 'forbidden character'],
    ['an id that JavaScript owns', flowOf(say('constructor', 'x')), 'reserved name'],
    ['an unknown type', change('bye', (a) => (a.Type = 'Wait')), 'Invalid action type of bye: Wait'],
    ['a type named like an object method', change('bye', (a) => (a.Type = 'toString')), 'Invalid action type'],
    ['an unknown parameter', change('rounds', (a) => (a.Parameters.Max = '3')), 'Invalid parameter of rounds'],
    [
      'a number that is no string',
      change('rounds', (a) => (a.Parameters.LoopCount = 3)),
      'Invalid parameter of rounds',
    ],
    ['101 loops', change('rounds', (a) => (a.Parameters.LoopCount = '101')), 'a number from 0 to 100'],
    ['a function given 9 s', change('ack', (a) => (a.Parameters.InvocationTimeLimitSeconds = '9')), 'from 1 to 8'],
    ['input awaited 181 s', change('menu', (a) => (a.Parameters.InputTimeLimitSeconds = '181')), 'from 1 to 180'],
    ['text and SSML at once', change('menu', (a) => (a.Parameters.SSML = 'x')), 'exactly one of Text and SSML'],
    ['nothing to say', change('ack-said', (a) => (a.Parameters = {})), 'exactly one of Text and SSML'],
    ['3001 characters', change('ack-said', (a) => (a.Parameters.Text = 'x'.repeat(3001))), '1 to 3000 characters'],
    [
      'Zhiyu generative',
      change('voice', (a) => (a.Parameters.TextToSpeechEngine = 'Generative')),
      'does not have this',
    ],
    ['a message without its error', change('ack-said', without('NoMatchingError')), 'Errors of ack-said'],
    ['input without its time limit', change('menu', without('InputTimeLimitExceeded')), 'Errors of menu'],
    ['input without other keys', change('menu', without('NoMatchingCondition')), 'Errors of menu'],
    ['a comparison without its else', change('ack-result', without('NoMatchingCondition')), 'Errors of ack-result'],
    [
      'an error a type never has',
      change('ack-result', (a) => a.Transitions.Errors?.push(...anyError('bye'))),
      'Errors of',
    ],
    ['a key of two digits', change('menu', (a) => a.Transitions.Conditions?.push(equals('12', 'ack'))), '0-9 * #'],
    [
      'a key compared otherwise',
      change('menu', (a) => a.Transitions.Conditions?.push(equals('3', 'ack', 'TextContains'))),
      '0-9 * #',
    ],
    [
      'an operator nobody knows',
      change('ack-result', (a) => a.Transitions.Conditions?.push(equals('x', 'ack', 'Is'))),
      '',
    ],
    ['a loop without an end', change('rounds', (a) => a.Transitions.Conditions?.pop()), 'DoneLooping'],
    [
      'a message with conditions',
      change('ack-said', (a) => (a.Transitions.Conditions = [equals('1', 'bye')])),
      'no conditions',
    ],
    ['nothing next', change('voice', (a) => delete a.Transitions.NextAction), 'NextAction of voice'],
    ['something after the end', change('bye', (a) => (a.Transitions.NextAction = 'voice')), 'must not be there'],
    ['a comparison of text', change('ack-result', (a) => (a.Parameters.ComparisonValue = 'ok')), 'one JSONPath'],
    [
      'a path inside a function attribute',
      change('ack', (a) => (a.Parameters.LambdaInvocationAttributes = { key: 'n$.Attributes.attempt' })),
      'static or one whole JSONPath',
    ],
    ['an unknown reference', change('ack-said', (a) => (a.Parameters.Text = 'Hi $.Customer.Name')), '$.Customer.Name'],
    ['an unreadable reference', change('ack-said', (a) => (a.Parameters.Text = "Hi $.['x']")), 'unreadable reference'],
  ])('%s', (_why, flow, problem) => {
    expect(() => readFlow(flow)).toThrow(/^InvalidContactFlowException:\n- /)
    expect(() => readFlow(flow)).toThrow(problem)
  })

  it('names all problems at once', () => {
    const flow = change('voice', (action) => {
      action.Transitions = { NextAction: 'x' }
      action.Parameters.TextToSpeechStyle = 'Loud'
    })
    expect(() => readFlow(flow)).toThrow(/TextToSpeechStyle[\s\S]*voice → x[\s\S]*Errors of voice/)
  })
})

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
