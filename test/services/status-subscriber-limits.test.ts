import { beforeEach, expect, it } from 'vitest'
import { readSubscribers } from '../../shared/store/subscribers.ts'
import { checksFrom, MINUTE, Probes } from '../engine/probes.ts'
import { Visitor } from './console-visitor.ts'

let world: Probes
let reader: Visitor
let asked: number

beforeEach(() => {
  const components = { checkout: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web'] } }
  const page = {
    title: { zh: '示例', en: 'Example' },
    languages: ['en' as const],
    components,
    subscribe: ['mail' as const],
  }
  world = new Probes({ checks: checksFrom(['web'], ['aws/ap-southeast-1']), status: { pay: page, shop: page } })
  // At the beginning of an hour, so that all of a test is in the same.
  world.now = Math.ceil(world.now / (60 * MINUTE)) * 60 * MINUTE
  reader = new Visitor(world, { access: 'closed' })
  asked = 0
})

/** Asks for one address after the other, as different sources, until one is refused; resolves with how many were taken. */
async function takenFrom(sources: (string | undefined)[], page = 'pay'): Promise<number> {
  let taken = 0
  for (const source of sources) {
    reader.source = source
    const { status } = await reader.post(`/status/${page}/subscribe`, { email: `${asked++}@example.com` })
    if (status !== 200) {
      expect(status).toBe(429)
      break
    }
    taken += 1
    // The limit of a minute is another one.
    if (asked % 4 === 0) world.now += MINUTE
  }
  return taken
}

const times = (count: number, source: string | undefined) => Array.from({ length: count }, () => source)
const others = (count: number) => Array.from({ length: count }, (_, index) => `198.51.100.${index}`)

it('one source takes ten of the sixty subscriptions of an hour however long it tries, and the next hour ten again', async () => {
  for (let minute = 0; minute < 15; minute++) {
    reader.source = '192.0.2.7'
    for (let count = 0; count < 6; count++)
      await reader.post('/status/pay/subscribe', { email: `${asked++}@example.com` })
    world.now += MINUTE
  }
  expect(await readSubscribers('pay', world.io())).toHaveLength(10)
  expect(await takenFrom(others(70))).toBe(50)
  world.now += 60 * MINUTE
  expect(await takenFrom(times(12, '192.0.2.7'))).toBe(10)
})

it('each page counts for itself', async () => {
  expect(await takenFrom(times(12, '192.0.2.7'))).toBe(10)
  expect(await takenFrom(times(12, '192.0.2.7'), 'shop')).toBe(10)
})

it.each([
  ['an address of IPv6 and all of its /64', (index: number) => `2001:db8:1:2::${index.toString(16)}`],
  ['the same, written out', (index: number) => `2001:DB8:0001:2:${index}:0:0:${index}`],
  ['a /64 whose name ends in zeros', (index: number) => `2001:db8::${index}:0:0:1`],
  ['an IPv4 address in either form', (index: number) => (index % 2 ? '::ffff:192.0.2.7' : '192.0.2.7')],
  ['the same in hexadecimal', (index: number) => (index % 2 ? '::ffff:c000:207' : '::FFFF:192.0.2.7')],
  ['one with its zone', (index: number) => `fe80::1%eth${index}`],
  ['whoever is not known', () => undefined],
])('%s is one source', async (_, source) => {
  expect(await takenFrom(Array.from({ length: 12 }, (__, index) => source(index)))).toBe(10)
})

it.each([
  ['neighbours of IPv4', (index: number) => `192.0.2.${index}`],
  ['the same in the form of IPv6', (index: number) => `::ffff:192.0.2.${index}`],
  ['other /64', (index: number) => `2001:db8:1:${index}::1`],
  ['addresses that hold an IPv4 address in other ways', (index: number) => `64:ff9b:0:${index}::192.0.2.7`],
])('%s are sources of their own', async (_, source) => {
  expect(await takenFrom(Array.from({ length: 12 }, (__, index) => source(index)))).toBe(12)
})

it('the table does not tell who asked', async () => {
  await takenFrom(['192.0.2.7', '2001:db8:1:2::7'])
  expect(JSON.stringify([...world.incidents.rows])).not.toMatch(/192\.0\.2|2001:db8/)
})
