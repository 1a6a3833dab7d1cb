import { describe, expect, it } from 'vitest'
import type { CompiledMaintenance } from '../../shared/contracts/compiled-config.ts'
import { parseMatcher } from '../../shared/contracts/matcher.ts'
import { mutedIn } from '../../shared/incidents/pause/muted.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { compose } from '../../shared/messages/compose.ts'
import type { Override } from '../../shared/oncall/plan.ts'
import { at, messageOf, opened } from '../messages/notices.ts'

const silence = (id: string, texts: string[], changes: Partial<Silence> = {}): Silence => ({
  id,
  matchers: [texts.map((text) => parseMatcher(text) ?? expect.fail(text))],
  startsAt: at('02:00'),
  endsAt: at('03:00'),
  by: '林悦',
  comment: 'upgrade',
  changedAt: at('02:00'),
  ...changes,
})
const people = { contacts: { lin: { name: '林悦' } }, overrides: [] as Override[], timezone: 'Asia/Shanghai' }
const ids = (silences: Silence[], windows: Record<string, CompiledMaintenance> = {}, by = people) =>
  mutedIn('pay', silences, windows, by, at('02:13')).map(({ cause, away }) => [
    'silence' in cause.args ? cause.args.silence : cause.code,
    away ?? false,
  ])

describe('what is muted in a project', () => {
  it.each([
    ['what names the project', ['project=pay'], true],
    ['what says nothing of projects', ['check=web'], true],
    ['what another project has', ['project=shop', 'check=web'], false],
    ['what its name fits', ['project=~p.*'], true],
    ['what it is excluded from', ['project!=pay'], false],
  ])('is %s', (_, texts, is) => {
    expect(ids([silence('s1', texts)])).toEqual(is ? [['s1', false]] : [])
  })

  it('is not what is over, or has not begun', () => {
    expect(
      ids([silence('s1', ['key=a'], { endsAt: at('02:10') }), silence('s2', ['key=a'], { startsAt: at('02:20') })]),
    ).toEqual([])
  })

  it('is maintenance as well, the longest first, five at most', () => {
    const db: CompiledMaintenance = {
      match: silence('x', ['check=db']).matchers,
      when: { during: ['02:00-04:00'] },
      timezone: 'Asia/Shanghai',
    }
    const six = Array.from({ length: 6 }, (_, index) => silence(`s${index}`, ['key=a']))
    expect(ids(six, { db }).map(([name]) => name)).toEqual(['maintenance', 's0', 's1', 's2', 's3'])
  })

  it('counts what is not named, beside a page and in a digest', () => {
    const seven = Array.from({ length: 7 }, (_, index) => silence(`s${index}`, ['key=a']))
    const muted = mutedIn('pay', seven, {}, people, at('02:13'))
    const notice = { ...opened, project: 'pay', muted }
    const last = (message: Parameters<typeof compose>[0]) => compose(message).lines.at(-1)?.spans[0]?.text
    const message = messageOf(notice)
    const [one, other] = [notice, { ...notice, number: 1025 }].map((each) => ({ notice: each, repeat: false }))
    expect(last(message)).toBe('另有 2 项静默中')
    expect(last({ ...message, digest: { of: [one, other] as never, more: 0 } })).toBe('另有 2 项静默中')
    expect(last({ ...message, language: 'en' })).toBe('2 more are muted')
  })

  it('says of a silence that whoever made it goes on leave before its end', () => {
    const away = (from: string, to: string) => ({ ...people, overrides: [{ away: 'lin', from, to }] })
    expect(ids([silence('s1', ['key=a'])], {}, away('2026-11-22 02:30', '2026-11-29 00:00'))).toEqual([['s1', true]])
    expect(ids([silence('s1', ['key=a'])], {}, away('2026-11-22 03:00', '2026-11-29 00:00'))).toEqual([['s1', false]])
  })
})

describe('stands below a page', () => {
  const cause = { code: 'silenced', args: { silence: 's1', by: '林悦', comment: 'upgrade' } } as const
  const notice = { ...opened, muted: [{ cause, until: at('04:13'), away: true as const }] }
  const last = (message: ReturnType<typeof messageOf>) => compose(message).lines.at(-1)?.spans[0]?.text

  it('in both languages', () => {
    expect(last(messageOf(notice))).toBe('静默中，到 04:13：林悦设置的静默 s1：upgrade（设置者休假）')
    expect(last(messageOf(notice, { language: 'en' }))).toBe(
      'Muted until 04:13: silence s1 by 林悦: upgrade (whoever made it is on leave)',
    )
  })

  it('once below a digest of several', () => {
    const of = [notice, notice].map((one) => ({ notice: one, repeat: false }))
    const lines = compose(messageOf(notice, { digest: { of, more: 0 } })).lines.map(({ spans }) => spans[0]?.text)
    expect(lines.filter((text) => text?.startsWith('静默中'))).toHaveLength(1)
  })
})
