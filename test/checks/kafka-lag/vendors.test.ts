import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { groupOffsets } from '../../../shared/evaluation/kafka-sample.ts'
import { alikafka } from './vendors/alikafka.ts'
import { ckafka } from './vendors/ckafka.ts'
import { type Asked, type KafkaVendor, type Key, ORDERS, shop, type Vendor } from './vendors/vendor.ts'

/** How long was waited before each further try, ms. */
const pauses: number[] = []
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => pauses.push(ms) }))

const clicks = { state: 'Empty' as const, commits: { refund: { 0: 1 } } }
const unknown = (fault: object) => ({ outcome: 'unknown', fault })

/** What every vendor's API has to bring, whatever its words are. */
describe.each<KafkaVendor>([alikafka, ckafka])('$source', (kafka) => {
  const { source, list, group, ownKey, roleEnv } = kafka
  let vendor: Vendor

  const read = (asked?: Asked) => kafka.read(vendor, asked)
  const startAs = async (key?: Key) => {
    await vendor?.close()
    vendor = await kafka.start(shop(), key)
  }
  beforeEach(() => startAs())
  afterEach(async () => {
    pauses.length = 0
    await vendor.close()
    expect(vendor.failuresLeft).toBe(0)
  })

  describe('a group', () => {
    it('is read with its members, whatever its name', async () => {
      const groups = await read()
      expect(groups).toEqual([
        {
          group: ORDERS,
          at: expect.any(Number),
          state: 'Stable',
          members: 2,
          topics: [
            {
              topic: 'paid',
              partitions: [
                [0, 90, 100, true],
                [1, 200, 200, true],
                [2, 250, 300, false],
              ],
            },
            { topic: 'refund', partitions: [[0, 10, 10, true]] },
          ],
        },
      ])
      for (const one of groups) expect(groupOffsets.parse(one)).toEqual(one)
    })

    it.each([
      ['by name', ['refund'], ['refund']],
      ['by pattern', ['pai*'], ['paid']],
      ['by both', ['refund', 'pa*'], ['paid', 'refund']],
      ['that it never read', ['audit'], []],
    ])('is read on the topics that are wanted %s', async (_how, topics, expected) => {
      const [orders] = await read({ topics })
      expect(orders?.topics.map(({ topic }) => topic)).toEqual(expected)
    })

    it('holds nothing while it rebalances', async () => {
      Object.assign(vendor.groups[ORDERS] ?? {}, { state: 'PreparingRebalance' })
      expect(await read({ topics: ['refund'] })).toMatchObject([
        { state: 'PreparingRebalance', topics: [{ partitions: [[0, 10, 10, false]] }] },
      ])
    })

    it('that nobody knows has nothing', async () => {
      expect(await read({ group: 'nobody' })).toMatchObject([
        { group: 'nobody', state: 'Dead', members: 0, topics: [] },
      ])
    })
  })

  describe('a pattern of groups', () => {
    it('finds them page by page, without those that have nothing on the topics', async () => {
      const names = Array.from({ length: list.page + 1 }, (_, index) => `click-${String(index).padStart(2, '0')}`)
      for (const name of names) vendor.groups[name] = clicks
      vendor.groups['click-other'] = { state: 'Empty', commits: { paid: { 0: 1 } } }
      const groups = await read({ group: 'click-*', topics: ['refund'] })
      expect(groups.map((one) => one.group)).toEqual(names)
      expect(groups.every(({ state }) => state === 'Empty')).toBe(true)
      expect(vendor.actions.filter((action) => action === list.action)).toHaveLength(2)
    })

    it('one of which is refused has the others, and that one’s code', async () => {
      Object.assign(vendor.groups, { 'click-1': clicks, 'click-2': clicks })
      vendor.fail({ kind: 'error', code: group.missing, operation: group.action })
      const groups = await read({ group: 'click-*' })
      expect(groups.map(({ error }) => error ?? 'read').sort()).toEqual([group.missing, 'read'])
      for (const one of groups) expect(groupOffsets.parse(one)).toEqual(one)
    })

    it('all of which are refused is unknown', async () => {
      vendor.groups['click-1'] = clicks
      vendor.fail({ kind: 'error', code: group.missing, operation: group.action })
      await expect(read({ group: 'click-*' })).rejects.toMatchObject(
        unknown(fact('kafka-refused', { source, error: group.missing, said: 'click-1' })),
      )
    })

    it('that finds none is told', async () => {
      await expect(read({ group: 'click-*' })).rejects.toMatchObject(
        unknown(fact('kafka-no-group', { source, pattern: 'click-*' })),
      )
    })
  })

  describe('who asks', () => {
    it("can be the function's role, with a token", async () => {
      const role: Key = { id: 'role', secret: 'role-secret', token: 'token/1==' }
      await startAs(role)
      expect(await read({ env: roleEnv(role) })).toHaveLength(1)
    })

    it("can be the cluster's own key", async () => {
      const key: Key = { id: 'AKIDown', secret: 'own-key' }
      await startAs(key)
      expect(await read({ own: ownKey(key) })).toHaveLength(1)
    })

    it('must be somebody', async () => {
      await expect(read({ env: {} })).rejects.toMatchObject(unknown({ code: 'kafka-no-key' }))
      expect(vendor.requests).toEqual([])
    })
  })

  describe('what goes wrong', () => {
    it('and passes is nothing: it is asked for again, each time longer after', async () => {
      vendor.fail(...kafka.passing)
      expect(await read()).toHaveLength(1)
      expect(pauses).toEqual([300, 900])
    })

    it.each(kafka.refusals)('is unknown: $what', async ({ failures, asked, fault }) => {
      vendor.fail(...failures)
      await expect(read(asked)).rejects.toMatchObject(unknown(fault))
      expect(pauses).toEqual(failures.length === 3 ? [300, 900] : [])
    })

    it('is unknown: a reset', async () => {
      vendor.fail({ kind: 'reset' })
      await expect(read()).rejects.toMatchObject(
        unknown(fact('kafka-unreached', { source, fault: fact('connection-reset') })),
      )
    })

    it('is unknown: nobody there', async () => {
      const { url } = vendor
      await vendor.close()
      await expect(read({ url })).rejects.toMatchObject(
        unknown(fact('kafka-unreached', { source, fault: fact('connection-refused') })),
      )
    })
  })
})
