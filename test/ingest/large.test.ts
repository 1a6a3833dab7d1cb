import { beforeEach, expect, it } from 'vitest'
import { KEY, request, sample, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const webhook = sample('alertmanager-v4') as { alerts: object[] }
const firing = webhook.alerts[0] ?? {}
const send = (body: unknown) => way.take(request(`/alertmanager/${KEY}`, body))
const alertsOf = (count: number, more: (index: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({ ...firing, fingerprint: `f${index}`, ...more(index) }))
const keys = () => (way.alerts as { dedupKey: string }[]).map(({ dedupKey }) => dedupKey)

it('ten thousand alerts in one body are all on the queue, some at a time, and are answered together', async () => {
  const reply = await send({ ...webhook, truncatedAlerts: 7, alerts: alertsOf(10_000) })
  expect(reply).toMatchObject({ status: 200, body: { alerts: 10_000, warnings: [expect.stringContaining('7')] } })
  expect(keys()).toEqual(Array.from({ length: 10_000 }, (_, index) => `am/f${index}`))
  const [first, ...others] = way.batches
  expect(first).toEqual([expect.stringContaining('"dedupKey":"am/f99"')])
  expect(others.length).toBeLessThanOrEqual(8)
  // The first incident tells of what was cut off.
  const noted = (way.alerts as { notes?: unknown }[]).filter(({ notes }) => notes !== undefined)
  expect(noted).toEqual([way.alerts[0]])
  expect(way.logged).toMatchObject([{ event: 'request taken', alerts: 10_000 }])
})

it('more alerts of one key than a message has say in which order they stood', async () => {
  await send({
    ...webhook,
    alerts: alertsOf(150, (index) => ({ fingerprint: 'same', status: index < 149 ? 'firing' : 'resolved' })),
  })
  const sent = way.batches.flat().map((message) => JSON.parse(message) as { positions?: number[] })
  expect(sent.flatMap(({ positions = [] }) => positions)).toEqual(Array.from({ length: 150 }, (_, index) => index))
})

it('what can’t be read of a long list is named by its place in it', async () => {
  const alerts: unknown[] = alertsOf(2_000)
  alerts.splice(1_700, 1, 'no alert')
  expect(await send({ ...webhook, alerts })).toMatchObject({
    body: { alerts: 1_999, warnings: ["alerts that can't be read: 1, the first at alerts.1700"] },
  })
})

it('a stretch of a long list with no alert in it does not keep the others from the queue', async () => {
  const nothing = Array.from({ length: 400 }, () => 'x'.repeat(1_000))
  expect(await send({ ...webhook, alerts: [...nothing, ...alertsOf(10)] })).toMatchObject({
    status: 200,
    body: { alerts: 10, warnings: expect.arrayContaining([expect.stringContaining('the first at alerts.0')]) },
  })
  way = new WayIn()
  expect(await send({ ...webhook, alerts: nothing })).toMatchObject({ status: 400 })
  expect(way.alerts).toEqual([])
})

it('a long body that is no JSON from some place on is refused', async () => {
  const text = JSON.stringify({ ...webhook, alerts: alertsOf(2_000) })
  const broken = text.replace('"am/f1900"', 'nul').replace('"f1900"', 'nul')
  expect(await send(broken)).toMatchObject({ status: 400, body: { errors: ['JSON parse error'] } })
  expect(await send(text.slice(0, -1))).toMatchObject({ status: 400 })
})

it('a queue that fails in the middle has the sender try again', async () => {
  const { send: toQueue } = way.io
  let left = 3
  way.io.send = (...sent) => (left-- > 0 ? toQueue(...sent) : Promise.reject(new Error('SQS not reached')))
  expect((await send({ ...webhook, alerts: alertsOf(5_000) })).status).toBe(503)
  expect(way.logged).toMatchObject([{ event: 'request not taken' }])
})
