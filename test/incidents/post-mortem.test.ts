import { expect, it } from 'vitest'
import { milestonesOf, outreachIn } from '../../shared/incidents/post-mortem.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { at } from '../messages/notices.ts'

const call = (time: string, name: string, outcome: 'requested' | 'ringing' | 'unanswered' | 'no-key', number = 1) =>
  ({ at: at(time), generation: 1, kind: 'call', name, call: number, outcome }) satisfies TimelineEntry
const message = (time: string, chat: string, status: 'waiting' | 'sent' | 'failed' | 'arrived') =>
  ({ at: at(time), generation: 1, kind: 'message', what: 'opened', to: { chat }, status }) satisfies TimelineEntry

it('tells each call and message once, from its beginning, as it ended', () => {
  const entries = [
    call('02:00', 'lin', 'ringing'),
    message('02:01', 'ops', 'waiting'),
    call('02:02', 'lin', 'unanswered'),
    message('02:02', 'ops', 'sent'),
    call('02:03', 'lin', 'ringing', 2),
    call('02:04', 'lin', 'no-key', 2),
    // The next round.
    call('02:30', 'lin', 'ringing'),
  ]
  expect(outreachIn(entries).map((one) => [one.at, 'outcome' in one ? one.outcome : one.status])).toEqual([
    [at('02:00'), 'unanswered'],
    [at('02:01'), 'sent'],
    [at('02:03'), 'no-key'],
    [at('02:30'), 'ringing'],
  ])
})

it('tells a call or message of a later layer by itself, though the one before has no end', () => {
  const entries = [
    call('02:00', 'lin', 'ringing'),
    message('02:00', 'ops', 'sent'),
    call('02:10', 'lin', 'ringing'),
    message('02:10', 'ops', 'sent'),
    call('02:11', 'lin', 'unanswered'),
  ]
  expect(outreachIn(entries).map((one) => [one.at, 'outcome' in one ? one.outcome : one.status])).toEqual([
    [at('02:00'), 'ringing'],
    [at('02:00'), 'sent'],
    [at('02:10'), 'unanswered'],
    [at('02:10'), 'sent'],
  ])
})

it('says how long each step took, and nothing of what never came', () => {
  const layer = (time: string, names: string[]) =>
    ({ at: at(time), generation: 1, kind: 'layer', round: 0, layer: 0, names, notes: [] }) satisfies TimelineEntry
  const entries = [
    layer('02:00', []),
    layer('02:01', ['lin']),
    call('02:01', 'lin', 'requested'),
    call('02:02', 'lin', 'ringing'),
  ]
  expect(milestonesOf({ openedAt: at('02:00') }, entries)).toEqual({ paged: 60_000, reached: 120_000 })
})
