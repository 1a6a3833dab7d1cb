import { describe, expect, it } from 'vitest'
import { feedEvents } from '../../shared/oncall/feed.ts'
import { feedAt, feedPath } from '../../shared/oncall/feed-address.ts'
import { icalendar } from '../../shared/oncall/icalendar.ts'
import type { Directory } from '../../shared/oncall/plan.ts'

const now = Date.parse('2026-11-22T02:13:00+08:00')
const directory: Directory = {
  contacts: { lin: { name: '林悦' }, wang: { name: '王磊' } },
  schedules: {
    sre: { rotation: ['lin', 'wang'], handoff: 'Mon 10:00', timezone: 'America/New_York', start: '2026-10-26' },
    day: {
      rotation: ['wang'],
      handoff: 'Mon 10:00',
      timezone: 'UTC',
      start: '2026-10-26',
      during: ['Mon 10:00-12:00'],
    },
  },
  overrides: [],
}
const events = (name: string, at = now, of = directory) => feedEvents(of, name, 'nobody', at) ?? []

describe('a calendar', () => {
  it('is text as RFC 5545 has it: CRLF, at most 75 bytes a line, no character cut, values escaped', () => {
    const summary = `sre; a, b\\c\n${'值班'.repeat(40)}`
    const text = icalendar('pay, sre', [{ uid: 'one@fenghuo', start: now, end: now + 3_600_000, summary }], now)
    const lines = text.split('\r\n')
    expect(lines.pop()).toBe('')
    expect(lines.filter((line) => Buffer.byteLength(line) > 75 || /[\r\n]/.test(line))).toEqual([])
    const unfolded = text.replaceAll('\r\n ', '').split('\r\n')
    expect(unfolded).toContain(`SUMMARY:sre\\; a\\, b\\\\c\\n${'值班'.repeat(40)}`)
    expect(unfolded).toContain('X-WR-CALNAME:pay\\, sre')
    expect(unfolded.filter((line) => /^(UID|DTSTAMP|DTSTART|DTEND)/.test(line))).toEqual([
      'UID:one@fenghuo',
      'DTSTAMP:20261121T181300Z',
      'DTSTART:20261121T181300Z',
      'DTEND:20261121T191300Z',
    ])
  })

  it('has the instants of each shift, also over a change of the clocks', () => {
    const [first] = events('sre', Date.parse('2026-11-10T00:00:00Z'))
    expect(first).toEqual({
      uid: 'sre-20261026T140000Z@fenghuo',
      start: Date.parse('2026-10-26T10:00:00-04:00'),
      end: Date.parse('2026-11-02T10:00:00-05:00'),
      summary: 'sre: 林悦',
    })
  })

  it('keeps its entries as time goes on and as others take them over', () => {
    const uids = (at: number, of = directory) => events('sre', at, of).map(({ uid }) => uid)
    const later = uids(now + 3 * 86_400_000)
    expect(uids(now).filter((uid) => later.includes(uid)).length).toBeGreaterThan(12)
    const sre = { ...directory.schedules.sre, rotation: ['wang', 'lin'] } as Directory['schedules'][string]
    expect(uids(now, { ...directory, schedules: { sre } })).toEqual(uids(now))
  })

  it('of a contact has only their own shifts, of all schedules; of a schedule the gaps, too', () => {
    expect(new Set(events('wang').map(({ summary }) => summary))).toEqual(new Set(['sre: 王磊', 'day: 王磊']))
    expect(new Set(events('day').map(({ summary }) => summary))).toEqual(new Set(['day: 王磊', 'day: nobody']))
    expect(feedEvents(directory, 'zhao', 'nobody', now)).toBeUndefined()
  })
})

it('an address is known by its token alone', () => {
  const feed = { project: 'pay', name: 'sre' }
  const path = feedPath(feed, 'secret')
  expect(feedAt(path, 'secret')).toEqual(feed)
  expect(
    [path.replace('sre', 'lin'), path.replace('pay', 'shop'), `${path}x`, '/calendar/pay/sre'].map((one) =>
      feedAt(one, 'secret'),
    ),
  ).toEqual([undefined, undefined, undefined, undefined])
  expect(feedAt(path, 'another')).toBeUndefined()
})
