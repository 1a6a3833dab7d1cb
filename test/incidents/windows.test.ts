import { describe, expect, it } from 'vitest'
import type { CompiledMaintenance } from '../../shared/contracts/compiled-config.ts'
import { parseMatcher } from '../../shared/contracts/matcher.ts'
import type { Severity } from '../../shared/contracts/words.ts'
import type { Matched } from '../../shared/incidents/pause/matched.ts'
import { holdPause, maintenancePause } from '../../shared/incidents/pause/windows.ts'
import { policy } from '../engine/world.ts'

const timezone = 'Asia/Shanghai'
const at = (local: string) => Date.parse(`${local}+08:00`)
const incident = (severity: Severity = 'warning', worst?: Severity): Matched => ({
  project: 'pay',
  groupKey: 'web',
  severity,
  ...(worst && { worst }),
  sightings: [],
  source: 'x',
  title: 'web',
  summary: 'web is slow',
})
const window = (when: CompiledMaintenance['when'], match = 'project=pay'): CompiledMaintenance => ({
  match: [[parseMatcher(match) ?? expect.fail('no matcher')]],
  when,
  timezone,
})

describe('maintenance pauses what matches', () => {
  // 22 November 2026 is a Sunday.
  it.each([
    ['in its weekly window', { during: ['Sun 02:00-04:00'] }, '2026-11-22T02:13', '2026-11-22T04:00'],
    ['not on another day', { during: ['Sun 02:00-04:00'] }, '2026-11-23T02:13', undefined],
    ['overnight', { during: ['22:00-06:00'] }, '2026-11-22T23:00', '2026-11-23T06:00'],
    ['once', { from: '2026-11-22 02:00', to: '2026-11-22 03:00' }, '2026-11-22T02:00', '2026-11-22T03:00'],
    ['not before that', { from: '2026-11-22 02:00', to: '2026-11-22 03:00' }, '2026-11-22T01:59', undefined],
    ['not at its end', { from: '2026-11-22 02:00', to: '2026-11-22 03:00' }, '2026-11-22T03:00', undefined],
  ])('%s', (_, when, now, until) => {
    const pause = maintenancePause({ upgrade: window(when) }, incident(), at(now))

    expect(pause?.until).toBe(until && at(until))
    if (until) expect(pause?.cause).toEqual({ code: 'maintenance', args: { window: 'upgrade' } })
  })

  it('and nothing else; of several windows the one that ends last counts', () => {
    const now = at('2026-11-22T02:13')
    const windows = {
      shop: window({ during: ['Sun'] }, 'project=shop'),
      short: window({ during: ['Sun 02:00-03:00'] }),
      long: window({ during: ['Sun 02:00-05:00'] }),
    }

    expect(maintenancePause(windows, incident(), now)?.cause.args).toEqual({ window: 'long' })
    expect(maintenancePause({ shop: windows.shop }, incident(), now)).toBeUndefined()
  })
})

describe('a policy holds back', () => {
  const held = policy({ hold: { warning: ['22:00-09:00'] } })
  it.each([
    ['a severity in its window', incident(), '2026-11-22T02:13', '2026-11-22T09:00'],
    ['not by day', incident(), '2026-11-22T09:00', undefined],
    ['no other severity', incident('critical'), '2026-11-22T02:13', undefined],
    ['nothing that has been worse', incident('warning', 'critical'), '2026-11-22T02:13', undefined],
  ])('%s', (_, of, now, until) => {
    expect(holdPause(held, of, timezone, at(now))?.until).toBe(until && at(until))
  })
})
