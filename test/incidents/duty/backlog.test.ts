import { describe, expect, it } from 'vitest'
import type { DatedAlert, Incident, IncidentEvent } from '../../../shared/incidents/incident.ts'
import { incidentMachine } from '../../../shared/incidents/machine.ts'
import { at } from '../../messages/notices.ts'
import { plan } from '../story.ts'

const [first, second] = ['ap-southeast-1', 'ap-northeast-1'] as const
const by = { contact: 'lin', name: '林悦' }
const place = (own: string) => ({ own, order: [first, second], guardMs: 60_000 })

const take = (incident: Incident | undefined, event: IncidentEvent, time: string): Incident | undefined =>
  incidentMachine.transition(incident, event, at(time)).state

/** What the queue of a region took at a time, read there later. */
const alert = (own: string, action: DatedAlert['action'], takenAt: string, since = takenAt): IncidentEvent => ({
  type: 'alert',
  alert: {
    ...{ action, dedupKey: 'web', project: 'pay', summary: 'web is down', source: 'probe', severity: 'critical' },
    ...{ takenAt: at(takenAt), since: at(since) },
  },
  projectTitle: 'Pay',
  number: 1024,
  place: place(own),
})

/** The first region's incident of a time, as each of these made it. */
function lived(...events: [time: string, event: IncidentEvent][]): Incident[] {
  let incident: Incident | undefined
  return events.map(([time, event]) => {
    incident = take(incident, event, time)
    if (incident === undefined) throw new Error('There is no incident')
    return incident
  })
}

const word = (incident: Incident | undefined): IncidentEvent => {
  if (incident === undefined) throw new Error('There is no incident')
  return { type: 'news', from: first, incident, place: place(second), number: 1025 }
}

/** A step here that has asked the first region. */
const asked = (incident: Incident | undefined): IncidentEvent => ({
  ...{ type: 'step', plan: plan(), place: place(second) },
  answers: [{ from: first, isWell: true, wellForMs: 600_000, ...(incident && { incident }) }],
})

const acknowledge: IncidentEvent = { type: 'acknowledge', generation: 1, via: 'link', by }
const close: IncidentEvent = { type: 'resolve', generation: 1, via: 'cli', by }

describe('a region that wakes at 03:00 reads in any order what its queues have kept:', () => {
  it('an end of the life before ends nothing of the one that it has heard of first', () => {
    const [, , , taken] = lived(
      ['02:15', alert(first, 'trigger', '02:15')],
      ['02:17', alert(first, 'resolve', '02:17')],
      ['02:30', alert(first, 'trigger', '02:30')],
      ['02:40', { ...acknowledge, generation: 2 }],
    )
    const heard = take(undefined, word(taken), '03:00')
    expect(heard).toMatchObject({ generation: 1, status: 'acknowledged' })
    const ended = ['trigger 02:15', 'resolve 02:17', 'trigger 02:30'].reduce((incident, kept) => {
      const [action, takenAt] = kept.split(' ') as [DatedAlert['action'], string]
      return take(incident, alert(second, action, takenAt), '03:00')
    }, heard)
    expect(ended).toMatchObject({ generation: 1, status: 'acknowledged' })
    expect(take(ended, alert(second, 'resolve', '02:50'), '03:00')).toMatchObject({ generation: 1, status: 'resolved' })
  })

  it('what was sent of a life before its end opens nothing after that has been heard', () => {
    const [open, taken, over] = lived(
      ['02:15', alert(first, 'trigger', '02:15')],
      ['02:20', acknowledge],
      ['02:25', close],
    )
    const ended = take(undefined, word(over), '03:00')
    for (const late of [open, taken]) expect(take(ended, word(late), '03:00')).toBe(ended)
    expect(incidentMachine.listed?.(ended as Incident)).toBeUndefined()
  })

  it('nor does it where an earlier life was known', () => {
    const [, , open, over] = lived(
      ['02:15', alert(first, 'trigger', '02:15')],
      ['02:17', alert(first, 'resolve', '02:17')],
      ['02:30', alert(first, 'trigger', '02:30')],
      ['02:40', { ...close, generation: 2 }],
    )
    const earlier = take(
      take(undefined, alert(second, 'trigger', '02:15'), '02:15'),
      alert(second, 'resolve', '02:17'),
      '02:17',
    )
    const ended = take(earlier, word(over), '03:00')
    expect(take(ended, word(open), '03:00')).toMatchObject({ generation: 1, status: 'resolved' })
  })

  it('what began after an end that was heard of is a life of its own', () => {
    const [, over, again] = lived(
      ['02:15', alert(first, 'trigger', '02:15')],
      ['02:17', close],
      ['02:58', alert(first, 'trigger', '02:58')],
    )
    const ended = take(undefined, word(over), '03:00')
    expect(take(ended, word(again), '03:00')).toMatchObject({ generation: 1, number: 1025, status: 'open' })
    expect(take(ended, alert(second, 'trigger', '02:58'), '03:00')).toMatchObject({ generation: 1, status: 'open' })
  })

  it('what began anew there is a life of its own here, though nobody has told of the end of the life before', () => {
    const [open, , again] = lived(
      ['02:15', alert(first, 'trigger', '02:15')],
      ['02:17', alert(first, 'resolve', '02:17')],
      ['02:58', alert(first, 'trigger', '02:58')],
    )
    const ours = take(take(undefined, alert(second, 'trigger', '02:15'), '02:15'), word(open), '02:15:01')
    const { state, outbox } = incidentMachine.transition(ours, word(again), at('03:00'))
    expect(state).toMatchObject({ generation: 2, number: 1025, status: 'open', openedAt: at('02:58') })
    expect(outbox).toContainEqual({ type: 'number', number: 1024, generation: 1, endedAt: at('02:58') })
  })

  it('its own alert of a life whose end was heard of opens it, and the next answer ends it', () => {
    const [, over] = lived(['02:15', alert(first, 'trigger', '02:15')], ['02:15:30', close])
    const ended = take(undefined, word(over), '03:00')
    const opened = take(ended, alert(second, 'trigger', '02:15:01'), '03:00')
    expect(opened).toMatchObject({ generation: 1, status: 'open' })
    expect(take(opened, asked(over), '03:01')).toMatchObject({ generation: 1, status: 'resolved' })
  })

  it('and so does that of one that was heard of from its beginning to where somebody closed it', () => {
    const [open, over] = lived(['02:15', alert(first, 'trigger', '02:15')], ['02:25', close])
    const ended = take(take(undefined, word(open), '03:00'), word(over), '03:00')
    const opened = take(ended, alert(second, 'trigger', '02:15:01'), '03:00')
    expect(opened).toMatchObject({ generation: 2, status: 'open' })
    expect(take(opened, asked(over), '03:01')).toMatchObject({ generation: 2, status: 'resolved' })
  })

  it.each([
    ['what has begun since', '02:15:30', '02:15:40', '02:15:40'],
    ['what goes on, and is sent anew with when it began,', '02:25', '02:40', '02:15'],
  ])('but %s is a life of its own, whatever is said of the former one once more', (_, closedAt, takenAt, since) => {
    const [open, over] = lived(['02:15', alert(first, 'trigger', '02:15')], [closedAt, close])
    const ended = take(take(undefined, word(open), closedAt), word(over), closedAt)
    const opened = take(ended, alert(second, 'trigger', takenAt, since), takenAt)
    for (const event of [word(over), asked(over)])
      expect(take(opened, event, '02:45')).toMatchObject({ generation: 2, status: 'open' })
  })
})
