import { setTimeout as wait } from 'node:timers/promises'
import type { Benchmark, Run } from './benchmark.ts'
import { type Floor, startFloor } from './floor.ts'
import { type Harness, inHarness } from './harness.ts'
import { percentile } from './statistics.ts'
import { makeTenants, type Tenant } from './tenants.ts'

/** Alerts per run, each beside one pass of the floor. */
const alertsPerRun = 60
const warmUps = 15

/** A robot is given six posts in half a minute, and an alert is one post to each. */
const alertsPerProject = 6

/** What a deletion of the floor's last message takes at most: it must not run into the next sample. */
const settledMs = 10

export const alertToFirstRequest: Benchmark = {
  name: 'alert-to-first-request',
  summary:
    'from SendMessage to the first request at a channel, through both queues, against the bare SDK on the same servers',
  goals: { p50ToFloor: 2, p99ToFloor: 4 },
  async measure(runs, progress) {
    const tenants = makeTenants(runs + 1, {
      name: 'tenant',
      from: 1,
      layers: 1,
      projects: 1 + alertsPerRun / alertsPerProject,
      channels: ['phone', 'chat'],
      ackTimeout: '5m',
    })
    return inHarness(tenants, 0, async (harness) => {
      const floor = await startFloor(harness.env)
      try {
        const [warmUp, ...others] = tenants
        if (warmUp) await measureTenant(harness, floor, warmUp, warmUps)
        const measured: Run[] = []
        for (const tenant of others) {
          progress(`run ${measured.length + 1} of ${runs}`)
          measured.push(await measureTenant(harness, floor, tenant, alertsPerRun))
        }
        return measured
      } finally {
        await floor.stop()
      }
    })
  },
}

/**
 * All alerts page one person, whose phone rings already for the first of them: Connect's two calls a second would set the
 * pace otherwise. Every alert is told to the robots at once, and its request for a call waits at the phone line.
 */
async function measureTenant(harness: Harness, floor: Floor, tenant: Tenant, alerts: number): Promise<Run> {
  const { phones, projects } = tenant
  const [phone = ''] = phones
  const [ringsFor = '', ...others] = projects
  const rings = harness.vendors.rings(phone)
  const start = performance.now()
  await harness.alert(ringsFor, 'first')
  const firstCallMs = (await rings).at - start
  await harness.idle()

  const path: number[] = []
  const bare: number[] = []
  for (let index = 0; index < alerts; index++) {
    const project = others[Math.floor(index / alertsPerProject)] ?? ''
    path.push(await pass(harness, project, `alert ${index}`))
    await harness.idle()
    bare.push(await floor.pass())
    await wait(settledMs)
  }
  const [p50Ms, p99Ms, floorP50Ms, floorP99Ms] = [path, bare].flatMap((times) => [
    percentile(times, 0.5),
    percentile(times, 0.99),
  ]) as [number, number, number, number]
  return {
    figures: { p50Ms, p99Ms, floorP50Ms, floorP99Ms, firstCallMs },
    ratios: { p50ToFloor: p50Ms / floorP50Ms, p99ToFloor: p99Ms / floorP99Ms },
  }
}

async function pass(harness: Harness, project: string, dedupKey: string): Promise<number> {
  const posted = harness.vendors.posts()
  const start = performance.now()
  await harness.alert(project, dedupKey)
  return (await posted) - start
}
