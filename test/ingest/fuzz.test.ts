import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formats } from '../../shared/ingest/registered/formats.ts'
import { guides } from '../../shared/ingest/registered/guides.ts'
import { KEY, request, sample, WayIn } from './requests.ts'

/** What a field may turn into: other types, too much of it, hostile names, broken characters. */
const strange = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', ' ', '\u0000', '\ud800', '\u202eevil\u2066', 'null', '0', '1'),
  fc.constantFrom<unknown>([], {}, [[[[[[[[[[]]]]]]]]]], { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } }),
  fc.constant('x'.repeat(50_000)),
  fc.constant(JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toString":null,"hasOwnProperty":[]}')),
  fc.constant(Array.from({ length: 300 }, (_, index) => ({ labels: { index } }))),
  fc.jsonValue({ maxDepth: 3 }),
)

/**
 * What a batch and each alert in it have beside what their sender wrote: the names of fields, times, what had to be put
 * right, and what the sender wrote once for a whole group (its rule, its addresses), which each of the group's alerts carries.
 */
const FRAME_BYTES = 4_000
const ALERT_FRAME_BYTES = 800

/** Where `JSON.parse` gets to and `JSON.stringify` does not. */
const DEEP = `${'[{"a":'.repeat(5_000)}1${'}]'.repeat(5_000)}`
const MARK = 'deep here'

type Change = { at: number; kind: 'drop' | 'retype' | 'add' | 'repeat'; value: unknown }
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('drop', 'retype', 'add', 'repeat'),
  value: strange,
})

/** Every place of a body: whose child, under which key. */
function placesOf(value: unknown): { of: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return []
  const of = value as Record<string, unknown>
  return Object.keys(of).flatMap((key) => [{ of, key }, ...placesOf(of[key])])
}

function changed(body: unknown, { at, kind, value: given }: Change): void {
  // A value that stood in several places would be changed in all of them.
  const value = structuredClone(given)
  const places = placesOf(body)
  const place = places[at % Math.max(1, places.length)]
  if (place === undefined) return
  if (kind === 'drop') delete place.of[place.key]
  else if (kind === 'retype') place.of[place.key] = value
  else if (kind === 'repeat') place.of[place.key] = [place.of[place.key], structuredClone(place.of[place.key])]
  else place.of[`${place.key}-more`] = value
}

describe.each(guides)('$format.format', ({ format, samples }) => {
  const path = format.routes[0].replace('{key}', KEY)
  const keyName = format.format === 'pagerduty-v1' ? 'service_key' : 'routing_key'
  const keyed = (body: unknown) =>
    format.keyOf !== undefined && typeof body === 'object' ? { ...body, [keyName]: KEY } : body

  it('takes or refuses whatever a body has become, and never breaks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (name, changes) => {
          const way = new WayIn()
          const body = structuredClone(sample(name))
          for (const one of changes) changed(body, one)
          const sending = request(path, keyed(body))
          const { status } = await way.take(sending)
          const sentBytes = way.batches.flat().reduce((sum, message) => sum + Buffer.byteLength(message), 0)
          const frames = FRAME_BYTES + ALERT_FRAME_BYTES * way.alerts.length
          expect(sentBytes).toBeLessThan(2 * Buffer.byteLength(sending.body) + frames)
          expect(way.logged.filter(({ event }) => event === 'request not taken')).toEqual([])
          expect([200, 202, 400, 413]).toContain(status)
          // What was answered as taken is on the queue, and nothing else is: `WayIn` parses each alert by the contract.
          expect(status === 400 ? way.alerts.length : 0).toBe(0)
          // Neither logs nor queues have a key.
          expect(JSON.stringify([way.logged, way.batches])).not.toContain(KEY)
        },
      ),
      { numRuns: 25 },
    )
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('takes or refuses what is nested deeper than any stack, in each field', async () => {
    const whole = keyed(sample(samples[0] ?? ''))
    const one = Object(Array.isArray(whole) ? whole[0] : whole) as object
    for (const name of Object.keys(one).filter((field) => field !== keyName)) {
      const text = JSON.stringify({ ...one, [name]: MARK }).replace(`"${MARK}"`, DEEP)
      const way = new WayIn()
      const { status } = await way.take(request(path, Array.isArray(whole) ? `[${text}]` : text))
      expect(way.logged.filter(({ event }) => event === 'request not taken')).toEqual([])
      expect([200, 202, 400], name).toContain(status)
    }
  })

  it('takes or refuses a text that was cut, keys that come twice, and bytes that are none', async () => {
    const bytes = Buffer.from(JSON.stringify(keyed(sample(samples[0] ?? ''))))
    const twice = fc.tuple(fc.nat(), strange).map(([at, value]) => {
      const names = [...String(bytes).matchAll(/[{,](?="([^"]+)":)/g)]
      const found = names[at % Math.max(1, names.length)]
      const { index = 0 } = found ?? {}
      const name = found?.[1] ?? 'x'
      const before = String(bytes).slice(0, index + 1)
      return Buffer.from(`${before}${JSON.stringify(name)}:${JSON.stringify(value)},${String(bytes).slice(index + 1)}`)
    })
    const cut = fc.nat(bytes.length).map((length) => bytes.subarray(0, length))
    const noise = fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.concat([Buffer.from(some), bytes]))
    await fc.assert(
      fc.asyncProperty(fc.oneof(cut, noise, twice), async (body) => {
        const way = new WayIn()
        const { status } = await way.take(request(path, body))
        expect(way.logged.filter(({ event }) => event === 'request not taken')).toEqual([])
        expect([200, 202, 400]).toContain(status)
      }),
      { numRuns: 10 },
    )
  })
})

it.each<[string, string, (long: string) => unknown]>([
  ['slashes', '/', (long) => ({ event_id: '1', event_value: '1', zabbix_url: `https://a${long}b` })],
  ['spaces', ' ', (long) => ({ alertState: 'ALERT', ruleId: '1', dimensions: `{${long}}` })],
  ['brackets', '[', (long) => ({ title: long, transition: long })],
  ['commas', ',', (long) => ({ title: 'x', tags: long })],
  ['braces', '{', (long) => ({ id: long, summary: long })],
])('takes no longer for a field of nothing but %s than for any other', async (_, character, body) => {
  const long = character.repeat(300_000)
  for (const { routes } of formats) {
    const way = new WayIn()
    await way.take(request(routes[0].replace('{key}', KEY), body(long)))
    expect(way.logged.filter(({ event }) => event === 'request not taken')).toEqual([])
  }
})
