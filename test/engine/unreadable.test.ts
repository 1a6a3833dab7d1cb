import { describe, expect, it } from 'vitest'
import { STORM_KEY } from '../../shared/contracts/storm.ts'
import { listIncidents, readTimeline } from '../../shared/store/incidents.ts'
import type { MemoryTable } from '../store/memory-table.ts'
import { checksFrom, Probes } from './probes.ts'
import { PathWorld } from './world.ts'

const sg = 'aws/ap-southeast-1'
const gz = 'tencent/ap-guangzhou'

/** A newer release writes an item, while this one still runs. */
function ofANewerRelease(table: MemoryTable, name: RegExp): () => void {
  const [key, row] = [...table.rows].find(([key]) => name.test(key)) ?? expect.fail(`there is no ${name}`)
  table.rows.set(key, { ...row, v: Number(row.v) + 1 })
  return () => table.rows.set(key, row)
}

const leftOut = ({ logged }: PathWorld) =>
  logged.flatMap(({ event, error }) => (event === 'item left out' ? [String(error).split(':')[0]] : []))

const triggers = (...dedupKeys: string[]) => ({
  v: 1,
  kind: 'alerts',
  alerts: dedupKeys.map((dedupKey) => ({ action: 'trigger', project: 'pay', dedupKey, summary: 'down' })),
})

describe('an incident that this release cannot read', () => {
  it('keeps its alert on the queue, while the others of the message are taken', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    await world.alert('resolve')
    const mend = ofANewerRelease(world.incidents, /#web\nstate/)
    const message = triggers('api', 'web', 'db')

    world.now += 60_000
    await expect(world.evaluate(message)).rejects.toThrow('Item incident#pay#web / state of table memory has version 2')
    expect([world.incident('pay', 'api').status, world.incident('pay', 'db').status]).toEqual(['open', 'open'])
    expect(world.incident()).toMatchObject({ status: 'resolved', generation: 1 })

    mend()
    await world.evaluate(message)
    expect(world.incident()).toMatchObject({ status: 'open', generation: 2 })
  })

  it('is left out of lists, which name it', async () => {
    const world = new PathWorld()
    await world.evaluate(triggers('api', 'web'))
    ofANewerRelease(world.incidents, /#web\nstate/)

    expect((await listIncidents('open', 10, world.io())).map(({ groupKey }) => groupKey)).toEqual(['api'])
    expect(await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())).toEqual([])
    expect(leftOut(world)).toEqual([
      'Item incident#pay#web / state of table memory has version 2, and this release reads 1',
      'Item incident#pay#web / state of table memory has version 2, and this release reads 1',
    ])
  })
})

it('a storm whose members cannot all be read is not told as over', async () => {
  const world = new PathWorld()
  world.config.projects.pay = { ...(world.config.projects.pay ?? expect.fail('pay')), stormLimit: 1 }
  await world.evaluate(triggers('a', 'b', 'c'))
  world.now += 1_000
  await world.evaluate(triggers('d'))
  ofANewerRelease(world.incidents, /^storm#pay\nm#/)
  const resolves = triggers('b', 'c', 'd').alerts.map((alert) => ({ ...alert, action: 'resolve' }))
  world.now += 1_000
  await world.evaluate({ v: 1, kind: 'alerts', alerts: resolves }).catch(() => undefined)

  expect(world.incident('pay', STORM_KEY).status).toBe('open')
  expect(leftOut(world)).toEqual([expect.stringMatching(/^Item storm#pay [/] m#/)])
})

describe('evaluation', () => {
  it('goes on without a vantage that it cannot read, and keeps the report of that one', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg, gz]) })
    await world.minutes(3, { [sg]: 'u', [gz]: 'u' })
    ofANewerRelease(world.checks, /^vantage#tencent/)

    await expect(world.sees(gz, 'd')).rejects.toThrow('Item vantage#tencent/ap-guangzhou / probe of table memory')
    expect(await world.minutes(6, { [sg]: 'd' })).toEqual([
      'opened fenghuo/probe-tencent/ap-guangzhou',
      'opened pay/web',
    ])
    expect(new Set(leftOut(world))).toEqual(
      new Set(['Item vantage#tencent/ap-guangzhou / probe of table memory has version 3, and this release reads 2']),
    )
  })

  it('goes on without a vantage whose records are damaged, and says which item that is', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg, gz]) })
    await world.minutes(3, { [sg]: 'u', [gz]: 'u' })
    const [key, row] = [...world.checks.rows].find(([key]) => /^vantage#tencent/.test(key)) ?? expect.fail()
    world.checks.rows.set(key, { ...row, state: JSON.stringify({ ...JSON.parse(row.state ?? ''), records: 'AAAA' }) })

    const damaged =
      /^Item vantage#tencent[/]ap-guangzhou [/] probe of table memory is damaged[.] Restore it, or delete it/
    await expect(world.sees(gz, 'd')).rejects.toThrow(damaged)
    expect(await world.minutes(6, { [sg]: 'd' })).toContain('opened pay/web')
    expect(new Set(leftOut(world))).toEqual(new Set([expect.stringMatching(damaged)]))
  })

  it('goes on with the checks beside one whose verdict it cannot read, and with those that depend on it', async () => {
    const [web, db] = checksFrom(['web', 'db'], [sg])
    const world = new Probes({
      checks: [web ?? expect.fail(), { ...(db ?? expect.fail()), dependsOn: 'pay/web' }],
    })
    await world.minutes(3, { [sg]: 'u' })
    ofANewerRelease(world.checks, /^verdict#pay[/]web/)
    for (let minute = 0; minute < 3; minute++) {
      world.now += 60_000
      await expect(world.sees(sg, 'ud')).rejects.toThrow('the message has to come again')
    }

    expect(await world.told()).toEqual(['opened pay/db'])
    expect(world.logged).toContainEqual({
      level: 'error',
      event: 'delivery failed',
      error: expect.stringContaining('Item verdict#pay/web / state of table memory has version 2'),
    })
  })
})
