import { describe, expect, it } from 'vitest'
import { readFlow } from './connect/flow-rules.ts'
import { sample } from './connect/instance.ts'
import { anyError, equals, flowOf, type RawAction, say } from './flows.ts'

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
