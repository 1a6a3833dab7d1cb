import { describe, expect, it } from 'vitest'
import { stageEventOf } from '../../cli/drill/stack-event.ts'
import type { SentMessage, StackEvent } from '../../local/journal.ts'
import type { SimulatedCall } from '../simulators/connect/simulated-call.ts'

const AT = Date.UTC(2026, 10, 21, 3)

const message: SentMessage = {
  id: 1,
  at: AT,
  channel: 'email',
  title: { zh: '邮件', en: 'mail' },
  to: 'lin@example.com',
  text: 'Resolved: all is well',
  format: 'text',
}
const tells = { incident: 'drill#1#web', kind: 'page', incidents: 1 } as const

describe('a message', () => {
  it('has arrived before it is known what it tells, whatever its words are', () => {
    expect(stageEventOf({ type: 'message', message })).toEqual({
      type: 'arrived',
      at: AT,
      channel: 'email',
      to: 'lin@example.com',
    })
  })

  it('tells what its sender says that it tells', () => {
    expect(stageEventOf({ type: 'notified', at: AT + 5, message: { ...message, tells } })).toEqual({
      type: 'message',
      at: AT,
      channel: 'email',
      to: 'lin@example.com',
      what: 'page',
    })
  })

  it('that was refused was not told', () => {
    const { to: _, ...refused } = { ...message, channel: 'dingtalk', refused: '310000 sign not match' }
    expect(stageEventOf({ type: 'message', message: refused })).toEqual({
      type: 'trouble',
      at: AT,
      trouble: { of: 'message', channel: 'dingtalk', reason: '310000 sign not match' },
    })
  })
})

describe('a call', () => {
  const call = { contactId: 'c1', to: '+8613800000001', disconnectReason: 'TELECOM_UNANSWERED' } as SimulatedCall
  const of = { at: AT, call: 'c1', phone: '+8613800000001' }
  const told = (event: Extract<StackEvent, { type: 'call' }>['event']) => stageEventOf({ type: 'call', at: AT, event })

  it.each([
    { event: { type: 'ring', call } as const, meaning: { type: 'ring', ...of } },
    { event: { type: 'answered', call } as const, meaning: undefined },
    { event: { type: 'speak', call, spoken: { voice: 'Joanna', text: 'hello' } } as const, meaning: undefined },
    { event: { type: 'listening', call } as const, meaning: { type: 'listening', ...of } },
    { event: { type: 'key', call, key: '1' } as const, meaning: { type: 'key', key: '1', ...of } },
    { event: { type: 'disconnected', call } as const, meaning: { type: 'ended', reason: 'TELECOM_UNANSWERED', ...of } },
    {
      event: { type: 'lambda-failed', call, reason: 'not back within 8000 ms' } as const,
      meaning: {
        type: 'trouble',
        at: AT,
        trouble: { of: 'call', to: '+8613800000001', reason: 'not back within 8000 ms' },
      },
    },
  ])('$event.type', ({ event, meaning }) => {
    expect(told(event)).toEqual(meaning)
  })
})

it('a function that failed is trouble', () => {
  const event: StackEvent = { type: 'failed', at: AT, function: 'page', error: new Error('no table') }
  expect(stageEventOf(event)).toEqual({
    type: 'trouble',
    at: AT,
    trouble: { of: 'function', name: 'page', reason: 'no table' },
  })
})
