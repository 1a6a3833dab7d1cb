import { describe, expect, it } from 'vitest'
import { weeksOf } from '../../services/console/pages/oncall/days.ts'
import { onCall } from '../../shared/oncall/on-call.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { shiftsBetween } from '../../shared/oncall/shifts.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

function worldOf(changes: Partial<Directory> = {}): PathWorld {
  const world = new PathWorld()
  world.directory = { ...directory, ...changes }
  return world
}

const sre = {
  timezone: 'Asia/Shanghai',
  rotation: ['lin', 'wang'],
  handoff: 'Mon 10:00',
  start: '2026-11-16',
}

describe('who is on call', () => {
  it('is who is paged, and who is next; the weeks ahead, and how much each has of them', async () => {
    const { text } = await new Visitor(worldOf({ schedules: { sre } })).get('/oncall')

    expect(text).toMatch(/Now.*林悦.*until.*11-23 10:00.*Next.*王磊/s)
    expect(text.match(/<tr>/g)).toHaveLength(5)
    expect(text).toMatch(/11-16<\/span>.*10:00<\/time> 林悦/s)
    expect(text).toMatch(/林悦<\/span><span class="quiet">\d+ h, \d+%/)
    expect(text).toContain('Somebody is on call all of the next four weeks')
    expect(text).toContain('href="https://calls.example.com/calendar/pay/sre"')
  })

  it('is shown as it is routed, hour by hour, with overrides and gaps', () => {
    const gappy = { ...sre, during: ['Mon-Fri 09:00-18:00'] }
    const override = { schedule: 'sre', contact: 'wang', from: '2026-11-24 12:00', to: '2026-11-25 12:00' }
    const roster: Directory = { ...directory, schedules: { sre: gappy }, overrides: [override] }
    const now = Date.parse('2026-11-22T02:13:00+08:00')
    const monday = Date.parse('2026-11-16T00:00:00+08:00')
    const days = weeksOf(shiftsBetween(roster, 'sre', monday, monday + 28 * DAY), now, 'Asia/Shanghai').flat()
    for (const { start, parts } of days)
      for (let at = start; at < start + DAY; at += HOUR) {
        const shown = parts.findLast((part) => (part.at ?? start) <= at)
        expect([new Date(at).toISOString(), shown?.contacts]).toEqual([
          new Date(at).toISOString(),
          onCall(roster, 'sre', at).contacts,
        ])
      }
  })

  it('says where there is nobody, in red and in words', async () => {
    const { text } = await new Visitor(worldOf({ schedules: { sre: { ...sre, until: '2026-11-30 10:00' } } })).get(
      '/oncall',
    )

    expect(text).toMatch(/notice bad.*Nobody is on call once in the next four weeks.*11-30 10:00/s)
    expect(text).toMatch(/class="part gap"[^>]*>.*nobody/s)
  })

  it('tells of overrides who made them', async () => {
    const made = { id: 'a1', by: '<b>Zoe</b>', at: 0 }
    const overrides = [{ schedule: 'sre', contact: 'wang', from: '2026-11-22 00:00', to: '2026-11-23 00:00', made }]
    const { text } = await new Visitor(worldOf({ schedules: { sre }, overrides })).get('/oncall')

    expect(text).toContain('sre wang 2026-11-22 00:00 – 2026-11-23 00:00')
    expect(text).toContain('made by &lt;b&gt;Zoe&lt;/b&gt;')
    expect(text).toMatch(/Now.*王磊/s)
  })

  it('has weeks of seven days where clocks change, by the zone of the reader', () => {
    const weeks = weeksOf([], Date.parse('2026-10-26T12:00:00Z'), 'America/New_York')
    expect(weeks.map((week) => week.map(({ name }) => name).join(' '))).toEqual([
      '10-26 27 28 29 30 31 11-1',
      '2 3 4 5 6 7 8',
      '9 10 11 12 13 14 15',
      '16 17 18 19 20 21 22',
    ])
    expect((weeks[1]?.[0]?.start ?? 0) - (weeks[0]?.[6]?.start ?? 0)).toBe(25 * HOUR)
  })

  it('says what to do where there are no schedules', async () => {
    expect((await new Visitor(worldOf({ schedules: {} })).get('/oncall')).text).toContain('No schedules: write')
  })
})

it('the ledger says when somebody was last reached by what, and in red whose phone never proved to work', async () => {
  const world = worldOf({ schedules: { sre } })
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  const visitor = new Visitor(world)
  const { text } = await visitor.get('/oncall/reach')

  expect(text).toMatch(/林悦.*never/s)
  expect(text).toContain('class="saw down">never')
  expect((await visitor.get('/oncall/nobody')).status).toBe(404)
})
