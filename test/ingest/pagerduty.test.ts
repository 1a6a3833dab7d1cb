import { beforeEach, describe, expect, it } from 'vitest'
import { KEY, now, request, sample, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const trigger = sample('pagerduty-trigger') as { dedup_key: string; payload: object }
const send = (body: unknown, path = '/v2/enqueue') => way.take(request(path, body))
const withPayload = (payload: object) => ({ ...trigger, payload: { ...trigger.payload, ...payload } })

describe('an event of the Events API v2', () => {
  it('is answered as PagerDuty does, once the queue has it', async () => {
    expect(await send(trigger)).toEqual({
      status: 202,
      body: { status: 'success', message: 'Event processed', dedup_key: 'web-cpu-high/web-1' },
    })
    expect(way.alerts).toMatchObject([{ action: 'trigger', project: 'pay', summary: 'web-cpu-high on web-1' }])
  })

  it('without a dedup key, or with an empty one, gets one that the answer tells', async () => {
    const first = await send({ ...trigger, dedup_key: '' })
    const { dedup_key: _, ...none } = trigger as { dedup_key?: string }
    const second = await send(none)
    expect([first, second]).toMatchObject([{ body: { dedup_key: 'made-1' } }, { body: { dedup_key: 'made-2' } }])
    expect(way.alerts).toMatchObject([{ dedupKey: 'made-1' }, { dedupKey: 'made-2' }])
  })

  it.each([
    ['a severity in capitals', { severity: 'CRITICAL' }, { severity: 'critical' }, []],
    ['a severity of another tongue', { severity: 'page' }, { severity: 'critical' }, []],
    ['a severity nobody knows', { severity: 'sky is falling' }, { severity: 'critical' }, ['severity-unknown']],
    ['no severity', { severity: null }, { severity: 'critical' }, ['severity-missing']],
    ['no source', { source: undefined }, { source: 'monitor' }, ['source-missing']],
    ['a source that is no address', { source: 'https://' }, { source: 'monitor' }, ['source-missing']],
    ['a number for a source', { source: 7 }, { source: '7' }, []],
    ['a time that is none', { timestamp: 'yesterday' }, { at: now }, ['time-unreadable']],
    ['a time to come', { timestamp: '2027-01-01T00:00:00Z' }, { at: now }, ['time-ahead']],
    ['a summary without end', { summary: 'x'.repeat(5000) }, { summary: `${'x'.repeat(1023)}…` }, ['summary-cut']],
    [
      'an object for a component',
      { component: { name: 'db' } },
      { source: 'web-1', details: { component: { name: 'db' } } },
      [],
    ],
    ['control characters', { summary: 'a\u0000b\u202ec\ud800d' }, { summary: 'a b c\ufffdd' }, []],
  ])('with %s is mended, and the note is kept', async (_, payload, expected, notes) => {
    expect((await send(withPayload(payload))).status).toBe(202)
    const [alert] = way.alerts as { notes?: { code: string }[] }[]
    expect(alert).toMatchObject(expected)
    expect((alert?.notes ?? []).map(({ code }) => code)).toEqual(notes)
  })

  it.each([
    ['nothing to do', { ...trigger, event_action: '' }, "'event_action' is missing or blank"],
    [
      'something else to do',
      { ...trigger, event_action: 'close' },
      "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')",
    ],
    ['no summary', withPayload({ summary: ' ' }), "'payload.summary' is missing or blank"],
    ['no payload', { ...trigger, payload: null }, "'payload.summary' is missing or blank"],
    ['no key for what is over', { routing_key: KEY, event_action: 'resolve' }, "'dedup_key' is missing or blank"],
  ])('with %s pages nobody', async (_, body, error) => {
    expect(await send(body)).toMatchObject({
      status: 400,
      body: { status: 'invalid event', message: 'Event object is invalid', errors: [error] },
    })
    expect(way.alerts).toEqual([])
  })

  it('that is no JSON is no event', async () => {
    const unrecognized = { status: 'Unrecognized object', message: 'Event object format is unrecognized' }
    expect(await send('{"routing_key":')).toEqual({
      status: 400,
      body: { ...unrecognized, errors: ['JSON parse error'] },
    })
  })

  it.each([
    ['that nobody has', KEY.replace('0', '1'), "'routing_key' is invalid"],
    ['that is too short', KEY.slice(1), "Length of 'routing_key' is incorrect (should be 32 characters)"],
    ['that is missing', undefined, "'routing_key' is missing or blank"],
  ])('with a key %s is refused in the words of PagerDuty', async (_, routing_key, error) => {
    expect(await send({ ...trigger, routing_key })).toMatchObject({ status: 400, body: { errors: [error] } })
    expect(way.alerts).toEqual([])
  })

  it('has its key in every answer', async () => {
    const { dedup_key } = trigger
    const answers = [await send({ ...trigger, routing_key: 'x' }), await send({ ...trigger, event_action: 'x' })]
    way.queueFails = true
    answers.push(await send(trigger))
    way.io.waitOf = () => 7
    answers.push(await send(trigger))
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 429, 429])
    for (const { body } of answers) expect(body).toMatchObject({ dedup_key })
  })

  it('over 512 kB pages without its details, and the sender is told', async () => {
    const reply = await send(withPayload({ custom_details: { dump: 'x'.repeat(600_000) } }))
    expect(reply).toMatchObject({ status: 413, body: { dedup_key: 'web-cpu-high/web-1' } })
    expect(way.alerts).toMatchObject([{ summary: 'web-cpu-high on web-1', notes: [{ code: 'details-dropped' }] }])
  })

  it('while the queue is not reached is answered with the one code that its clients try again after', async () => {
    way.queueFails = true
    expect(await send(trigger)).toMatchObject({ status: 429, headers: { 'retry-after': '10' } })
  })

  it('of a key that sends too much is put off', async () => {
    way.io.waitOf = () => 7
    expect(await send(trigger)).toMatchObject({ status: 429, headers: { 'retry-after': '7' } })
    expect(way.alerts).toEqual([])
  })

  it('whose key is longer than ours can be is known by a digest, and ended by the same', async () => {
    const dedup_key = 'k'.repeat(300)
    await send({ ...trigger, dedup_key })
    await send({ routing_key: KEY, event_action: 'resolve', dedup_key })
    const [first, last] = way.alerts as { dedupKey: string }[]
    expect(first?.dedupKey).toBe(last?.dedupKey)
    expect(first?.dedupKey.length).toBeLessThanOrEqual(255)
  })

  it('shows what is a link, and leaves out what a macro left behind', async () => {
    await send(sample('pd-from-zabbix-trigger'))
    await send(trigger)
    expect((way.alerts as { links?: unknown }[]).map(({ links }) => links)).toEqual([
      undefined,
      [
        { href: 'https://example.com/runbook', text: 'runbook' },
        { href: 'https://example.com/', text: 'graph' },
      ],
    ])
  })
})

it('an event of the Events API v1 is answered with 200 and its incident key', async () => {
  const body = sample('pd-v1-trigger')
  const path = '/generic/2010-04-15/create_event.json'
  expect(await send(body, path)).toEqual({
    status: 200,
    body: { status: 'success', message: 'Event processed', incident_key: 'web-1/http' },
  })
  expect(way.alerts).toMatchObject([{ dedupKey: 'web-1/http', source: 'nagios-bridge', details: { load: 0.75 } }])
})

it.each([
  ['that nobody has', KEY.replace('0', '1'), 'Service key is invalid'],
  ['that is too short', 'x', 'Service key is the wrong length (should be 32 characters)'],
])('an event of the Events API v1 with a key %s is refused in the words of PagerDuty', async (_, service_key, error) => {
  const body = { ...(sample('pd-v1-trigger') as object), service_key }
  expect(await send(body, '/generic/2010-04-15/create_event.json')).toEqual({
    status: 400,
    body: {
      status: 'invalid event',
      message: 'Event object is invalid',
      errors: [error],
      incident_key: 'web-1/http',
    },
  })
})

it('a change event is taken and pages nobody', async () => {
  expect(await send(sample('pd-change'), '/v2/change/enqueue')).toEqual({
    status: 202,
    body: { status: 'success', message: 'Change event processed' },
  })
  expect(way.batches).toEqual([])
})
