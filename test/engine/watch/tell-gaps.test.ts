import { expect, it } from 'vitest'
import { watch } from '../../../shared/engine/watch/watch.ts'
import type { Schedule } from '../../../shared/oncall/plan.ts'
import { readIncident } from '../../../shared/store/incidents.ts'
import { directory, PathWorld, policy } from '../world.ts'

const HOUR = 3_600_000
const sre: Schedule = { rotation: ['lin'], handoff: '10:00', timezone: 'Asia/Shanghai', start: '2026-11-21' }

function worldOf() {
  const world = new PathWorld({
    policies: { default: policy({ layers: [{ page: ['sre'], calls: 1, ackTimeoutMs: 300_000 }] }) },
  })
  world.now = Math.ceil(world.now / HOUR) * HOUR
  const look = async (schedule: Schedule, policies = world.config.policies) => {
    const people = {
      policies,
      timezone: 'UTC',
      directory: async () => ({ ...directory, schedules: { sre: schedule } }),
    }
    await watch({ config: world.config, backlog: world.backlog, deadLetters: [], people }, world.io())
    await world.settle()
    world.now += HOUR
  }
  const notice = async () => {
    const incident = await readIncident({ project: 'fenghuo', groupKey: 'fenghuo/gap-sre' }, world.io().incidents)
    return incident && [incident.status, incident.severity]
  }
  return { world, look, notice }
}

const until = (at: number) => new Date(at + 8 * HOUR).toISOString().slice(0, 16).replace('T', ' ')

it('a gap within a week is a notice, once, until it is closed', async () => {
  const { world, look, notice } = worldOf()
  await look(sre)
  expect(await notice()).toBeUndefined()
  await look({ ...sre, until: until(world.now + 8 * 24 * HOUR) })
  expect(await notice()).toBeUndefined()
  await look({ ...sre, until: until(world.now + 6 * 24 * HOUR) })
  expect(await notice()).toEqual(['open', 'warning'])
  await look(sre)
  expect(await notice()).toEqual(['resolved', 'warning'])
})

it('a notice ends when nobody pages the schedule any more', async () => {
  const { world, look, notice } = worldOf()
  await look({ ...sre, until: until(world.now) })
  expect(await notice()).toEqual(['open', 'warning'])
  await look(sre, { default: policy({ layers: [{ page: ['lin'], calls: 1, ackTimeoutMs: 300_000 }] }) })
  expect(await notice()).toEqual(['resolved', 'warning'])
})

it('a gap is a notice, too, where an incident is only handed over to the schedule', async () => {
  const { world, look, notice } = worldOf()
  const layers = (page: string) => policy({ layers: [{ page: [page], calls: 1, ackTimeoutMs: 300_000 }] })
  const policies = { default: layers('lin'), others: layers('sre') }
  await look({ ...sre, until: until(world.now + HOUR) }, policies)
  expect(await notice()).toBeUndefined()
  const { pay, ...rest } = world.config.projects
  if (pay === undefined) throw new Error('no project')
  world.config.projects = { ...rest, pay: { ...pay, handOver: ['others'] } }
  await look({ ...sre, until: until(world.now + HOUR) }, policies)
  expect(await notice()).toEqual(['open', 'warning'])
})
