import { describe, expect, it, vi } from 'vitest'
import { GROUP_PREFIX } from '../../shared/contracts/group.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { ENDED_KEPT_MS } from '../../shared/incidents/alert-group.ts'
import { alertGroupKey } from '../../shared/store/keys.ts'
import { at, lin } from '../messages/notices.ts'
import { Grouping, KEY } from './grouping.ts'

describe('alerts that have the labels of groupBy alike', () => {
  it('are one incident and one call, which is over when the last of them is', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    await world.send('trigger', 'db', { labels: { cluster: 'a' }, severity: 'warning' })
    expect(world.calls).toHaveLength(1)
    expect(world.opened).toBe(1)
    expect(world.says('pay', KEY)).toBe(
      'cluster=a: 2 alerts not recovered (1 CRITICAL, 1 WARNING): web is down; db is down',
    )
    expect(world.says('pay', KEY, 'zh')).toBe('cluster=a：2 个告警未恢复（1 严重、1 警告）：web is down；db is down')

    await world.send('resolve', 'web')
    expect(world.group).toMatchObject({ status: 'open', severity: 'warning', worst: 'critical' })
    await world.send('resolve', 'db')
    expect(world.group.status).toBe('resolved')
    expect(world.says('pay', KEY)).toBe('cluster=a: all alerts have recovered')
    expect(world.says('pay', KEY, 'zh')).toBe('cluster=a：告警均已恢复')
  })

  it('and are closed by hand are not recovered, until the last of them is', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    await world.send('trigger', 'db')
    const event = { type: 'resolve' as const, generation: 1, via: 'cli' as const, by: lin }
    await dispatchToIncident({ project: 'pay', groupKey: KEY }, { event }, world.io())
    expect(world.says('pay', KEY)).toContain('2 alerts not recovered')
    await world.send('resolve', 'web')
    await world.send('resolve', 'db')
    expect(world.says('pay', KEY)).toBe('cluster=a: all alerts have recovered')
  })

  it('are as the only one says it, while there is one', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web', { labels: { cluster: 'a', host: 'h1' }, title: '收银台' })

    expect(world.group).toMatchObject({ title: '收银台', summary: 'web is down', labels: { cluster: 'a', host: 'h1' } })
  })

  it('are from whoever sent them, and named, though one ends without a word of that', async () => {
    const world = new Grouping()
    const changes = { labels: { cluster: 'a' }, source: 'prometheus' }
    await world.send('trigger', 'web', changes)
    await world.send('trigger', 'db', changes)
    await world.send('resolve', 'web', { summary: '' })

    expect(world.group).toMatchObject({ status: 'open', source: 'prometheus', details: { newest: ['db: db is down'] } })
  })

  it('and others are not: each group is an incident', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    await world.send('trigger', 'db', { labels: { cluster: 'b' } })
    await world.send('trigger', 'job', {})

    expect(world.opened).toBe(3)
    expect(world.incident('pay', `${GROUP_PREFIX}cluster=`).title).toBe('job is down')
  })

  it('has labels with the values as they came, whatever these are made of', async () => {
    const world = new Grouping()
    const labels = { cluster: 'a, b=c' }
    await world.send('trigger', 'web', { labels })
    await world.send('trigger', 'db', { labels })

    expect(world.incident('pay', `${GROUP_PREFIX}cluster=a, b=c`).labels).toEqual(labels)
  })

  it('are one incident whatever the length of what they have alike', async () => {
    const world = new Grouping({ groupBy: ['cluster', 'service'] })
    const labels = { cluster: '断'.repeat(256), service: '断'.repeat(256) }
    await world.send('trigger', 'web', { labels })
    await world.send('trigger', 'db', { labels })
    expect([world.opened, world.calls.length]).toEqual([1, 1])
  })

  it('end by their keys alone, without labels, as PagerDuty’s do', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    await world.send('acknowledge', 'web', { summary: '' })
    expect(world.group.status).toBe('acknowledged')
    await world.send('resolve', 'web', { summary: '' })
    expect(world.group).toMatchObject({ status: 'resolved', summary: 'web is down' })
    expect(world.says('pay', KEY)).toBe('web is down')
  })

  it('end with them what was opened before they were grouped', async () => {
    const world = new Grouping()
    const groupAgain = world.stopGrouping()
    await world.send('trigger', 'web')
    groupAgain()
    await world.send('trigger', 'web')
    await world.send('resolve', 'web', { summary: '' })

    expect([world.incident().status, world.group.status]).toEqual(['resolved', 'resolved'])
  })

  it('end their group and what they have opened since, once their project groups no more', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    await world.send('trigger', 'db')
    world.stopGrouping()
    await world.send('trigger', 'web')
    await world.send('resolve', 'web', { summary: '' })
    expect([world.incident().status, world.group.status]).toEqual(['resolved', 'open'])
    expect(world.says('pay', KEY)).toContain('1 alert not recovered')

    await world.send('acknowledge', 'db', { summary: '' })
    expect(world.group.status).toBe('acknowledged')
    await world.send('resolve', 'db', { summary: '' })
    expect(world.group.status).toBe('resolved')
  })

  it('ask of a project that never grouped once a second whether it has groups', async () => {
    const world = new Grouping()
    world.stopGrouping()
    const queries = vi.spyOn(world.incidents, 'query')
    const asked = () => queries.mock.calls.filter(([pk]) => pk.startsWith('group')).length
    for (const key of ['web', 'db', 'api']) await world.evaluate(world.message('resolve', key))
    expect(asked()).toBe(1)
    await world.send('resolve', 'web')
    expect(asked()).toBe(2)
  })

  it('one whose labels change moves on to another group', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    await world.send('trigger', 'web', { labels: { cluster: 'b' } })

    expect(world.group.status).toBe('resolved')
    expect(world.incident('pay', `${GROUP_PREFIX}cluster=b`).status).toBe('open')
  })
})

describe('words that come late, twice or from somebody who dies', () => {
  it('twice change nothing', async () => {
    const world = new Grouping()
    const message = world.message('trigger', 'web')
    await world.resend(message, world.now)
    const { step } = world.group
    await world.resend(message, world.now)

    expect([world.group.step, world.calls.length]).toEqual([step, 1])
  })

  it('a trigger after its end opens nothing, be it days later', async () => {
    const world = new Grouping()
    const late = world.message('trigger', 'web')
    const takenAt = world.now
    await world.send('resolve', 'web')
    world.now += ENDED_KEPT_MS - 60_000
    await world.resend(late, takenAt)

    expect(world.calls).toEqual([])
  })

  it('a crash between the members and the incident is put right by the message that comes again', async () => {
    const world = new Grouping()
    const message = world.message('trigger', 'web')
    const { putIfVersion } = world.incidents
    world.incidents.putIfVersion = async (row, version) => {
      if (row.pk.startsWith('incident#')) throw new Error('died')
      return putIfVersion.call(world.incidents, row, version)
    }
    await expect(world.evaluate(message, world.now)).rejects.toThrow()
    world.incidents.putIfVersion = putIfVersion
    await world.resend(message, world.now)

    expect(world.group.status).toBe('open')
    expect(world.calls).toHaveLength(1)
  })

  it('a group that nobody can read is left as it is, and what would belong to it pages alone', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    const key = alertGroupKey('pay', 'cluster=a')
    const row = { ...(await world.incidents.get(key)), ...key, state: 'damaged' }
    await world.incidents.put([row])
    await world.send('trigger', 'db')
    await world.send('resolve', 'db')
    await world.send('trigger', 'job', { labels: { cluster: 'b' } })

    expect(await world.incidents.get(key)).toEqual(row)
    expect([world.incident('pay', 'db').status, world.opened]).toEqual(['resolved', 3])
  })

  it('two at once lose none: an end does not overtake who joins', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    world.now += 1_000
    await Promise.all([
      world.evaluate(world.message('resolve', 'web'), world.now),
      world.evaluate(world.message('trigger', 'db'), world.now),
    ])
    await world.settle()

    expect(world.group.status).toBe('open')
    expect(world.says('pay', KEY)).toContain('1 alert not recovered')
  })

  it('what one invocation takes never meets itself', async () => {
    const world = new Grouping()
    const { putIfVersion } = world.incidents
    const refused: string[] = []
    world.incidents.putIfVersion = async (row, version) => {
      await new Promise(setImmediate)
      const isWritten = await putIfVersion.call(world.incidents, row, version)
      if (!isWritten && row.pk.startsWith('groups#')) refused.push(row.sk)
      return isWritten
    }
    const io = world.io()
    const sent: Promise<unknown>[] = []
    for (let index = 0; index < 4; index++) {
      sent.push(takeEvent(world.message('trigger', `k${index}`), world.now, world.config, io))
      await new Promise(setImmediate)
    }
    await Promise.all(sent)

    expect(refused).toEqual([])
    expect(world.says('pay', KEY)).toContain('4 alerts')
  })

  it('as many at once as a storm brings are all of the group at the first try', async () => {
    const world = new Grouping()
    const keys = Array.from({ length: 20 }, (_, index) => `k${index}`)
    await Promise.all(keys.map((key) => world.evaluate(world.message('trigger', key), world.now)))
    await world.settle()

    expect(world.says('pay', KEY)).toContain('20 alerts')
  })

  it('one that its sender does not repeat is over, and so is its group', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web', { labels: { cluster: 'a' }, until: world.now + 60_000, endsUnrenewed: true })
    await world.send('trigger', 'db')
    world.now += 180_000
    await world.send('resolve', 'db')

    expect(world.group.status).toBe('resolved')
  })
})

it('a group that has just begun may collect before it pages', async () => {
  const world = new Grouping({ groupWaitMs: 30_000 })
  await world.send('trigger', 'web')
  expect([world.calls, world.texts]).toEqual([[], []])
  await world.send('trigger', 'db')
  await world.until(at('02:13:32'))

  expect([world.calls.length, world.texts]).toEqual([1, ['ops opened']])
})

it('it collects from when the first of them came, be that one as old as it may', async () => {
  const world = new Grouping({ groupWaitMs: 30_000 })
  await world.send('trigger', 'web', { labels: { cluster: 'a' }, since: world.now - 600_000 })
  expect(world.calls).toEqual([])
  expect(world.group.openedAt).toBe(at('02:03'))
  await world.until(at('02:13:32'))

  expect(world.calls).toHaveLength(1)
})

it('ten thousand of one group are one incident and one call, in few writes', async () => {
  const world = new Grouping()
  let writes = 0
  const { putIfVersion } = world.incidents
  world.incidents.putIfVersion = async (row, version) => {
    writes += 1
    return putIfVersion.call(world.incidents, row, version)
  }
  for (let part = 0; part < 4; part++) {
    const alerts = Array.from({ length: 2_500 }, (_, index) => ({
      action: 'trigger',
      dedupKey: `k${part * 2_500 + index}`,
      project: 'pay',
      summary: 'x',
      labels: { cluster: 'a' },
    }))
    world.now += 10
    await world.evaluate({ v: 1, kind: 'alerts', alerts }, world.now)
  }
  await world.settle()

  expect(world.says('pay', KEY)).toContain('10000 alerts')
  expect(world.calls).toHaveLength(1)
  expect(writes).toBeLessThan(100)
})
