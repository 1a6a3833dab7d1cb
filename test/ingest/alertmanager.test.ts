import { beforeEach, describe, expect, it } from 'vitest'
import { KEY, now, request, sample, sampleText, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const webhook = sample('alertmanager-v4') as { alerts: object[] }
const firing = webhook.alerts[0] ?? {}

describe('a webhook of Alertmanager', () => {
  const send = (body: unknown) => way.take(request(`/alertmanager/${KEY}`, body))

  it('is one alert each, by its own status', async () => {
    expect(await send(sample('alertmanager-v4-0.34'))).toMatchObject({ status: 200, body: { alerts: 2 } })
    expect(way.alerts).toMatchObject([
      { action: 'trigger', dedupKey: 'am/c762dda1bc97bb22', at: Date.parse('2026-11-28T02:14:10.136Z') },
      { action: 'resolve', dedupKey: 'am/9a3e0b6d5c1f4417', at: Date.parse('2026-11-28T02:31:02Z') },
    ])
  })

  it('tells why it was sent, and by a route with which labels', async () => {
    await send(sample('alertmanager-v4-0.34'))
    const details = { notification_reason: 'some alerts resolved', routeLabels: { team: 'shop' } }
    expect(way.alerts).toMatchObject([{ details }, { details }])
  })

  it.each([
    ['page', 'critical'],
    ['P1', 'critical'],
    ['high', 'error'],
    ['warn', 'warning'],
    ['none', 'info'],
    ['', 'critical'],
    ['fancy', 'critical'],
  ])('with the severity %j is %s', async (severity, expected) => {
    await send({ alerts: [{ ...firing, labels: { alertname: 'x', severity } }] })
    expect(way.alerts).toMatchObject([{ severity: expected }])
  })

  it('that was cut says how much is missing', async () => {
    await send(sample('alertmanager-v4-truncated'))
    expect(way.alerts).toMatchObject([{ notes: [{ code: 'alerts-truncated', args: { count: 41 } }] }])
  })

  it('without fingerprints knows the same alert by its labels', async () => {
    const labels = { a: '1', b: '2' }
    const swapped = { b: '2', a: '1' }
    await send({ alerts: [{ labels }, { labels: swapped, status: 'resolved' }, { labels: { a: '12' } }] })
    const keys = (way.alerts as { dedupKey: string }[]).map(({ dedupKey }) => dedupKey)
    expect([keys[0] === keys[1], new Set(keys).size]).toEqual([true, 2])
  })

  it('keeps the alerts that can be read', async () => {
    expect(await send({ alerts: [null, firing, 'x'] })).toMatchObject({ status: 200, body: { alerts: 1 } })
    expect(way.alerts).toMatchObject([{ notes: [{ code: 'alerts-unreadable', args: { count: 2 } }] }])
  })

  it.each([
    ['no list', { alerts: {} }, 'alerts: should be a list of alerts'],
    ['nothing readable in it', { alerts: [1] }, 'alerts.0: should be an alert: an object with labels'],
    ['no object', 'a text', 'should be an object with a list of alerts'],
  ])('with %s is refused, naming the place', async (_, body, error) => {
    expect(await send(body === 'a text' ? '"a text"' : body)).toEqual({
      status: 400,
      body: { status: 'invalid', errors: [error] },
    })
  })

  it('of a thousand alerts is packed into messages of a hundred', async () => {
    const alerts = Array.from({ length: 1_000 }, (_, index) => ({ ...firing, fingerprint: `f${index}` }))
    expect(await send({ ...webhook, alerts })).toMatchObject({ status: 200, body: { alerts: 1_000 } })
    const sizes = way.batches.flat().map((message) => message.length)
    expect(Math.max(...sizes)).toBeLessThan(250_000)
    expect(sizes).toHaveLength(10)
  })

  it('is put off by what it tries again after, while the queue is not reached', async () => {
    way.queueFails = true
    expect((await send(webhook)).status).toBe(503)
  })

  it.each([
    ['in the path', `/alertmanager/${KEY}`, {}, 200],
    ['in a header', '/alertmanager', { authorization: `Bearer ${KEY}` }, 200],
    ['nowhere', '/alertmanager', {}, 401],
    ['in the path, and wrong', '/alertmanager/nobody', { authorization: `Bearer ${KEY}` }, 401],
    ['in a path that is badly encoded', '/alertmanager/%E0%A4%A', {}, 404],
  ])('shows its key %s', async (_, path, headers, status) => {
    expect((await way.take({ ...request('/', webhook, { headers }), path })).status).toBe(status)
  })
})

describe('alerts of Prometheus', () => {
  const send = (body: unknown) => way.take(request(`/prometheus/${KEY}/api/v2/alerts`, body))
  const [alert] = sample('prometheus-alerts-v2-firing') as object[]

  it.each([
    ['an end that lies ahead', now + 240_000, 'trigger'],
    ['an end that has passed', now - 1, 'resolve'],
    ['an end just now', now, 'resolve'],
    ['no end', undefined, 'trigger'],
    ['an end that is none', '0001-01-01T00:00:00Z', 'trigger'],
  ])('with %3$s for %s', async (_, endsAt, action) => {
    const written = typeof endsAt === 'number' ? new Date(endsAt).toISOString() : endsAt
    expect((await send([{ ...alert, endsAt: written }])).status).toBe(200)
    expect(way.alerts).toMatchObject([{ action }])
  })

  it('keep their key and their time while they are sent again, so that they are no news', async () => {
    await send(sample('prometheus-alerts-v2-firing'))
    way.now += 60_000
    await send(sample('prometheus-alerts-v2-firing'))
    expect(way.alerts[0]).toEqual(way.alerts[1])
  })

  it('by the old path are told of the new one', async () => {
    const reply = await way.take(request(`/prometheus/${KEY}/api/v1/alerts`, []))
    expect(reply).toMatchObject({ status: 404, body: { errors: [expect.stringContaining('by v2')] } })
  })

  it('do not join the same alert through Alertmanager by chance', async () => {
    await send([{ labels: { alertname: 'x' } }])
    await way.take(request(`/alertmanager/${KEY}`, { alerts: [{ labels: { alertname: 'x' } }] }))
    const [direct, through] = way.alerts as { dedupKey: string }[]
    expect(direct?.dedupKey).not.toBe(through?.dedupKey)
  })
})

describe('a webhook of Grafana', () => {
  const vector = JSON.parse(sampleText('grafana-hmac.selfcomputed.json'))
  const [plain, timestamped] = [vector.plain, vector.timestamped]
  const send = (body: unknown, headers: Record<string, string> = {}) => {
    const small = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    return way.take(request(`/grafana/${KEY}`, body, { headers: small }))
  }

  it('needs no signature where none is configured', async () => {
    expect((await send(sample('grafana-13-webhook-firing'))).status).toBe(200)
  })

  it.each<[string, Record<string, string>, number, number]>([
    ['the right signature', plain, 0, 200],
    ['none', {}, 0, 401],
    ['another', { 'X-Grafana-Alerting-Signature': 'ab'.repeat(32) }, 0, 401],
    ['one that is no hex', { 'X-Grafana-Alerting-Signature': '签名' }, 0, 401],
  ])('with a secret configured and %s', async (_, headers, __, status) => {
    way.options.grafana = { secret: vector.secret, header: 'X-Grafana-Alerting-Signature' }
    expect((await send(vector.body, headers)).status).toBe(status)
  })

  it.each([
    ['now', 0, 200],
    ['four minutes ago', 240_000, 200],
    ['an hour ago: a replay', 3_600_000, 401],
    ['in an hour', -3_600_000, 401],
  ])('signed with its time %s', async (_, later, status) => {
    const timestampHeader = 'X-Grafana-Alerting-Timestamp'
    way.options.grafana = { secret: vector.secret, header: 'X-Grafana-Alerting-Signature', timestampHeader }
    way.now = Number(timestamped[timestampHeader]) * 1000 + later
    expect((await send(vector.body, timestamped)).status).toBe(status)
  })
})
