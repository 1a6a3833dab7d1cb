import { describe, expect, test } from 'vitest'
import { contactFlow } from '../../shared/channels/connect/contact-flow.ts'
import type { FlowAction } from '../../shared/channels/connect/flow-blocks.ts'

const lambda = 'arn:aws:lambda:ap-southeast-1:123456789012:function:fenghuo-dev-acknowledge'
const flow = contactFlow(lambda)
const actions = new Map(flow.Actions.map((action) => [action.Identifier, action]))

/** What Amazon Connect asks of a block of each type (Administrator Guide, "Flow language", actions). */
const rules: Record<string, { parameters: string[]; errors: string[]; next: boolean; conditions: boolean }> = {
  UpdateFlowLoggingBehavior: { parameters: ['FlowLoggingBehavior'], errors: [], next: true, conditions: false },
  Compare: { parameters: ['ComparisonValue'], errors: ['NoMatchingCondition'], next: true, conditions: true },
  UpdateContactTextToSpeechVoice: {
    parameters: ['TextToSpeechVoice', 'TextToSpeechEngine', 'TextToSpeechStyle'],
    errors: ['NoMatchingError'],
    next: true,
    conditions: false,
  },
  InvokeLambdaFunction: {
    parameters: [
      'LambdaFunctionARN',
      'InvocationTimeLimitSeconds',
      'InvocationType',
      'LambdaInvocationAttributes',
      'ResponseValidation',
    ],
    errors: ['NoMatchingError'],
    next: true,
    conditions: false,
  },
  GetParticipantInput: {
    parameters: ['Text', 'InputTimeLimitSeconds', 'StoreInput'],
    errors: ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'],
    next: true,
    conditions: true,
  },
  MessageParticipant: { parameters: ['Text'], errors: ['NoMatchingError'], next: true, conditions: false },
  DisconnectParticipant: { parameters: [], errors: [], next: false, conditions: false },
}

function targets({ Transitions }: FlowAction): string[] {
  const exits = [...(Transitions.Errors ?? []), ...(Transitions.Conditions ?? [])].map((exit) => exit.NextAction)
  return Transitions.NextAction === undefined ? exits : [Transitions.NextAction, ...exits]
}

describe('the flow is one that Amazon Connect accepts', () => {
  test('its identifiers are unique, short and of allowed characters', () => {
    const reserved = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty']
    expect(actions.size).toBe(flow.Actions.length)
    for (const id of actions.keys()) {
      expect(id).toMatch(/^[^%:(\\/)=$,;[\]{}]{1,50}$/)
      expect(reserved).not.toContain(id)
    }
  })

  test('it has at most 250 blocks and fits a resource', () => {
    expect(flow.Version).toBe('2019-10-30')
    expect(flow.Actions.length).toBeLessThanOrEqual(250)
    expect(Buffer.byteLength(JSON.stringify(flow))).toBeLessThan(256_000)
  })

  test.each(
    flow.Actions.map((action) => [action.Identifier, action] as const),
  )('%s has what its type asks for', (_, action) => {
    const rule = rules[action.Type]
    expect(rule, `${action.Type} is a type this test knows`).toBeDefined()
    const { NextAction, Errors = [], Conditions = [] } = action.Transitions
    expect(Object.keys(action.Parameters).sort()).toEqual(rule?.parameters.toSorted())
    expect(Errors.map((error) => error.ErrorType).sort()).toEqual(rule?.errors.toSorted())
    expect(NextAction !== undefined).toBe(rule?.next)
    expect(Conditions.length > 0).toBe(rule?.conditions)
    for (const target of targets(action)) expect(actions.has(target), `${target} exists`).toBe(true)
  })

  test('every block can be reached, and every block leads to the end of the call', () => {
    const reached = new Set<string>()
    const visit = (id: string) => {
      if (reached.has(id)) return
      reached.add(id)
      for (const target of targets(actions.get(id) ?? expect.unreachable(id))) visit(target)
    }
    visit(flow.StartAction)
    expect([...reached].sort()).toEqual([...actions.keys()].sort())

    const ends = new Set(['goodbye'])
    for (let size = 0; size !== ends.size; ) {
      size = ends.size
      for (const [id, action] of actions) if (targets(action).some((target) => ends.has(target))) ends.add(id)
    }
    expect(ends).toEqual(reached)
  })

  test('keys are keys, numbers and booleans are text, and functions answer in time', () => {
    for (const action of flow.Actions) {
      const { Type, Parameters, Transitions } = action
      for (const { Condition } of Transitions.Conditions ?? []) {
        expect(Condition.Operator).toBe('Equals')
        if (Type === 'GetParticipantInput') expect(Condition.Operands[0]).toMatch(/^[0-9*#]$/)
      }
      if (Type === 'GetParticipantInput') {
        expect(Parameters.StoreInput).toBe('False')
        expect(Number(Parameters.InputTimeLimitSeconds)).toBeGreaterThanOrEqual(1)
        expect(Number(Parameters.InputTimeLimitSeconds)).toBeLessThanOrEqual(180)
      }
      if (Type === 'InvokeLambdaFunction') {
        expect(Parameters).toMatchObject({
          LambdaFunctionARN: lambda,
          InvocationType: 'SYNCHRONOUS',
          InvocationTimeLimitSeconds: '8',
          ResponseValidation: { ResponseType: 'STRING_MAP' },
        })
      }
    }
  })
})

/** What somebody on the phone does and what `acknowledge` answers, in order; a missing answer is a function that failed. */
interface Conversation {
  language?: string
  keys: string[]
  answers: Record<string, { result: string; say: string } | undefined>
}

/** Runs the flow as Connect would and writes down what is said and asked. */
function run({ language = 'zh', keys, answers }: Conversation): string[] {
  const heard: string[] = []
  const left = [...keys]
  const attributes: Record<string, string> = { language, message: 'MESSAGE' }
  let external: Record<string, string> = {}
  const resolve = (text: unknown) =>
    String(text).replace(/\$\.(Attributes|External)\.(\w+)/g, (_, from, name) =>
      String((from === 'External' ? external : attributes)[name]),
    )
  let at = flow.StartAction
  for (let steps = 0; steps < 200; steps++) {
    const action = actions.get(at) ?? expect.unreachable(at)
    const { Type, Parameters, Transitions } = action
    const onError = (type: string) => Transitions.Errors?.find((error) => error.ErrorType === type)?.NextAction
    const onValue = (value: string) =>
      Transitions.Conditions?.find((condition) => condition.Condition.Operands[0] === value)?.NextAction ??
      onError('NoMatchingCondition')
    let next = Transitions.NextAction
    if (Type === 'DisconnectParticipant') return heard
    if (Type === 'UpdateContactTextToSpeechVoice') heard.push(`voice ${Parameters.TextToSpeechVoice}`)
    if (Type === 'MessageParticipant') heard.push(`say ${resolve(Parameters.Text)}`)
    if (Type === 'Compare') next = onValue(resolve(Parameters.ComparisonValue))
    if (Type === 'GetParticipantInput') {
      heard.push(`menu ${resolve(Parameters.Text)}`)
      const key = left.shift() ?? ''
      next = key === '' ? onError('InputTimeLimitExceeded') : onValue(key)
    }
    if (Type === 'InvokeLambdaFunction') {
      const { action: name, key } = Parameters.LambdaInvocationAttributes as { action: string; key?: string }
      const asked = key ? `${name} ${key}` : name
      heard.push(`ask ${asked}`)
      const answer = answers[asked]
      if (answer) external = { ...answer }
      else next = onError('NoMatchingError')
    }
    at = next ?? expect.unreachable(`${at} leads nowhere`)
  }
  return expect.unreachable(`the call does not end: ${heard.join(', ')}`)
}

const answered = { result: 'ok', say: 'MENU' }
const noKey = { result: 'ok', say: 'NO KEY' }

describe('a call', () => {
  test.each<[string, Conversation, string[]]>([
    [
      'is acknowledged with 1',
      { keys: ['1'], answers: { answered, 'key 1': { result: 'ok', say: 'YOURS' } } },
      ['voice Zhiyu', 'ask answered', 'menu MENU', 'ask key 1', 'say YOURS'],
    ],
    [
      'speaks English to those who do',
      { language: 'en', keys: ['1'], answers: { answered, 'key 1': { result: 'ok', say: 'YOURS' } } },
      ['voice Joanna', 'ask answered', 'menu MENU', 'ask key 1', 'say YOURS'],
    ],
    [
      'speaks Chinese when the language is neither',
      { language: '', keys: ['9'], answers: { answered, 'key 9': { result: 'ok', say: 'PASSED' } } },
      ['voice Zhiyu', 'ask answered', 'menu MENU', 'ask key 9', 'say PASSED'],
    ],
    [
      'says that somebody else was faster',
      { keys: [], answers: { answered: { result: 'taken', say: 'LIN HAS IT' } } },
      ['voice Zhiyu', 'ask answered', 'say LIN HAS IT'],
    ],
    [
      'says that somebody else was faster while the menu played',
      { keys: ['1'], answers: { answered, 'key 1': { result: 'taken', say: 'LIN HAS IT' } } },
      ['voice Zhiyu', 'ask answered', 'menu MENU', 'ask key 1', 'say LIN HAS IT'],
    ],
    [
      'ends after two plays without a key',
      { keys: [], answers: { answered, 'no-key': noKey } },
      ['voice Zhiyu', 'ask answered', 'menu MENU', 'menu MENU', 'ask no-key', 'say NO KEY'],
    ],
    [
      'repeats with 2 and with a key that means nothing, three plays in all',
      { keys: ['2', '5', '2'], answers: { answered, 'no-key': noKey } },
      ['voice Zhiyu', 'ask answered', 'menu MENU', 'menu MENU', 'menu MENU', 'ask no-key', 'say NO KEY'],
    ],
    [
      'lists several alerts with 3, and again with 2, and takes all with 1',
      {
        keys: ['3', '2', '1'],
        answers: {
          answered: { result: 'several', say: 'FIVE' },
          'key 3': { result: 'ok', say: 'LIST' },
          'key 1': { result: 'ok', say: 'YOURS' },
        },
      },
      [
        'voice Zhiyu',
        'ask answered',
        'menu FIVE',
        'ask key 3',
        'menu LIST',
        'ask key 3',
        'menu LIST',
        'ask key 1',
        'say YOURS',
      ],
    ],
    [
      'says that somebody else was faster when the list is asked for',
      {
        keys: ['3'],
        answers: { answered: { result: 'several', say: 'FIVE' }, 'key 3': { result: 'taken', say: 'LIN HAS IT' } },
      },
      ['voice Zhiyu', 'ask answered', 'menu FIVE', 'ask key 3', 'say LIN HAS IT'],
    ],
    [
      'plays its own message once more when there is no list',
      {
        keys: ['3', '1'],
        answers: {
          answered: { result: 'several', say: 'FIVE' },
          'key 3': { result: 'failed', say: 'SORRY' },
          'key 1': { result: 'ok', say: 'YOURS' },
        },
      },
      ['voice Zhiyu', 'ask answered', 'menu FIVE', 'ask key 3', 'menu MESSAGE', 'ask key 1', 'say YOURS'],
    ],
    [
      'says its own message when acknowledge does not answer, and still takes the key',
      { keys: ['', '1'], answers: { 'key 1': { result: 'ok', say: 'YOURS' } } },
      ['voice Zhiyu', 'ask answered', 'menu MESSAGE', 'menu MESSAGE', 'ask key 1', 'say YOURS'],
    ],
    [
      'says its own message when acknowledge answers what nobody knows',
      { keys: [], answers: { answered: { result: 'perhaps', say: 'HM' }, 'no-key': noKey } },
      ['voice Zhiyu', 'ask answered', 'menu MESSAGE', 'menu MESSAGE', 'ask no-key', 'say NO KEY'],
    ],
    [
      'asks once more for a key that could not be written down, and takes another',
      {
        keys: ['1', '9'],
        answers: { answered, 'key 1': { result: 'failed', say: 'AGAIN' }, 'key 9': { result: 'ok', say: 'PASSED' } },
      },
      ['voice Zhiyu', 'ask answered', 'menu MENU', 'ask key 1', 'menu AGAIN', 'ask key 9', 'say PASSED'],
    ],
    [
      'asks once more for a key that could not be passed on',
      { keys: ['9'], answers: { answered, 'key 9': { result: 'failed', say: 'AGAIN' }, 'no-key': noKey } },
      ['voice Zhiyu', 'ask answered', 'menu MENU', 'ask key 9', 'menu AGAIN', 'ask no-key', 'say NO KEY'],
    ],
    [
      'admits that a key was lost, and asks for it once more',
      { keys: ['1', '1'], answers: { answered, 'no-key': noKey } },
      [
        'voice Zhiyu',
        'ask answered',
        'menu MENU',
        'ask key 1',
        'menu 系统没有记录您的按键，请再按一次，或者从群消息或链接认领。',
        'ask key 1',
        'menu 系统没有记录您的按键，请再按一次，或者从群消息或链接认领。',
        'ask no-key',
        'say NO KEY',
      ],
    ],
    [
      'says what it can when nothing answers at all',
      { language: 'en', keys: [], answers: {} },
      [
        'voice Joanna',
        'ask answered',
        'menu MESSAGE',
        'menu MESSAGE',
        'ask no-key',
        'say No key received. We will call again or pass it on.',
      ],
    ],
  ])('%s', (_, conversation, heard) => {
    expect(run(conversation)).toEqual(heard)
  })
})
