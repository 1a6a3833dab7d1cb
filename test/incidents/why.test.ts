import { describe, expect, it } from 'vitest'
import type { Incident } from '../../shared/incidents/incident.ts'
import { type Calling, notCalled } from '../../shared/incidents/not-called.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { ruleOf } from '../../shared/incidents/why.ts'
import { notCalledText, ruleText } from '../../shared/messages/why.ts'
import type { Plan, PlannedTarget } from '../../shared/oncall/plan.ts'
import { config, directory, policy } from '../engine/world.ts'
import { at } from '../messages/notices.ts'

const target = (contact: string, name: string): PlannedTarget => ({
  contact,
  name,
  language: 'zh',
  channels: ['phone'],
  fallback: [],
})
const layer = (...targets: PlannedTarget[]) => ({ targets, calls: 1, ackTimeoutMs: 300_000, notes: [] })
const plan: Plan = {
  layers: [layer(target('lin', '林悦')), layer(target('wang', '王磊'))],
  rounds: 1,
  repeatEveryMs: 1,
  acknowledgeOn: 'key',
  chat: [],
  pages: true,
  at: at('02:13'),
}
const line = (entry: Record<string, unknown>) => ({ at: at('02:13'), generation: 1, ...entry }) as TimelineEntry
const begun = line({ kind: 'layer', round: 0, layer: 0, names: ['林悦'], notes: [] })
const rang = line({ kind: 'call', name: '林悦', call: 1, outcome: 'ringing' })
const quiet = line({ kind: 'paused', cause: { code: 'maintenance', args: { window: 'db' } }, until: at('03:00') })
const whyNot = (
  entries: TimelineEntry[],
  incident: Partial<Incident> = { status: 'open' },
  changes: Partial<Calling> = {},
) =>
  Object.fromEntries(
    notCalled({
      incident: incident as Incident,
      entries,
      plan,
      policy: { name: 'default', pages: [['lin'], ['wang']] },
      directory,
      severity: 'critical',
      ...changes,
    }).map(({ contact, why }) => [contact, notCalledText(why, 'en', at('02:13'), 'Asia/Shanghai')]),
  )

describe('why somebody was not called', () => {
  const unnamed = { tan: 'the policy default does not name them' }
  const taken = {
    status: 'acknowledged',
    acknowledged: { at: at('02:14'), via: 'phone', by: { contact: 'lin', name: '林悦' } },
  } as const
  it.each([
    ['their layer comes later', [begun, rang], undefined, { wang: 'their turn comes in layer 2', ...unnamed }],
    [
      'somebody had it first',
      [begun, rang],
      taken,
      { wang: 'layer 2 was not reached: acknowledged by 林悦 at 02:14', ...unnamed },
    ],
    [
      'nobody was to be paged',
      [quiet],
      undefined,
      {
        lin: 'nobody was to be paged: maintenance, db',
        wang: 'nobody was to be paged: maintenance, db',
        ...unnamed,
      },
    ],
    [
      'the call never rang',
      [begun, line({ kind: 'call', name: '林悦', call: 1, outcome: 'waiting' })],
      undefined,
      { lin: 'the call never rang', wang: 'their turn comes in layer 2', ...unnamed },
    ],
  ])('%s', (_, entries, incident, told) => {
    expect(whyNot(entries, incident)).toEqual(told)
  })

  it('its severity pages nobody', () => {
    expect(new Set(Object.values(whyNot([], undefined, { plan: { ...plan, pages: false } })))).toEqual(
      new Set(['critical pages nobody']),
    )
  })
})

describe('the rule behind a decision', () => {
  const held = policy({ hold: { warning: ['22:00-09:00'] }, ackExpiresMs: 7_200_000 })
  const match = [[{ name: 'check', is: '=' as const, value: 'db' }]]
  const written = {
    config: config({
      policies: { default: held },
      maintenance: { db: { match, when: { during: ['Sun'] }, timezone: 'UTC' } },
      inhibit: { rack: { source: match, target: match, equal: ['rack'] } },
    }),
    silences: [
      { id: 's1', matchers: match, startsAt: 0, endsAt: 1, by: 'x', comment: 'x', changedAt: 0 },
      {
        id: 'm1',
        matchers: match,
        startsAt: 0,
        endsAt: 1,
        by: 'x',
        comment: 'x',
        changedAt: 0,
        maintenance: true as const,
      },
    ],
  }
  const action = { at: 0, via: 'cli' }
  it.each([
    [
      line({
        kind: 'layer',
        round: 0,
        layer: 0,
        names: ['林悦'],
        notes: [],
        rule: { page: ['dba'], calls: 3, ackTimeoutMs: 60_000 },
      }),
      'policies.default.layers[0] pages dba, each phone up to 3 times, for 1 min',
    ],
    [
      line({ kind: 'layer-ended', round: 0, layer: 7, why: { code: 'ack-timeout', args: {} }, ackTimeoutMs: 60_000 }),
      'policies.default.layers[7].ackTimeout is 1 min',
    ],
    [
      line({ kind: 'exhausted', rounds: 3, layers: 4, repeatAt: at('02:23') }),
      'policies.default tries its 4 layers 3 times, then everybody every 10 min',
    ],
    [
      line({ kind: 'reopened', lapse: { why: 'expired', action }, ackExpiresMs: 600_000 }),
      'policies.default.ackExpires is 10 min',
    ],
  ])('is told as it was when it decided, whatever the policy says now: %j', (entry, en) => {
    const rule = ruleOf(entry, { project: 'pay' }, 'warning', written)
    expect(rule && ruleText(rule, 'en')).toBe(en)
  })

  it.each([
    [quiet, 'maintenance.db is for check=db', 'maintenance.db 针对 check=db'],
    [
      line({ kind: 'paused', cause: { code: 'silenced', args: { silence: 's1', by: 'x', comment: 'x' } }, until: 1 }),
      'silence s1 is for check=db',
      '静默 s1 针对 check=db',
    ],
    [
      line({ kind: 'paused', cause: { code: 'silenced', args: { silence: 'm1', by: 'x', comment: 'x' } }, until: 1 }),
      'maintenance m1 is for check=db',
      '维护 m1 针对 check=db',
    ],
    [
      line({ kind: 'paused', cause: { code: 'inhibited', args: { rule: 'rack', number: 1 } }, until: 1 }),
      'inhibit.rack: check=db keeps check=db quiet where rack are alike',
      'inhibit.rack：check=db 压住 check=db，须 rack 相同',
    ],
    [
      line({ kind: 'paused', cause: { code: 'held', args: { window: 'x' } }, until: 1 }),
      'policies.default.hold.warning is 22:00-09:00',
      'policies.default.hold.warning 为 22:00-09:00',
    ],
    [
      line({ kind: 'paused', cause: { code: 'delayed', args: { ms: 60_000 } }, until: 1 }),
      'policies.default.delay.warning is 1 min',
      'policies.default.delay.warning 为 1 分钟',
    ],
    [
      line({ kind: 'raised', severity: 'error', from: 'warning', afterMs: 7_200_000 }),
      'policies.default.raiseAfter.warning is 2 h',
      'policies.default.raiseAfter.warning 为 2 小时',
    ],
    [
      line({ kind: 'layer-ended', round: 0, layer: 1, why: { code: 'ack-timeout', args: {} } }),
      'policies.default.layers[1].ackTimeout is 5 min',
      'policies.default.layers[1].ackTimeout 为 5 分钟',
    ],
    [
      line({ kind: 'exhausted', rounds: 1, repeatAt: at('02:43') }),
      'policies.default tries its 2 layers once, then everybody every 30 min',
      'policies.default 的 2 层走 1 轮，之后每隔 30 分钟呼叫所有人',
    ],
    [
      line({ kind: 'reopened', lapse: { why: 'expired', action } }),
      'policies.default.ackExpires is 2 h',
      'policies.default.ackExpires 为 2 小时',
    ],
    [
      line({ kind: 'changed', severity: 'critical', summary: 'x', outgrown: { action, severity: 'error' } }),
      'what gets worse than what somebody took pages again',
      '比认领时更严重则再次呼叫',
    ],
  ])('%j', (entry, en, zh) => {
    const rule = ruleOf(entry, { project: 'pay' }, 'warning', written) ?? expect.fail('no rule')
    expect([ruleText(rule, 'en'), ruleText(rule, 'zh')]).toEqual([en, zh])
  })

  it('is none where it only says what has happened', () => {
    expect(
      [begun, rang, line({ kind: 'resumed' })].map(
        (entry) => ruleOf(entry, { project: 'pay' }, 'error', written)?.code,
      ),
    ).toEqual(['layer-pages', undefined, undefined])
  })
})
