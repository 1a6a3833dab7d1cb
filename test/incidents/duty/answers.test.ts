import { describe, expect, it } from 'vitest'
import { gate } from '../../../shared/incidents/duty/gate.ts'
import { EVERYBODY, type Incident, type IncidentEvent } from '../../../shared/incidents/incident.ts'
import { at } from '../../messages/notices.ts'
import { plan } from '../story.ts'
import { alertAt, opened as openedAt, take } from './lives.ts'

const [first, second, third] = ['ap-southeast-1', 'ap-northeast-1', 'us-west-2'] as const
const by = { contact: 'lin', name: '林悦' }
const well = { isWell: true, wellForMs: 600_000 }

const place = (own: string) => ({ own, order: [first, second, third], guardMs: 60_000 })

const opened = (own: string, time: string) => openedAt(place(own), time)

it('of three regions one says that it is over, and another that it began again: the first ends it, the other will tell by itself', () => {
  const over = take(opened(first, '02:15'), { type: 'resolve', generation: 1, via: 'cli', by }, '02:18')
  const answers = [
    { from: first, ...well, incident: over },
    { from: second, ...well, incident: opened(second, '02:20') },
  ]
  const event = { type: 'step', plan: plan(), place: place(third), answers } as const
  expect(take(opened(third, '02:15'), event, '02:25').status).toBe('resolved')
})

it('what was given back is not taken again by the word of a region that has not heard of it yet', () => {
  const taken = take(opened(first, '02:15'), { type: 'acknowledge', generation: 1, via: 'link', by }, '02:17')
  const heard = { type: 'news', from: first, incident: taken, place: place(second) } as const
  const theirs = take(opened(second, '02:15'), heard, '02:17')
  const ours = take(taken, { type: 'give-back', generation: 1, via: 'link', by }, '02:20')
  expect(theirs.status).toBe('acknowledged')
  expect(take(ours, { type: 'news', from: second, incident: theirs, place: place(first) }, '02:21').status).toBe('open')
})

it('what was put off there pages again though only that it was taken is known here', () => {
  const taken = take(opened(first, '02:15'), { type: 'acknowledge', generation: 1, via: 'link', by }, '02:17')
  const heard = { type: 'news', from: first, incident: taken, place: place(second) } as const
  const ours = take(opened(second, '02:15'), heard, '02:17')
  const off = take(taken, { type: 'snooze', generation: 1, via: 'cli', by, until: at('02:50') }, '02:20')
  const again = take(off, { type: 'step', plan: plan() }, '02:50')
  expect(again.status).toBe('open')
  expect(take(ours, { type: 'news', from: first, incident: again, place: place(second) }, '02:50').status).toBe('open')
})

it('whom it was handed to there is the first that it pages here', () => {
  const escalate: IncidentEvent = { type: 'escalate', generation: 1, via: 'cli', by, to: ['tan'] }
  const handed = take(take(opened(first, '02:15'), escalate, '02:16'), { type: 'step', plan: plan() }, '02:16')
  const word = { type: 'news', from: first, incident: handed, place: place(second) } as const
  expect(take(opened(second, '02:15'), word, '02:16').handedTo).toEqual(['tan'])
})

describe('what pages everybody again in half an hour', () => {
  const mine = opened(second, '02:15')
  const escalation = { ...mine.escalation, phase: 'exhausted', layer: EVERYBODY, deadlineAt: at('02:50') } as const
  const ours: Incident = { ...mine, escalation, ...(mine.duty && { duty: { ...mine.duty, pages: second } }) }
  const asked = { place: place(second), answers: [{ from: first, ...well }] }

  it('is not handed back before: the other region would call everybody at once', () => {
    expect(gate(ours, asked, at('02:30'))).toEqual({ incident: ours, effects: [] })
  })

  it('is handed back then', () => {
    expect(gate(ours, asked, at('02:50'))).toMatchObject({ waits: 'handed back', incident: { duty: { pages: first } } })
  })
})

it('what somebody listens to is not handed back, though its time is up', () => {
  const mine = opened(second, '02:15')
  const attempt = { contact: 'lin', name: '林悦', channel: 'phone', call: 1, step: 1, status: 'listening' } as const
  const attempts = [{ ...attempt, since: at('02:21:50') }]
  const escalation = { ...mine.escalation, phase: 'layer', deadlineAt: at('02:22'), attempts } as const
  const ours = { ...mine, escalation, ...(mine.duty && { duty: { ...mine.duty, pages: second } }) } as Incident
  const asked = { place: place(second), answers: [{ from: first, ...well }] }
  expect(gate(ours, asked, at('02:22')).waits).toBeUndefined()
  expect(gate(ours, asked, at('02:24')).waits).toBe('handed back')
})

it('what a queue brings once more of the life before, its opening and its end, ends nothing of this one', () => {
  const theirs = opened(second, '02:22')
  const over = take(theirs, { type: 'resolve', generation: 1, via: 'cli', by }, '02:25')
  const ended = take(opened(first, '02:22'), { type: 'resolve', generation: 1, via: 'cli', by }, '02:26')
  const ours = take(ended, alertAt('02:29', place(first), 1025), '02:29')
  expect(ours.generation).toBe(2)

  const words = [theirs, over].map(
    (incident) => ({ type: 'news', from: second, incident, place: place(first) }) as const,
  )
  expect(words.reduce((incident, word) => take(incident, word, '02:33'), ours).status).toBe('open')
})

it('whoever goes on with a layer that the lost region had begun calls each phone once more, and one that nobody began as often as it says', () => {
  const theirs = take(opened(first, '02:15'), { type: 'step', plan: plan() }, '02:15')
  const ours = opened(second, '02:15')
  const heard = take(ours, { type: 'news', from: first, incident: theirs, place: place(second) }, '02:15')
  const twice = { ...plan(), layers: plan().layers.map((layer) => ({ ...layer, calls: 2 })) }
  const alone: IncidentEvent = { type: 'step', plan: twice, place: place(second), answers: [] }

  expect(take(heard, alone, '02:25').escalation).toMatchObject({ phase: 'layer', layer: 0, calls: 1 })
  expect(take(ours, alone, '02:25').escalation).toMatchObject({ phase: 'layer', layer: 0, calls: 2 })
})
