import { expect, it } from 'vitest'
import { regionLookUp } from '../../../shared/engine/regions/look-up-region.ts'
import { checkRegions, type RegionsIo } from '../../../shared/engine/watch/check-regions.ts'
import type { RegionResult } from '../../../shared/evaluation/confirmed.ts'
import { MemoryTable } from '../../store/memory-table.ts'

const MINUTE = 60_000
const orders = {
  ...{ name: 'orders', title: '订花', regions: [{ region: 'us-east-1' }, { region: 'us-west-2' }], locale: 'en_US' },
  ...{ say: 'flowers', sayEveryMs: 15 * MINUTE, confirm: { m: 2, n: 3 }, holdMs: 5 * MINUTE },
}
const fault = { code: 'lex-not-found', args: { said: '' } }

/** Two regions, a table of its own, and the events queue. */
class World implements RegionsIo {
  at = Date.parse('2026-11-28T02:00:00Z')
  faulty = new Set<string>()
  sent: Record<string, unknown>[] = []
  logged: Record<string, unknown>[] = []
  spoken = 0
  writes = 0
  queue: 'well' | 'gone' = 'well'
  table = new MemoryTable()
  before: string | undefined
  private tokens = 0

  regions = {
    name: 'regions',
    get: this.table.get.bind(this.table),
    putIfVersion: (...given: Parameters<MemoryTable['putIfVersion']>) => {
      this.writes++
      return this.table.putIfVersion(...given)
    },
    servedBefore: async () => this.before,
  }
  now = () => this.at
  token = () => `t${this.tokens++}`
  get leaseUntil() {
    return this.at + 30_000
  }
  log = (entry: Record<string, unknown>) => void this.logged.push(entry)
  check = async (_: unknown, { region }: { region: string }, speaks: boolean): Promise<RegionResult> => {
    if (speaks) this.spoken++
    return this.faulty.has(region) ? { found: 'faulty', fault } : { found: 'well', ...(speaks && { spoken: true }) }
  }
  send = async (message: string) => {
    if (this.queue === 'gone') throw new Error('SQS not reached')
    this.sent.push(...JSON.parse(message).alerts)
  }
  async minutes(count: number) {
    for (let minute = 0; minute < count; minute++) {
      await checkRegions([orders], this)
      this.at += MINUTE
    }
  }
  serving() {
    const state = [...this.table.rows.values()][0]?.state
    return state === undefined ? undefined : JSON.parse(state).serving
  }
  told() {
    return this.sent.map(({ action, dedupKey }) => `${action} ${dedupKey}`)
  }
}

it('switches when the first region is faulty and back after the hold, and people hear of both', async () => {
  const world = new World()
  await world.minutes(3)
  world.faulty.add('us-east-1')
  await world.minutes(2)
  expect(world.serving()).toBe('us-west-2')
  expect(world.sent).toEqual([
    {
      ...{ action: 'trigger', dedupKey: 'fenghuo/failover-orders:elsewhere', project: 'fenghuo', title: '订花' },
      fact: {
        code: 'failover-elsewhere',
        args: {
          ...{ failover: 'orders', from: 'us-east-1', to: 'us-west-2' },
          why: { code: 'region-faulty', args: { region: 'us-east-1', fault } },
        },
      },
      ...{ severity: 'warning', source: 'region-health', component: 'orders', class: 'elsewhere' },
      at: world.at - MINUTE,
    },
  ])
  world.faulty.clear()
  await world.minutes(7)
  expect(world.serving()).toBe('us-east-1')
  expect(world.told().at(-1)).toBe('resolve fenghuo/failover-orders:elsewhere')
})

it('writes nothing in a quiet hour but that it has spoken to the bots', async () => {
  const world = new World()
  await world.minutes(4)
  world.writes = 0
  world.spoken = 0
  await world.minutes(60)
  expect(world.writes).toBe(4)
  expect(world.spoken).toBe(8)
})

it('an alert that the queue did not take is sent with the next minute', async () => {
  const world = new World()
  await world.minutes(3)
  world.faulty = new Set(['us-east-1', 'us-west-2'])
  world.queue = 'gone'
  await world.minutes(3)
  expect([world.serving(), world.told()]).toEqual(['us-east-1', []])
  world.queue = 'well'
  await world.minutes(2)
  expect(world.told()).toEqual(['trigger fenghuo/failover-orders:none-well'])
})

it('takes over what an older function has written', async () => {
  const world = new World()
  world.before = 'us-west-2'
  await world.minutes(1)
  expect(world.serving()).toBe('us-west-2')
})

const asking = (parameters: object = { failover: 'orders' }) => ({
  Name: 'ContactFlowEvent',
  Details: { Parameters: parameters },
})

/** A look-up over a table that may fail. */
function lookUp(configured = [orders]) {
  const state = { now: 0, table: 'us-west-2' as string | undefined | Error, reads: 0 }
  const answer = regionLookUp(configured, {
    async read() {
      state.reads++
      if (state.table instanceof Error) throw state.table
      return state.table
    },
    now: () => state.now,
    log: () => {},
  })
  return { state, answer }
}

it('a flow hears what the table says, from a memory of seconds', async () => {
  const { state, answer } = lookUp()
  const west = { statusCode: '200', primaryCode: 'us-west-2', source: 'table' }
  expect([await answer(asking()), await answer(asking()), state.reads]).toEqual([west, west, 1])
  state.table = 'us-east-1'
  state.now += 3_000
  expect(await answer(asking())).toEqual({ ...west, primaryCode: 'us-east-1' })
})

it('while the table fails it hears what was known, and the first region where nothing was', async () => {
  const { state, answer } = lookUp()
  state.table = new Error('timeout')
  expect(await answer(asking())).toEqual({ statusCode: '200', primaryCode: 'us-east-1', source: 'configuration' })
  expect([await answer(asking()), state.reads]).toEqual([expect.anything(), 1])
  state.table = 'us-west-2'
  state.now += 3_000
  await answer(asking())
  state.table = new Error('timeout')
  state.now += 3_000
  expect(await answer(asking())).toEqual({ statusCode: '200', primaryCode: 'us-west-2', source: 'memory' })
})

it.each<[why: string, table: string | undefined]>([
  ['what an older function wrote of nobody', 'err'],
  ['nothing', undefined],
])('%s is answered with the first region', async (_, table) => {
  const { state, answer } = lookUp()
  state.table = table
  expect(await answer(asking())).toMatchObject({ statusCode: '200', primaryCode: 'us-east-1' })
})

it.each<[why: string, event: unknown, statusCode: string, primaryCode: string]>([
  ['the only one, by its region, as of old', asking({ region: 'us-east-1' }), '200', 'us-west-2'],
  ['the only one, without a name', asking({}), '200', 'us-west-2'],
  ['an unknown one: the region that was asked for', asking({ region: 'eu-west-2' }), '404', 'eu-west-2'],
  ['garbage', null, '200', 'us-west-2'],
])('%s', async (_, event, statusCode, primaryCode) => {
  expect(await lookUp().answer(event)).toMatchObject({ statusCode, primaryCode })
})
