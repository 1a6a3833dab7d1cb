import { expect, it } from 'vitest'
import { someCheck } from '../../checks/records.ts'
import { type Region, twoRegions } from './regions-world.ts'

const MINUTE = 60_000
const job = someCheck({
  ...{ name: 'nightly', kind: 'heartbeat', isPassive: true, from: [] },
  spec: { periodMs: 10 * MINUTE, graceMs: 2 * MINUTE },
})
const beat = { v: 1, kind: 'heartbeat', check: 'pay/nightly' }
const alert = (action: string) => ({
  ...{ v: 1, kind: 'alerts' },
  alerts: [{ action, dedupKey: 'web', project: 'pay', summary: 'web is down' }],
})

/** Both regions wait for the job. */
async function waiting(): Promise<Awaited<ReturnType<typeof twoRegions>>> {
  const world = await twoRegions()
  for (const { config } of world.regions.all) config.checks.push(job)
  return world
}
const opened = ({ incidents }: Region, key: string) => incidents.rows.has(`incident#pay#${key}\nstate`)

it('a job whose word comes to one region alone is late in none', async () => {
  const { regions, a, b } = await waiting()
  for (const minute of [16, 26, 36, 46]) {
    await regions.until(`02:${minute}`)
    b.send(beat, 0, true)
  }
  await regions.until('02:55')
  expect([a, b].map((one) => opened(one, 'pay/nightly'))).toEqual([false, false])

  await regions.until('03:10')
  expect(a.incident('pay', 'pay/nightly').status).toBe('open')
})

it('an alert that comes to the second region alone pages at once from the first, and its end ends both', async () => {
  const { regions, a, b } = await waiting()
  b.send(alert('trigger'), 0, true)
  await regions.until('02:15:05')
  expect([a.called, b.called]).toEqual([['lin'], []])
  b.send(alert('resolve'), 0, true)
  await regions.until('02:15:10')
  expect([a, b].map((one) => one.incident('pay').status)).toEqual(['resolved', 'resolved'])
})

it('where the first is lost, the second takes it all the same, and pages after its guard', async () => {
  const { regions, a, b } = await waiting()
  a.state = 'dead'
  a.cutFrom.add(b.name)
  b.cutFrom.add(a.name)
  b.send(alert('trigger'), 0, true)
  await regions.until('02:17')
  expect(b.called).toEqual(['lin'])
})
