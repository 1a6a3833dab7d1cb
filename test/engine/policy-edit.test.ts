import { describe, expect, it } from 'vitest'
import type { CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import { PathWorld, policy } from './world.ts'

const MINUTE = 60_000

const paging = (...names: string[]): CompiledPolicy['layers'] =>
  names.map((name) => ({ page: [name], calls: 1, ackTimeoutMs: 5 * MINUTE }))

async function reachedIn(world: PathWorld): Promise<string[]> {
  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  return lines.flatMap((line) => (line.kind === 'layer' ? [`${line.round}.${line.layer} ${line.names}`] : []))
}

/** An incident whose first layer, lin, is being called, and a policy that is deployed in that moment. */
async function editedIn(before: Partial<CompiledPolicy>, after: Partial<CompiledPolicy>): Promise<PathWorld> {
  const world = new PathWorld({ policies: { default: policy({ rounds: 1, ...before }) } })
  await world.alert('trigger')
  await world.until(world.now + MINUTE)
  world.config = { ...world.config, policies: { default: policy({ rounds: 1, ...after }) } }
  return world
}

describe('a policy that is edited while an incident is escalated', () => {
  it.each([
    ['longer', paging('tan', 'lin', 'wang')],
    ['shorter', paging('tan')],
    ['turned round', paging('wang', 'lin')],
  ])('and gets %s, loses nobody and calls nobody twice', async (_, layers) => {
    const world = await editedIn({ layers: paging('lin', 'wang') }, { layers })
    await world.until(world.now + 15 * MINUTE)
    expect(await reachedIn(world)).toEqual(['0.0 林悦', '0.1 王磊'])
    expect(world.incident().escalation.phase).toBe('exhausted')
  })

  it('counts from the next beginning on: here when everybody is called again', async () => {
    const world = await editedIn({ layers: paging('lin') }, { layers: paging('tan') })
    await world.until(world.now + 5 * MINUTE)
    expect(world.incident().escalation.policy).toBeUndefined()
    world.now += 30 * MINUTE
    await world.page({ v: 1, kind: 'step', incident: 'pay#1#web', step: world.incident().step })
    expect(await reachedIn(world)).toEqual(['0.0 林悦', '1.-1 Tan Wei'])
  })

  it('counts at once where nobody of the former one is there any more', async () => {
    const world = await editedIn({ layers: paging('lin', 'wang') }, { layers: paging('tan') })
    world.directory = { contacts: { tan: { name: 'tan', phone: '+6590000003' } }, schedules: {}, overrides: [] }
    await world.until(world.now + 5 * MINUTE)
    expect(await reachedIn(world)).toEqual(['0.0 林悦', '0.0 tan'])
  })

  it('counts at once where it has put somebody in the place of one who is gone', async () => {
    const world = await editedIn({ layers: paging('lin', 'wang') }, { layers: paging('lin', 'tan') })
    const { lin = { name: '' }, tan = { name: '' } } = world.directory?.contacts ?? {}
    world.directory = { contacts: { lin, tan }, schedules: {}, overrides: [] }
    await world.until(world.now + 5 * MINUTE)
    expect(await reachedIn(world)).toEqual(['0.0 林悦', '0.1 Tan Wei'])
  })

  it('still has its overrides and its people as of now', async () => {
    const world = await editedIn({ layers: paging('lin', 'sre') }, { layers: paging('lin') })
    const sre = { rotation: ['tan'], handoff: '10:00', timezone: 'Asia/Shanghai', start: '2026-11-01' }
    world.directory = { ...(world.directory ?? { contacts: {}, overrides: [] }), schedules: { sre } }
    await world.until(world.now + 5 * MINUTE)
    expect((await reachedIn(world)).at(-1)).toBe('0.1 Tan Wei')
  })
})

it('a history keeps the rules by which it went, and an incident that is over the policy that it followed', async () => {
  const before = { layers: paging('lin', 'wang'), ackExpiresMs: 30 * MINUTE }
  const world = await editedIn(before, { layers: paging('tan') })
  await world.until(world.now + 15 * MINUTE)
  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  expect(lines.flatMap((line) => (line.kind === 'layer' ? [line.rule] : []))).toEqual([
    { page: ['lin'], calls: 1, ackTimeoutMs: 5 * MINUTE },
    { page: ['wang'], calls: 1, ackTimeoutMs: 5 * MINUTE },
  ])
  expect(lines.findLast(({ kind }) => kind === 'exhausted')).toMatchObject({ rounds: 1, layers: 2 })

  const over = await editedIn(before, { layers: paging('tan') })
  await over.alert('resolve')
  expect(over.incident()).toMatchObject({
    status: 'resolved',
    escalation: { policy: { layers: paging('lin', 'wang') } },
  })
})
