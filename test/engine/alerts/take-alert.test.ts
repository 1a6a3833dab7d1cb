import { describe, expect, it } from 'vitest'
import type { Incident } from '../../../shared/incidents/incident.ts'
import { incidentOfNumber, listIncidents, neighboursOf, readTimeline } from '../../../shared/store/incidents.ts'
import { PathWorld } from '../world.ts'

const of = { project: 'pay', groupKey: 'web' }

/** `web` went down at 02:13 and came back, then went down again and is being called about. */
async function twice(): Promise<PathWorld> {
  const world = new PathWorld()
  await world.alert('trigger')
  await world.settle()
  world.now += 60_000
  await world.alert('resolve')
  await world.settle()
  world.now += 60_000
  await world.alert('trigger')
  return world.settle()
}

describe('an incident', () => {
  it('is found by every number that was said on the phone', async () => {
    const world = await twice()

    expect((await incidentOfNumber(1002, world.io()))?.generation).toBe(2)
    expect(await incidentOfNumber(1001, world.io())).toMatchObject({
      generation: 1,
      number: 1001,
      status: 'resolved',
    })
    expect(await incidentOfNumber(4711, world.io())).toBeUndefined()
  })

  it('gets its number with the others of its message, in one write', async () => {
    const world = new PathWorld()
    const counted: string[] = []
    const { count } = world.incidents
    world.incidents.count = (key, options) => {
      counted.push(key.pk)
      return count.call(world.incidents, key, options)
    }
    const alerts = ['warning', 'critical', 'error'].map((severity) => ({
      action: 'trigger',
      dedupKey: severity,
      project: 'pay',
      summary: `${severity} of a disk`,
      severity,
    }))
    await world.evaluate({ v: 1, kind: 'alerts', alerts })

    expect(counted).toHaveLength(2)
    expect(new Set(counted).size).toBe(2)
    const numbers = alerts.map(({ dedupKey }) => [dedupKey, world.incident('pay', dedupKey).number])
    expect(Object.fromEntries(numbers)).toEqual({ critical: 1001, error: 1002, warning: 1003 })
  })

  it('is listed with every generation of it', async () => {
    const world = await twice()
    const listed = async (which: 'open' | 'resolved') =>
      (await listIncidents(which, 10, world.io())).map(({ number }) => number)

    expect(await listed('resolved')).toEqual([1001])
    expect(await listed('open')).toEqual([1002])
  })

  it('knows what was before and after it', async () => {
    const world = await twice()
    const [first, second] = await Promise.all([1001, 1002].map((number) => incidentOfNumber(number, world.io())))
    if (first === undefined || second === undefined) throw new Error('not found')
    const numbers = async (incident: Incident) => {
      const { before, after } = await neighboursOf(incident, world.incidents)
      return [before?.number, after?.number]
    }

    expect(await numbers(first)).toEqual([undefined, 1002])
    expect(await numbers(second)).toEqual([1001, undefined])
  })

  it('has a history, oldest first, of each generation and of all', async () => {
    const world = await twice()
    const kinds = async (generation?: number) =>
      (await readTimeline(generation === undefined ? of : { ...of, generation }, world.io())).map(({ kind }) => kind)

    expect(await kinds(1)).toEqual(['opened', 'layer', 'message', 'call', 'resolved', 'message'])
    expect(await kinds(2)).toEqual(['opened', 'layer', 'message', 'call'])
    expect(await kinds()).toEqual([...(await kinds(1)), ...(await kinds(2))])
  })

  it('is listed where it belongs, the newest first', async () => {
    const world = await twice()
    world.now += 1_000
    await world.alert('trigger', { dedupKey: 'db' })
    await world.alert('trigger', { dedupKey: 'cache', at: world.now - 60_000 })
    world.now += 1_000
    await world.alert('resolve', { dedupKey: 'db' })
    const keys = async (which: 'open' | 'resolved') =>
      (await listIncidents(which, 10, world.io())).map(({ groupKey }) => groupKey)

    expect(await keys('open')).toEqual(['web', 'cache'])
    expect(await keys('resolved')).toEqual(['db', 'web'])
  })
})

describe('a storm', () => {
  it('of one person is one call, and one text to the robot for each', async () => {
    const world = new PathWorld()
    for (let index = 0; index < 20; index++) await world.alert('trigger', { dedupKey: `check-${index}` })
    await world.settle()

    expect(world.calls).toHaveLength(1)
    expect(world.phoneLine().waiting).toHaveLength(19)
    expect(world.texts).toEqual(Array(20).fill('ops opened'))
  })

  it('of one thing is one incident', async () => {
    const world = new PathWorld()
    const alert = { action: 'trigger', dedupKey: 'web', project: 'pay', summary: 'web is down' }
    const alerts = Array.from({ length: 100 }, (_, index) => ({ ...alert, at: world.now + index }))
    await world.evaluate({ v: 1, kind: 'alerts', alerts })
    await world.settle()

    expect(await listIncidents('open', 10, world.io())).toHaveLength(1)
    expect(world.calls).toHaveLength(1)
    expect(world.texts).toEqual(['ops opened'])
  })

  it('that comes twice at once is one incident with one number', async () => {
    const world = new PathWorld()
    await Promise.all(Array.from({ length: 5 }, () => world.alert('trigger')))
    await world.settle()

    expect(world.incident()).toMatchObject({ generation: 1, step: 2 })
    expect(world.calls).toHaveLength(1)
    expect(world.texts).toEqual(['ops opened'])
  })
})
