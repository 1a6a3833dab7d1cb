import { expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { compose } from '../../shared/messages/compose.ts'
import { at, lin } from '../messages/notices.ts'
import { Grouping, KEY } from './grouping.ts'
import { policy } from './world-config.ts'

const MINUTE = 60_000

class Growing extends Grouping {
  /** Time goes on; watch looks each minute. */
  async pass(minutes: number) {
    for (let minute = 0; minute < minutes; minute++) {
      await this.until(this.now + MINUTE)
      await watch({ config: this.config, backlog: async () => 0, deadLetters: [] }, this.io())
      await this.settle()
    }
  }

  get grown() {
    return this.texts.filter((text) => text === 'ops grown').length
  }

  /** What the newest message of a kind says, line by line. */
  lines(kind: string): string[] {
    const told = this.messages.findLast(({ message }) => message.notice.kind === kind) ?? expect.fail(`no ${kind}`)
    return compose(told.message).lines.map(({ spans }) => spans.map(({ text }) => text).join(''))
  }
}

const warning = { labels: { cluster: 'a' }, severity: 'warning' }

it('its messages list the members that burn, the worst first, the rest counted', async () => {
  const world = new Growing({ groupWaitMs: 30_000 })
  await world.send('trigger', 'mild', warning)
  for (const key of ['k1', 'k2', 'gone', 'k3', 'k4', 'k5']) await world.send('trigger', key)
  await world.send('resolve', 'gone')
  await world.until(world.now + MINUTE)

  expect(world.says('pay', KEY)).toContain('6 alerts not recovered (5 CRITICAL, 1 WARNING): k5 is down; k4 is down')
  expect(world.lines('opened')).toEqual(
    expect.arrayContaining([
      'cluster=a：6 个告警未恢复（5 严重、1 警告）',
      ...['k5', 'k4', 'k3', 'k2', 'k1'].map((key) => `严重：${key} is down`),
      '另有 1 个告警',
    ]),
  )
})

it('who joins after the first notice is told at the next interval, in one message, and not again', async () => {
  const world = new Growing()
  await world.send('trigger', 'web')
  await world.pass(1)
  for (const key of ['db', 'api', 'job']) await world.send('trigger', key)
  await world.pass(2)
  expect(world.grown).toBe(0)
  await world.pass(3)
  expect(world.grown).toBe(1)
  expect(world.lines('grown').join('\n')).toMatch(/新增 3 个告警[\s\S]*4 个告警未恢复[\s\S]*严重：job is down/)
  await world.pass(12)
  expect(world.grown).toBe(1)
  expect(world.opened).toBe(1)
})

it('it is told beside who has it, and by the interval of its project', async () => {
  const world = new Growing({ groupIntervalMs: 20 * MINUTE })
  await world.send('trigger', 'web')
  const event = { type: 'acknowledge' as const, generation: 1, via: 'cli' as const, by: lin }
  await dispatchToIncident({ project: 'pay', groupKey: KEY }, { event }, world.io())
  await world.settle()
  const { length } = world.calls
  await world.send('trigger', 'db')
  await world.pass(18)
  expect(world.grown).toBe(0)
  await world.pass(3)
  expect([world.grown, world.calls.length]).toEqual([1, length])
})

it('a repeat is no news', async () => {
  const world = new Growing()
  await world.send('trigger', 'web')
  await world.send('trigger', 'web')
  await world.pass(7)
  expect(world.grown).toBe(0)
})

it('a worse one pages at once though somebody has the group, and is not told twice', async () => {
  const world = new Growing()
  await world.send('trigger', 'web', warning)
  const event = { type: 'acknowledge' as const, generation: 1, via: 'cli' as const, by: lin }
  await dispatchToIncident({ project: 'pay', groupKey: KEY }, { event }, world.io())
  await world.settle()
  await world.send('trigger', 'db')
  expect(world.group).toMatchObject({ status: 'open', severity: 'critical' })
  expect(world.calls).toHaveLength(1)
  await world.pass(7)
  expect(world.grown).toBe(0)
})

it('a worse one is told at once while a phone rings for the others already', async () => {
  const world = new Growing()
  const rings = ['phone' as const, 'chat' as const]
  world.config.policies = { default: policy({ channels: { critical: rings, error: rings, warning: [], info: [] } }) }
  await world.send('trigger', 'web', { labels: { cluster: 'a' }, severity: 'error' })
  expect(world.calls).toHaveLength(1)
  await world.send('trigger', 'db')
  expect([world.grown, world.calls.length]).toEqual([1, 1])
  await world.pass(7)
  expect(world.grown).toBe(1)
})

it('what is over says nothing of who had joined', async () => {
  const world = new Growing()
  await world.send('trigger', 'web')
  await world.send('trigger', 'db')
  await world.send('resolve', 'web')
  await world.send('resolve', 'db')
  await world.pass(7)
  expect([world.grown, world.group.status]).toEqual([0, 'resolved'])
  expect(world.now).toBeGreaterThan(at('02:15'))
})

it('ten thousand that come after the first notice are one more message', async () => {
  const world = new Growing()
  await world.send('trigger', 'web')
  let writes = 0
  const { putIfVersion } = world.incidents
  world.incidents.putIfVersion = async (row, version) => {
    writes += 1
    return putIfVersion.call(world.incidents, row, version)
  }
  for (let part = 0; part < 4; part++) {
    const alerts = Array.from({ length: 2_500 }, (_, index) => world.message('trigger', `k${part}-${index}`).alerts)
    await world.evaluate({ v: 1, kind: 'alerts', alerts: alerts.flat() }, ++world.now)
  }
  await world.settle()
  expect([world.grown, world.opened, world.calls.length]).toEqual([0, 1, 1])
  await world.pass(6)
  expect([world.grown, world.opened]).toEqual([1, 1])
  expect(world.lines('grown').join('\n')).toContain('新增 10000 个告警')
  expect(writes).toBeLessThan(100)
})
