import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { KEY, request, sample, sampleText, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const send = (format: string, body: unknown, headers: Record<string, string> = {}) =>
  way.take(request(`/${format}/${KEY}`, body, { headers }))
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }
const merged = (name: string, fields: object) => ({ ...(sample(name) as object), ...fields })
const actions = () => (way.alerts as { action: string }[]).map(({ action }) => action)

describe('while the queue is not reached', () => {
  it.each([
    ['nightingale', 'nightingale-callback', 429],
    ['tencent', 'tencent-monitor-callback-metric', 503],
    ['aliyun', 'alibaba-cms-callback-fields', 503],
    ['zabbix', 'zabbix-problem', 503],
    ['uptime-kuma', 'uptime-kuma-down', 503],
    ['datadog', 'datadog-custom', 503],
    ['sentry', 'sentry-event-alert', 503],
    ['events', 'generic-alert', 503],
  ])('%s is told what it tries again after', async (format, name, status) => {
    way.queueFails = true
    expect(await send(format, sample(name))).toMatchObject({ status, headers: { 'retry-after': '10' } })
  })
})

// Their senders take a 4xx for delivered: what can still page does.
describe('what lacks a field that it should have', () => {
  const without = (name: string, ...fields: string[]) => {
    const body = sample(name)
    const one = { ...(Array.isArray(body) ? body[0] : body) } as Record<string, unknown>
    for (const field of fields) delete one[field]
    return one
  }
  it.each<[string, string, unknown, object]>([
    ['a hash', 'nightingale', without('nightingale-callback', 'hash'), { dedupKey: 'made-1' }],
    ['an event’s id', 'zabbix', without('zabbix-problem', 'event_id'), { dedupKey: 'made-1' }],
    [
      'its status',
      'tencent',
      without('tencent-monitor-callback-metric', 'alarmStatus'),
      { summary: expect.stringContaining('CPU') },
    ],
    ['its state', 'aliyun', without('alibaba-cms-callback-fields', 'alertState'), { severity: 'warning' }],
    ['words', 'datadog', without('datadog-custom', 'title', 'text'), { dedupKey: 'dd/5412345678' }],
    ['an action', 'sentry', without('sentry-event-alert', 'action'), { severity: 'error' }],
    [
      'a source, by an input transformer',
      'aws',
      { message: 'disk full', of: 'db' },
      { summary: 'disk full', details: { of: 'db' } },
    ],
  ])('such as %s pages all the same', async (_, format, body, expected) => {
    expect((await send(format, body)).status).toBeLessThan(300)
    expect(way.alerts).toMatchObject([{ action: 'trigger', ...expected }])
  })

  it.each(['nightingale', 'events'])('does not cost the others of a list: %s', async (format) => {
    const firing = { title: 'x', rule_name: 'x' }
    expect((await send(format, [null, firing, 'x'])).status).toBeLessThan(300)
    expect(way.alerts).toMatchObject([
      { action: 'trigger', notes: [{ code: 'alerts-unreadable', args: { count: 2, first: 'alerts.0' } }] },
    ])
  })
})

describe('Nightingale', () => {
  it.each([{}, [{}, { severity: 1 }]])('does not page for nothing: %j', async (body) => {
    expect(await send('nightingale', body)).toMatchObject({ status: 400 })
    expect(way.alerts).toEqual([])
  })

  it('sends one event or several, which the same hash begins and ends', async () => {
    expect((await send('nightingale', sample('nightingale-callback'))).status).toBe(200)
    expect((await send('nightingale', sample('nightingale-webhook-recovered'))).status).toBe(200)
    expect(way.alerts).toMatchObject([
      { action: 'trigger', dedupKey: 'n9e/d41f0b7e0c6b4b2e9f2fb6d7e31cbb55', severity: 'critical' },
      { action: 'resolve', dedupKey: 'n9e/d41f0b7e0c6b4b2e9f2fb6d7e31cbb55' },
    ])
  })
})

describe('Tencent Cloud', () => {
  it('gets its session back, and ends an alarm of another session', async () => {
    const name = 'tencent-monitor-callback-metric-recovered'
    await send('tencent', merged(name, { alarmStatus: 1, sessionId: 'another', recoverTime: '0' }))
    const reply = await send('tencent', sample(name))
    expect(reply).toMatchObject({ status: 200, body: { sessionId: 'GM9LWZPzIQEx62OzrpixQ056', retCode: 0 } })
    const [begun, over] = way.alerts as { dedupKey: string }[]
    expect([actions(), begun?.dedupKey === over?.dedupKey]).toEqual([['trigger', 'resolve'], true])
  })

  it.each([
    ['x_Serious', 'critical'],
    ['x_Warn', 'error'],
    ['x_Remind', 'warning'],
    ['x', 'critical'],
  ])('with the alert id %s is %s', async (alertId, severity) => {
    await send('tencent', merged('tencent-monitor-callback-metric-graded', { alertId }))
    expect(way.alerts).toMatchObject([{ severity, at: Date.parse('2026-11-28T10:14:00+08:00') }])
  })
})

describe('Alibaba Cloud', () => {
  it.each([
    ['alibaba-cms-callback-body.txt', 'trigger', 'cms/applyTemplate_1234/instanceId=i-12****', 'warning'],
    [
      'alibaba-cms-callback-nulls.txt',
      'trigger',
      'cms/alarmRule_uuid_bf585f09/apiStageName=RELEASE,apiUid=c6fa0ad7,region=cn-shenzhen',
      'info',
    ],
    [
      'alibaba-cms-callback-ok.txt',
      'resolve',
      'cms/alarmRule_uuid_bf585f09/apiStageName=RELEASE,apiUid=c6fa0ad7,region=cn-shenzhen',
      'critical',
    ],
  ])('sends the form %s', async (name, action, dedupKey, severity) => {
    expect((await send('aliyun', sampleText(name), form)).status).toBe(200)
    expect(way.alerts).toMatchObject([{ action, dedupKey, severity }])
    expect(JSON.stringify(way.alerts)).not.toContain('null')
  })

  it('ends a system event by what it ends with', async () => {
    const body = sample('alibaba-cms-event.unconfirmed')
    await send('aliyun', body)
    await send('aliyun', { ...(body as object), name: 'Instance:InstanceFailure.Reboot:Executed', status: 'Executed' })
    const [begun, over] = way.alerts as { dedupKey: string }[]
    expect([actions(), begun?.dedupKey === over?.dedupKey]).toEqual([['trigger', 'resolve'], true])
  })

  it.each<[string, object, object]>([
    ['is scheduled', { name: 'Instance:SystemMaintenance.Reboot:Scheduled', status: 'Scheduled', level: 'WARN' }, {}],
    ['is critical', { name: 'Instance:Oops', status: '', level: 'CRITICAL' }, { severity: 'critical' }],
    ['has happened', { name: 'Instance:StateChange', status: 'Changed', level: 'INFO' }, { once: true }],
  ])('of a system event that %s', async (_, fields, expected) => {
    await send('aliyun', merged('alibaba-cms-event.unconfirmed', fields))
    expect(way.alerts).toMatchObject([{ action: 'trigger', at: Date.parse('2026-11-28T02:14:00Z'), ...expected }])
    expect((way.alerts as { once?: boolean }[])[0]?.once ?? false).toBe('once' in expected)
  })

  it('closes what was scheduled when it is avoided', async () => {
    const fields = (word: string) => ({
      name: `Instance:SystemMaintenance.Reboot:${word}`,
      status: word,
      level: 'WARN',
    })
    for (const word of ['Scheduled', 'Avoided'])
      await send('aliyun', merged('alibaba-cms-event.unconfirmed', fields(word)))
    expect(actions()).toEqual(['trigger', 'resolve'])
    expect(new Set((way.alerts as { dedupKey: string }[]).map(({ dedupKey }) => dedupKey)).size).toBe(1)
  })

  it('is known by what ARMS makes of `$alertmanager_content`, as at the address of Alertmanager', async () => {
    const body = sample('alibaba-arms-alertmanager-content')
    expect((await send('aliyun', body)).status).toBe(200)
    await send('alertmanager', body)
    const [here, there] = way.alerts
    expect(here).toEqual(there)
    expect(here).toMatchObject({ action: 'trigger', dedupKey: 'am/bec72890cc2c7b4a027e008df0cd1013' })
    expect(await send('aliyun', { alerts: ['nothing'] })).toMatchObject({ status: 400 })
  })
})

describe('Zabbix', () => {
  it.each<[string, object, string[]]>([
    ['a problem', {}, ['trigger']],
    ['its end', { event_value: '0' }, ['resolve']],
    ['an acknowledgement', { event_update: '1', event_ack: 'Yes' }, ['acknowledge']],
    ['a comment', { event_update: '1', event_ack: 'No' }, []],
  ])('tells of %s', async (_, fields, expected) => {
    expect((await send('zabbix', merged('zabbix-problem', fields))).status).toBe(200)
    expect(actions()).toEqual(expected)
  })

  it('leaves out what a macro left behind', async () => {
    const macros = { host_name: '*UNKNOWN*', zabbix_url: '{$ZABBIX.URL}', event_tags: '{EVENT.TAGSJSON}' }
    await send('zabbix', merged('zabbix-problem', macros))
    expect(way.alerts).toMatchObject([{ source: '10.0.0.7' }])
    expect(JSON.stringify(way.alerts)).not.toMatch(/UNKNOWN|\{\$|\{EVENT/)
    const nothing = { event_id: '{EVENT.ID}', event_name: '{EVENT.NAME}' }
    expect((await send('zabbix', merged('zabbix-problem', nothing))).status).toBe(400)
  })
})

describe('Uptime Kuma', () => {
  it.each([
    [0, ['trigger']],
    [1, ['resolve']],
    [2, []],
    [3, []],
  ])('with the status %d', async (status, expected) => {
    const { heartbeat } = sample('uptime-kuma-down') as { heartbeat: object }
    await send('uptime-kuma', merged('uptime-kuma-down', { heartbeat: { ...heartbeat, status } }))
    expect(actions()).toEqual(expected)
  })

  it('sends a form with a field that holds all', async () => {
    const [head = '', ...rest] = sampleText('uptime-kuma-formdata.http.txt').split(/\r?\n\r?\n/)
    const type = /Content-Type: (.*)/.exec(head)?.[1]?.trim() ?? ''
    const body = rest.join('\r\n\r\n').replace(/\r?\n/g, '\r\n')
    expect((await send('uptime-kuma', body, { 'content-type': type })).status).toBe(200)
    expect(way.alerts).toMatchObject([{ dedupKey: 'kuma/7', action: 'trigger' }])
    const cutOff = body.slice(0, -40)
    expect((await send('uptime-kuma', cutOff, { 'content-type': type })).status).toBe(400)
  })

  it('asks by GET, with JSON in its query', async () => {
    const { heartbeat, monitor, msg } = sample('uptime-kuma-up') as Record<string, unknown>
    const query = new URLSearchParams({
      msg: String(msg),
      heartbeat: JSON.stringify(heartbeat),
      monitor: JSON.stringify(monitor),
    })
    const one = request(`/uptime-kuma/${KEY}?${query}`, '', { method: 'GET' })
    expect((await way.take(one)).status).toBe(200)
    expect(way.alerts).toMatchObject([{ action: 'resolve', dedupKey: 'kuma/7' }])
  })
})

describe('Datadog', () => {
  it.each([
    ['Triggered', 'trigger'],
    ['Re-Triggered', 'trigger'],
    ['No Data', 'trigger'],
    ['Recovered', 'resolve'],
    ['Recovered from No Data', 'resolve'],
  ])('with the transition %s', async (transition, action) => {
    await send('datadog', merged('datadog-custom', { transition }))
    expect(way.alerts).toMatchObject([{ action, dedupKey: 'dd/5412345678' }])
  })

  it('with its default payload is known by its title, and so is the end', async () => {
    await send('datadog', sample('datadog-default'))
    await send('datadog', merged('datadog-default', { title: '[Recovered on {host:web-1}] CPU is high' }))
    const [begun, over] = way.alerts as { dedupKey: string }[]
    expect([actions(), begun?.dedupKey === over?.dedupKey]).toEqual([['trigger', 'resolve'], true])
  })

  it('leaves out variables that it does not know', async () => {
    await send('datadog', merged('datadog-custom', { cycle_key: '$ALERT_CYCLE_KEY', hostname: '$HOSTNAME' }))
    expect(way.alerts).toMatchObject([{ dedupKey: 'dd/9bd4ac313a4d1e8fae2482df7b77628', source: 'host:web-1' }])
  })
})

describe('Sentry', () => {
  const vector = JSON.parse(sampleText('sentry-signature.selfcomputed.json'))

  it.each([
    ['right', vector.headers['sentry-hook-signature'], 200],
    ['wrong', 'ab'.repeat(32), 401],
    ['missing', '', 401],
  ])('with a signature that is %s', async (_, signature, status) => {
    way.options.sentry = { secret: vector.secret }
    expect((await send('sentry', vector.body, { 'sentry-hook-signature': signature })).status).toBe(status)
  })

  it('is not let in by the name of a secret that has no value', async () => {
    way.options.sentry = { secret: '${SENTRY_SECRET}' }
    const signature = createHmac('sha256', '${SENTRY_SECRET}').update(vector.body).digest('hex')
    expect((await send('sentry', vector.body, { 'sentry-hook-signature': signature })).status).toBe(503)
    expect(way.alerts).toEqual([])
    expect(way.logged).toMatchObject([{ event: 'secret has no value', missing: 'SENTRY_SECRET' }])
  })

  it('by its older plugin tells of the same issue', async () => {
    const event = { event_id: 'e', title: 'TypeError: x', tags: [['server_name', 'web-1']] }
    const body = {
      id: '1170820242',
      project: 'shop',
      level: 'fatal',
      culprit: 'pay',
      url: 'https://sentry.example.com/1',
      event,
    }
    expect((await send('sentry', body)).status).toBe(200)
    await send('sentry', merged('sentry-issue-resolved', { action: 'resolved' }))
    expect(way.alerts[0]).toMatchObject({ severity: 'critical', source: 'web-1', summary: 'TypeError: x' })
    expect(way.alerts).toMatchObject(
      ['trigger', 'resolve'].map((action) => ({ action, dedupKey: 'sentry/issue/1170820242' })),
    )
  })

  it.each([
    ['resolved', ['resolve']],
    ['archived', ['resolve']],
    ['unresolved', ['trigger']],
    ['created', []],
    ['assigned', []],
  ])('says that an issue was %s', async (action, expected) => {
    expect((await send('sentry', merged('sentry-issue-resolved', { action }))).status).toBe(200)
    expect(actions()).toEqual(expected)
  })
})
