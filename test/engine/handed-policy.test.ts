import { describe, expect, it } from 'vitest'
import type { CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { applyWindows } from '../../shared/engine/pauses/apply-windows.ts'
import type { EscalationAsked } from '../../shared/incidents/escalation-asked.ts'
import { handedPolicyAt } from '../../shared/incidents/why.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import { PathWorld, policy } from './world.ts'

const MINUTE = 60_000
const pay = { project: 'pay', groupKey: 'web' }

const dba = (changes: Partial<CompiledPolicy> = {}) =>
  policy({
    layers: [
      { page: ['tan'], calls: 1, ackTimeoutMs: 10 * MINUTE },
      { page: ['lin'], calls: 1, ackTimeoutMs: 10 * MINUTE },
    ],
    ...changes,
  })

/** An incident whose first layer, lin, is being called; another policy is there. */
async function burning(other: CompiledPolicy = dba(), severity = 'critical'): Promise<PathWorld> {
  const world = new PathWorld({ policies: { default: policy({ rounds: 2 }), dba: other } })
  await world.alert('trigger', { severity })
  await world.until(world.now + MINUTE)
  return world
}

async function escalate(world: PathWorld, asked: EscalationAsked): Promise<boolean> {
  const by = { contact: 'wang', name: '王磊' }
  const event = { type: 'escalate', generation: 1, via: 'cli', by, ...asked } as const
  const { changed } = await dispatchToIncident(pay, { event }, world.io())
  await world.settle()
  return changed
}

const linesOf = (world: PathWorld) => readTimeline(pay, world.io())

async function reachedIn(world: PathWorld): Promise<string[]> {
  const lines = await linesOf(world)
  return lines.flatMap((line) =>
    line.kind === 'layer'
      ? [`${line.round}.${line.layer} ${line.names} ${line.notes.map(({ code }) => code)}`.trim()]
      : [],
  )
}

describe('an incident that is handed over to a policy', () => {
  it('is paged by its layers, its times and its rounds', async () => {
    const world = await burning()
    expect(await escalate(world, { policy: 'dba' })).toBe(true)
    await world.until(world.now + 20 * MINUTE)
    expect(await reachedIn(world)).toEqual(['0.0 林悦', '0.0 Tan Wei', '0.1 林悦'])
    const rules = (await linesOf(world)).flatMap((line) => (line.kind === 'layer' ? [line.rule?.ackTimeoutMs] : []))
    expect(rules).toEqual([5 * MINUTE, 10 * MINUTE, 10 * MINUTE])
    expect(world.incident()).toMatchObject({ handedToPolicy: 'dba', escalation: { phase: 'exhausted', layer: -1 } })
  })

  it('follows that as it was when it was handed over, and everybody of it is called again', async () => {
    const world = await burning()
    await escalate(world, { policy: 'dba' })
    const edited = dba({ layers: [{ page: ['wang'], calls: 1, ackTimeoutMs: MINUTE }] })
    world.config = { ...world.config, policies: { ...world.config.policies, dba: edited } }
    await world.until(world.now + 19 * MINUTE)
    expect((await reachedIn(world)).slice(1)).toEqual(['0.0 Tan Wei', '0.1 林悦'])
    world.now += 32 * MINUTE
    await world.page({ v: 1, kind: 'step', incident: 'pay#1#web', step: world.incident().step })
    expect((await reachedIn(world)).at(-1)).toBe('1.-1 王磊')
  })

  it('goes to people first where both are named, and to people alone stays with it', async () => {
    const world = await burning()
    await escalate(world, { policy: 'dba', to: ['wang'] })
    expect((await reachedIn(world)).at(-1)).toBe('0.0 王磊')
    await world.until(world.now + 20 * MINUTE)
    expect((await reachedIn(world)).slice(1)).toEqual(['0.0 王磊', '0.1 Tan Wei', '0.2 林悦'])

    await escalate(world, { to: ['lin'] })
    await world.until(world.now + 20 * MINUTE)
    expect((await reachedIn(world)).slice(4, 6)).toEqual(['0.0 林悦', '0.1 Tan Wei'])

    await escalate(world, { policy: 'default' })
    expect(world.incident().handedTo).toBeUndefined()
    expect((await reachedIn(world)).at(-1)).toBe('0.0 林悦')
  })

  it('begins at a layer of it that is asked for', async () => {
    const world = await burning()
    await escalate(world, { policy: 'dba', layer: 1 })
    expect((await reachedIn(world)).at(-1)).toBe('0.1 林悦')
  })

  it('stays with it once whoever took it gives it back', async () => {
    const world = await burning()
    await escalate(world, { policy: 'dba' })
    const who = { generation: 1, via: 'cli', by: { contact: 'tan', name: 'Tan Wei' } } as const
    await dispatchToIncident(pay, { event: { type: 'acknowledge', ...who } }, world.io())
    await dispatchToIncident(pay, { event: { type: 'give-back', ...who } }, world.io())
    await world.settle()
    expect((await reachedIn(world)).at(-1)).toBe('0.0 Tan Wei')
  })

  it.each<[string, Partial<PathWorld['config']['policies']>]>([
    ['gone', {}],
    [
      'one of people whom nobody has applied',
      { dba: dba({ layers: [{ page: ['ghost'], calls: 1, ackTimeoutMs: MINUTE }] }) },
    ],
    [
      'one that pages nobody for its severity',
      { dba: dba({ channels: { critical: ['chat'], error: [], warning: [], info: [] } }) },
    ],
  ])('that is %s is paged by its own, with a note', async (_, policies) => {
    const world = await burning()
    world.config = { ...world.config, policies: { default: policy(), ...policies } as PathWorld['config']['policies'] }
    await escalate(world, { policy: 'dba' })
    expect((await reachedIn(world)).at(-1)).toBe('0.0 林悦 not-handed')
  })

  it('pages though its own policy only tells the chat of its severity', async () => {
    const pages = dba({ channels: { critical: ['phone'], error: ['phone'], warning: ['phone'], info: [] } })
    const world = await burning(pages, 'warning')
    expect(world.incident().escalation.phase).toBe('notified')
    expect(await escalate(world, {})).toBe(false)
    expect(await escalate(world, { policy: 'dba' })).toBe(true)
    expect((await reachedIn(world)).at(-1)).toBe('0.0 Tan Wei')
    expect(world.calls).toEqual([expect.stringContaining('+6590000003')])
  })

  it('waits by the hold of that policy', async () => {
    const world = await burning(dba({ hold: { critical: ['00:00-23:59'] } }))
    await escalate(world, { policy: 'dba' })
    expect(world.incident().escalation).toMatchObject({ phase: 'paused', pause: { cause: { code: 'held' } } })
  })

  it('is called off when that policy’s hold begins, and takes no step for a hold of its own', async () => {
    const held = { hold: { critical: ['02:15-23:59'] } }
    const world = await burning(dba(held))
    await escalate(world, { policy: 'dba' })
    world.now += MINUTE
    await applyWindows(world.config, world.io())
    await world.settle()
    expect(world.incident().escalation).toMatchObject({ phase: 'paused', pause: { cause: { code: 'held' } } })

    const other = await burning(dba())
    await escalate(other, { policy: 'dba' })
    const queued = [...other.queue]
    other.now += MINUTE
    await applyWindows({ ...other.config, policies: { dba: dba(), default: policy(held) } }, other.io())
    expect(other.queue).toEqual(queued)
  })
})

it('a history knows by which policy it was paged at any time', async () => {
  const world = await burning()
  const before = world.now
  world.now += MINUTE
  await escalate(world, { policy: 'dba' })
  const handed = world.now
  world.config = { ...world.config, policies: { default: policy() } }
  world.now += MINUTE
  await escalate(world, { to: ['wang'] })
  const lines = await linesOf(world)
  expect([before, handed, world.now].map((at) => handedPolicyAt(lines, at))).toEqual([undefined, 'dba', undefined])
})
