import { expect, it } from 'vitest'
import type { Incident } from '../../../shared/incidents/incident.ts'
import { at } from '../../messages/notices.ts'
import { plan } from '../story.ts'
import { opened as openedAt, take } from './lives.ts'

const [first, second] = ['ap-southeast-1', 'ap-northeast-1'] as const
const place = (own: string) => ({ own, order: [first, second], guardMs: 60_000 })

/** Two have to take it. */
const opened = (own: string, time = '02:15'): Incident => {
  const incident = openedAt(place(own), time)
  return { ...incident, escalation: { ...incident.escalation, needs: { count: 2 } } }
}
const by = (contact: string) => ({ contact, name: contact })
const taken = (incident: Incident, contact: string, time: string) =>
  take(incident, { type: 'acknowledge', generation: 1, via: 'link', by: by(contact) }, time)
const heard = (incident: Incident, from: string, theirs: Incident, own: string, time: string) =>
  take(incident, { type: 'news', from, incident: theirs, place: place(own) }, time)
const names = ({ takers = [] }: Incident) => takers.map(({ by: who }) => who?.contact)

it('two people take it in two regions that are cut off: when these meet it is both of theirs, in both', () => {
  const ours = taken(opened(first), 'lin', '02:16')
  const theirs = taken(opened(second), 'wang', '02:17')
  expect([ours.status, theirs.status]).toEqual(['open', 'open'])
  expect(heard(ours, second, theirs, first, '02:18')).toMatchObject({ status: 'acknowledged' })
  expect(heard(theirs, first, ours, second, '02:18')).toMatchObject({ status: 'acknowledged' })
})

it('who had it before both lost it elsewhere has to take it again, though only their word had come here', () => {
  const ours = taken(opened(second), 'lin', '02:16')
  const both = taken(taken(opened(first), 'lin', '02:16'), 'wang', '02:20')
  const snoozed = take(both, { type: 'snooze', generation: 1, via: 'cli', by: by('wang'), until: at('02:50') }, '02:21')
  const again = take(snoozed, { type: 'step', plan: plan() }, '02:50')
  expect(again.status).toBe('open')

  expect(names(heard(ours, first, again, second, '02:51'))).toEqual([])
})

it('who has kept it where another one gave it back has it here, too, by either’s word', () => {
  const both = taken(taken(opened(first), 'lin', '02:16'), 'wang', '02:20')
  const left = take(both, { type: 'give-back', generation: 1, via: 'link', by: by('wang') }, '02:25')
  expect(names(left)).toEqual(['lin'])
  const ours = taken(opened(second), 'lin', '02:16')
  expect(names(heard(ours, first, left, second, '02:26'))).toEqual(['lin'])
  const same = heard(left, second, { ...left, duty: { ...place(second), pages: first, heard: {} } }, first, '02:27')
  expect(names(same)).toEqual(['lin'])
})

it('who had taken it in the life before has not taken this one: a region that wakes reads of that only now', () => {
  const before = taken(opened(first), 'lin', '02:16')
  const ours = opened(second, '02:45')
  expect(names(heard(ours, first, before, second, '03:15'))).toEqual([])
})
