import { expect, it } from 'vitest'
import { provenIn } from '../../shared/incidents/proven.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { at } from '../messages/notices.ts'

const call = (time: string, name: string, outcome: 'ringing' | 'unanswered' | 'no-key' | 'passed') =>
  ({ at: at(time), generation: 1, kind: 'call', name, call: 1, outcome }) satisfies TimelineEntry
const taken = (time: string, name: string, via: 'phone' | 'cli', key?: string): TimelineEntry => ({
  at: at(time),
  generation: 1,
  kind: 'acknowledged',
  action: { at: at(time), via, by: { contact: name, name }, ...(key && { key }) },
})
const text = (time: string, name: string, status: 'sent' | 'arrived' | 'failed'): TimelineEntry => ({
  at: at(time),
  generation: 1,
  kind: 'message',
  what: 'page',
  to: { contact: name, name, channel: 'sms' },
  status,
})

it.each<[string, TimelineEntry[], object | undefined]>([
  ['a key in a call', [taken('02:00', 'lin', 'phone', '1')], { phone: { at: at('02:00'), by: 'key' } }],
  ['key 9 as well', [call('02:00', 'lin', 'passed')], { phone: { at: at('02:00'), by: 'key' } }],
  ['an answer less surely', [call('02:00', 'lin', 'no-key')], { phone: { at: at('02:00'), by: 'answered' } }],
  ['no ringing', [call('02:00', 'lin', 'ringing'), call('02:01', 'lin', 'unanswered')], undefined],
  ['no command', [taken('02:00', 'lin', 'cli')], undefined],
  [
    'the later of two',
    [call('02:00', 'lin', 'no-key'), call('05:00', 'lin', 'passed')],
    { phone: { at: at('05:00'), by: 'key' } },
  ],
  [
    'an arrival, once its carrier says so',
    [text('02:00', 'lin', 'sent'), text('02:01', 'lin', 'arrived')],
    { sms: { at: at('02:01'), by: 'arrived' } },
  ],
  [
    'a later sending rather than an old arrival',
    [text('02:00', 'lin', 'arrived'), text('05:00', 'lin', 'sent')],
    { sms: { at: at('05:00'), by: 'sent' } },
  ],
  ['no failure', [text('02:00', 'lin', 'failed')], undefined],
])('%s shows that somebody is reached', (_, entries, proven) => {
  const incident = { project: 'pay', groupKey: 'web', title: 'web' }
  expect(provenIn([{ incident, entries }]).get('lin')).toEqual(proven)
})
