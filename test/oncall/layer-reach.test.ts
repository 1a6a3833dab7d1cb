import { describe, expect, it } from 'vitest'
import type { CompiledLayer, CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import type { Severity } from '../../shared/contracts/words.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { resolvePlan } from '../../shared/oncall/resolve.ts'

const directory: Directory = {
  contacts: {
    lin: { name: 'Lin', phone: '+8613800000001' },
    wang: { name: 'Wang', phone: '+8613800000002', email: 'wang@example.com' },
  },
  schedules: {},
  overrides: [],
}

const usual = { calls: 2, ackTimeoutMs: 300_000 }

function planOf(layers: Partial<CompiledLayer>[], severity: Severity = 'critical', once = false) {
  const policy: CompiledPolicy = {
    layers: layers.map((layer) => ({ page: [], ...usual, ...layer })),
    rounds: 1,
    repeatEveryMs: 600_000,
    acknowledgeOn: 'key',
    channels: { critical: ['phone', 'chat'], error: ['sms', 'chat'], warning: ['chat'], info: [] },
  }
  return resolvePlan({
    policy,
    severity,
    directory,
    chat: ['ops'],
    phoneHashOf: () => '',
    now: 0,
    language: 'en',
    timezone: 'UTC',
    once,
  })
}

const channelsOf = (plan: ReturnType<typeof planOf>) =>
  plan.layers.map(({ targets }) => targets.map(({ contact, channels }) => `${contact} ${channels.join('+')}`).join())

describe('a layer', () => {
  it('uses what it says for a severity, and what its policy does for the others', () => {
    const layers = [{ page: ['lin'] }, { page: ['wang'], channels: { error: ['phone', 'email'] as const } }].map(
      (layer) => ({ ...layer }) as Partial<CompiledLayer>,
    )
    expect(channelsOf(planOf(layers, 'error'))).toEqual(['lin sms', 'wang phone+email'])
    expect(channelsOf(planOf(layers, 'critical'))).toEqual(['lin phone', 'wang phone'])
  })

  it('that may ring for what only tells the chat pages, and the one before it has its time', () => {
    const plan = planOf([{ page: ['lin'] }, { page: ['wang'], channels: { warning: ['phone'] } }], 'warning')
    expect(plan.pages).toBe(true)
    expect(plan.layers[0]).toEqual({ ...usual, targets: [], tellsOnly: true, notes: [] })
    expect(channelsOf(plan)).toEqual(['', 'wang phone'])
  })

  it('without a channel for a severity is left out, and says so', () => {
    const plan = planOf([{ page: ['lin'] }, { page: ['wang'], channels: { error: [] } }], 'error')
    expect(plan.layers[1]).toEqual({
      ...usual,
      targets: [],
      notes: [{ code: 'not-for-severity', args: { severity: 'error' } }],
    })
  })

  it('of robots alone has its time and pages nobody', () => {
    const plan = planOf([{ page: ['lin'] }, { chat: ['managers'] }])
    expect(plan.layers[1]).toEqual({ ...usual, targets: [], chat: ['managers'], tellsOnly: true, notes: [] })
    expect(plan.chat).toEqual(['ops'])
  })

  it('brings in robots that none before it has', () => {
    const plan = planOf([
      { page: ['lin'], chat: ['duty'] },
      { page: ['wang'], chat: ['duty', 'ops'] },
      { page: ['wang'], chat: ['managers'] },
    ])
    expect(plan.chat).toEqual(['ops', 'duty'])
    expect(plan.layers.map(({ chat }) => chat)).toEqual([undefined, undefined, ['managers']])
  })

  it('brings in none for a severity that uses no chat', () => {
    const plan = planOf([{ page: ['lin'] }, { page: ['wang'], chat: ['managers'], channels: { critical: ['phone'] } }])
    expect(plan.layers[1]?.chat).toBeUndefined()
  })

  it('whose severity has no person in any layer tells its robots without an escalation', () => {
    const plan = planOf([{ page: ['lin'], chat: ['duty'] }, { page: ['wang'] }], 'warning')
    expect(plan).toMatchObject({ pages: false, layers: [], chat: ['ops', 'duty'] })
  })

  it('of later layers has robots told as their time comes, though nobody is paged; one that is left out has no time', () => {
    const plan = planOf(
      [
        { page: ['lin'] },
        { page: ['wang'], channels: { warning: [] } },
        { page: ['wang'], chat: ['duty'] },
        { page: ['wang'], chat: ['ops'] },
        { chat: ['managers'] },
      ],
      'warning',
    )
    expect(plan).toMatchObject({ pages: false, chat: ['ops'] })
    expect(plan.later).toEqual([
      { layer: 2, chat: ['duty'], afterMs: 300_000 },
      { layer: 4, chat: ['managers'], afterMs: 600_000 },
    ])
  })

  it('is nothing to what is told once', () => {
    const plan = planOf([{ page: ['lin'], channels: { critical: ['phone'] } }], 'critical', true)
    expect(plan).toMatchObject({ pages: false, layers: [], chat: ['ops'] })
  })

  it('may take an answered call for an acknowledgement', () => {
    const plan = planOf([{ page: ['lin'], acknowledgeOn: 'answer' }, { page: ['wang'] }])
    expect(plan.layers.map(({ acknowledgeOn }) => acknowledgeOn)).toEqual(['answer', undefined])
  })
})
