import { setTimeout as wait } from 'node:timers/promises'
import { type Arena, inArena } from './arena.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { type Crew, makeCrews } from './crew.ts'
import { type Floor, startFloor } from './floor.ts'
import { percentile } from './statistics.ts'

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
    const crews = makeCrews(runs + 1, {
      name: 'crew',
      from: 1,
      layers: 1,
      projects: 1 + alertsPerRun / alertsPerProject,
      channels: ['phone', 'chat'],
      ackTimeout: '5m',
    })
    return inArena(crews, 0, async (arena) => {
      const floor = await startFloor(arena.env)
      try {
        const [warmUp, ...others] = crews
        if (warmUp) await measureCrew(arena, floor, warmUp, warmUps)
        const measured: Run[] = []
        for (const crew of others) {
          progress(`run ${measured.length + 1} of ${runs}`)
          measured.push(await measureCrew(arena, floor, crew, alertsPerRun))
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
async function measureCrew(arena: Arena, floor: Floor, crew: Crew, alerts: number): Promise<Run> {
  const { phones, projects } = crew
  const [phone = ''] = phones
  const [ringsFor = '', ...others] = projects
  const rings = arena.vendors.rings(phone)
  const start = performance.now()
  await arena.alert(ringsFor, 'first')
  const firstCallMs = (await rings).at - start
  await arena.idle()

  const path: number[] = []
  const bare: number[] = []
  for (let index = 0; index < alerts; index++) {
    const project = others[Math.floor(index / alertsPerProject)] ?? ''
    path.push(await pass(arena, project, `alert ${index}`))
    await arena.idle()
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

async function pass(arena: Arena, project: string, dedupKey: string): Promise<number> {
  const posted = arena.vendors.posts()
  const start = performance.now()
  await arena.alert(project, dedupKey)
  return (await posted) - start
}
