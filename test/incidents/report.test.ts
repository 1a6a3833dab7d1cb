import { describe, expect, it } from 'vitest'
import { onePerThing, type Recorded, reportOf } from '../../shared/incidents/report.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { at } from '../messages/notices.ts'

type Line = { [Entry in TimelineEntry as Entry['kind']]: Omit<Entry, 'at' | 'generation' | 'kind'> }

const line = <K extends keyof Line>(time: string, kind: K, more: Line[K], generation = 1) =>
  ({ at: at(time), generation, kind, ...more }) as TimelineEntry

const opened = (time: string, generation = 1) =>
  line(time, 'opened', { severity: 'critical', summary: '', source: 'x' }, generation)
const layer = (time: string, names: string[], generation = 1) =>
  line(time, 'layer', { round: 0, layer: 0, names, notes: [] }, generation)
const call = (time: string, name: string, outcome: 'ringing' | 'unanswered' | 'failed' | 'waiting', number = 1) =>
  line(time, 'call', { name, call: number, outcome })
const taken = (time: string, name: string, generation = 1) =>
  line(time, 'acknowledged', { action: { at: at(time), via: 'phone', by: { contact: name, name } } }, generation)
const over = (time: string, generation = 1) =>
  line(time, 'resolved', { action: { at: at(time), via: 'system' } }, generation)

const thing = (groupKey: string, ...entries: TimelineEntry[]): Recorded => ({
  incident: { project: 'pay', groupKey, title: groupKey },
  entries,
})

const day = { from: at('00:00'), to: at('23:59') }
const isNight = (_: string, time: number) => time < at('08:00')

describe('a report', () => {
  it('counts pages, calls that rang, and who took what', () => {
    const report = reportOf(
      [
        thing(
          'web',
          opened('02:00'),
          layer('02:00', ['lin']),
          call('02:00', 'lin', 'waiting'),
          call('02:01', 'lin', 'ringing'),
          call('02:02', 'lin', 'unanswered'),
          call('02:03', 'lin', 'ringing', 2),
          layer('02:05', ['wang']),
          call('02:05', 'wang', 'failed'),
          taken('02:10', 'wang'),
          over('03:00'),
        ),
      ],
      day,
      ['lin', 'wang', 'chen'],
      isNight,
    )
    expect(report).toMatchObject({ opened: { critical: 1 }, open: 0, pages: 2, calls: 2, exhausted: 0 })
    expect(report.people).toEqual([
      { name: 'wang', pages: 1, nights: 1, calls: 0, taken: 1 },
      { name: 'lin', pages: 1, nights: 1, calls: 2, taken: 0 },
      { name: 'chen', pages: 0, nights: 0, calls: 0, taken: 0 },
    ])
    expect(report.acknowledged).toEqual({ count: 1, meanMs: 600_000, medianMs: 600_000 })
    expect(report.resolved).toEqual({ count: 1, meanMs: 3_600_000, medianMs: 3_600_000 })
  })

  it('has the mean and the middle, of each life of an incident by itself', () => {
    const lives = [1, 2, 3].flatMap((generation) => {
      const hour = `0${generation}`
      return [
        opened(`${hour}:00`, generation),
        layer(`${hour}:00`, ['lin'], generation),
        taken(`${hour}:${['01', '02', '30'][generation - 1]}`, 'lin', generation),
      ]
    })
    const { acknowledged, open, resolved } = reportOf([thing('web', ...lives)], day, [], isNight)
    expect(acknowledged).toEqual({ count: 3, meanMs: 660_000, medianMs: 120_000 })
    // What tells of no end is over once it has begun anew.
    expect(open).toBe(1)
    expect(resolved).toEqual({ count: 0 })
  })

  it('leaves out news of ours, and takes the end of no other news for a recovery', () => {
    const news = thing('news', opened('10:00'), over('10:00'))
    const ours = line('10:00', 'opened', { severity: 'info', summary: '', source: 'fenghuo' })
    const handedOver = thing('handoff', ours, over('10:00'))
    const of = [news, handedOver].map((one) => ({ ...one, incident: { ...one.incident, once: true as const } }))
    expect(reportOf(of, day, [], isNight)).toMatchObject({
      opened: { critical: 1 },
      resolved: { count: 0 },
      noisiest: [{ title: 'news' }],
    })
  })

  it('leaves out proofs that somebody can be reached', () => {
    const proof = thing('proof', opened('10:00'), layer('10:00', ['lin']), taken('10:01', 'lin'), over('10:01'))
    const of = [{ ...proof, incident: { ...proof.incident, proof: ['lin'] } }]
    expect(reportOf(of, day, [], isNight)).toMatchObject({ opened: {}, pages: 0, people: [], noisiest: [] })
  })

  it('leaves out what was before, and what only the chat was told of is no page', () => {
    const before = thing('old', opened('01:00'), layer('01:00', ['lin']), over('02:00'))
    const told = thing('chat', opened('10:00'), layer('10:00', []), taken('10:30', 'lin'))
    const report = reportOf([before, told], { from: at('09:00'), to: at('23:00') }, [], isNight)
    expect(report).toMatchObject({ opened: { critical: 1 }, pages: 0, acknowledged: { count: 0 } })
    expect(report.noisiest.map(({ title }) => title)).toEqual(['chat'])
  })

  it('has the noisiest first: by nights, then by pages', () => {
    const report = reportOf(
      [
        thing('day', opened('10:00'), layer('10:00', ['lin']), layer('10:05', ['lin']), layer('10:10', ['lin'])),
        thing('night', opened('02:00'), layer('02:00', ['lin'])),
      ],
      day,
      [],
      isNight,
    )
    expect(report.noisiest).toEqual([
      { project: 'pay', title: 'night', incidents: 1, pages: 1, nights: 1 },
      { project: 'pay', title: 'day', incidents: 1, pages: 3, nights: 0 },
    ])
  })

  it.each([
    [['lin', 'wang'], ['lin', 'wang'], 1],
    [['lin', 'lin'], ['lin', 'wang'], 0.5],
    [[], ['lin', 'wang'], undefined],
  ])('of nights of %j among %j is even by %s', (nights, people, evenness) => {
    const things = nights.map((name, index) => thing(`web-${index}`, opened('02:00'), layer('02:00', [name])))
    expect(reportOf(things, day, people, isNight).evenness).toBe(evenness)
  })
})

it('of what has come again, lists have each generation; its history is read once', () => {
  const of = (groupKey: string, generation: number, project = 'pay') => ({ project, groupKey, generation })
  expect(onePerThing([of('web', 2), of('db', 1), of('web', 3), of('web', 1), of('web', 1, 'shop')])).toEqual(
    expect.arrayContaining([of('web', 3), of('db', 1), of('web', 1, 'shop')]),
  )
  expect(onePerThing([of('web', 2), of('web', 3), of('web', 1)])).toHaveLength(1)
})
