import { describe, expect, it } from 'vitest'
import { Rejection } from '../../shared/contracts/rejection.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { incidentOfNumber, listIncidents } from '../../shared/store/incidents.ts'
import { says } from '../facts.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

const alert = { action: 'trigger', dedupKey: 'web', project: 'pay', summary: 'web is down' }
const alerts = (...all: unknown[]) => ({ v: 1, kind: 'alerts', alerts: all })

describe('alerts', () => {
  it('open an incident, whose first page is queued at once', async () => {
    const world = new PathWorld()
    await world.evaluate(
      alerts({ ...alert, severity: 'error', title: '收银台', runbook: 'https://wiki/x', at: at('02:12') }),
    )

    expect(world.incident()).toMatchObject({
      number: 1001,
      projectTitle: '支付',
      title: '收银台',
      severity: 'error',
      openedAt: at('02:12'),
      runbook: 'https://wiki/x',
    })
    expect(world.queue).toEqual([{ at: world.now, message: { v: 1, kind: 'step', incident: 'pay#1#web', step: 1 } }])
    expect((await incidentOfNumber(1001, world.io()))?.groupKey).toBe('web')
    expect(world.left).toEqual([])
  })

  it('without a severity are critical, and without a time happened when the queue took them', async () => {
    const world = new PathWorld()
    await world.evaluate(alerts(alert), at('02:10'))

    expect(world.incident()).toMatchObject({ severity: 'critical', openedAt: at('02:10'), source: 'unknown' })
  })

  it('from a clock that is ahead do not make the next one look late', async () => {
    const world = new PathWorld()
    await world.evaluate(alerts({ ...alert, at: at('05:00') }))
    world.now = at('02:20')
    await world.evaluate(alerts({ ...alert, action: 'resolve', at: at('02:20') }))

    expect(world.incident().status).toBe('resolved')
  })

  it('that end something need not say what was wrong', async () => {
    const world = new PathWorld()
    const { summary: _, ...silent } = alert
    await world.evaluate(alerts(alert))
    await world.evaluate(alerts({ ...silent, action: 'acknowledge' }), world.now + 1)
    expect(world.incident()).toMatchObject({ status: 'acknowledged', summary: 'web is down' })
    await world.evaluate(alerts({ ...silent, summary: '', action: 'resolve' }), world.now + 2)
    expect(world.incident()).toMatchObject({ status: 'resolved', summary: 'web is down' })
  })

  it('from outside bring no fact: what is told of Fenghuo and of checks is ours to say', async () => {
    const world = new PathWorld()
    const fact = { code: 'vantage-agrees', args: { vantage: 'aws/ap-southeast-1' } }
    await world.evaluate(alerts({ ...alert, fact })).catch(() => {})
    await world.evaluate(alerts({ ...alert, dedupKey: 'db' }))

    expect(await listIncidents('open', 10, world.io())).not.toContainEqual(
      expect.objectContaining({ fact: expect.anything() }),
    )
  })

  it('that come again change nothing', async () => {
    const world = new PathWorld()
    const body = alerts({ ...alert, at: world.now })
    await world.evaluate(body)
    const before = world.incidents.rows.get('incident#pay#web\nstate')
    world.queue.length = 0
    await world.evaluate(body)

    expect(world.incidents.rows.get('incident#pay#web\nstate')).toEqual(before)
    expect(world.queue).toEqual([])
    expect(await incidentOfNumber(1002, world.io())).toBeUndefined()
  })

  it('of one thing are taken in their order, those of others beside them', async () => {
    const world = new PathWorld()
    await world.evaluate(alerts(alert, { ...alert, dedupKey: 'db' }, { ...alert, action: 'resolve' }, alert))

    expect(world.incident()).toMatchObject({ generation: 2, status: 'open' })
    expect(world.incident('pay', 'db')).toMatchObject({ generation: 1, status: 'open' })
    expect(await listIncidents('open', 10, world.io())).toHaveLength(2)
  })

  it('of which one meets trouble are all tried, and the message comes again for that one', async () => {
    const world = new PathWorld()
    const put = world.incidents.putIfVersion.bind(world.incidents)
    world.incidents.putIfVersion = async (row, expected) => {
      if (row.pk.endsWith('#web')) throw new Error('ItemCollectionSizeLimitExceededException')
      return put(row, expected)
    }
    const many = Array.from({ length: 40 }, (_, index) => ({ ...alert, dedupKey: `check-${index}` }))

    await expect(world.evaluate(alerts(alert, ...many))).rejects.toThrow('ItemCollection')
    expect(await listIncidents('open', 100, world.io())).toHaveLength(40)
  })

  it('of a project that nobody has configured are kept under its own name', async () => {
    const world = new PathWorld()
    await world.evaluate(alerts({ ...alert, project: 'unheard-of' }, { ...alert, project: 'constructor' }))

    expect(world.incident('unheard-of').projectTitle).toBe('unheard-of')
    expect(world.incident('constructor').projectTitle).toBe('constructor')
  })

  it('of the largest size that is accepted fit an item, however many people are told', async () => {
    const world = new PathWorld()
    const people = Array.from({ length: 10 }, (_, index) => `p${index}`)
    world.directory = {
      contacts: Object.fromEntries(
        people.map((name, index) => [name, { name, phone: `+861380000001${index}`, email: `${name}@example.com` }]),
      ),
      schedules: {},
      overrides: [],
    }
    world.config.policies = {
      default: {
        layers: [{ page: people, calls: 1, ackTimeoutMs: 60_000 }],
        rounds: 1,
        repeatEveryMs: 1_800_000,
        acknowledgeOn: 'key',
        channels: { critical: ['sms', 'email'], error: [], warning: [], info: [] },
      },
    }
    let largest = 0
    const put = world.incidents.putIfVersion.bind(world.incidents)
    world.incidents.putIfVersion = async (row, expected) => {
      largest = Math.max(largest, Buffer.byteLength(JSON.stringify(row)))
      return put(row, expected)
    }
    await world.evaluate(
      alerts({
        ...alert,
        summary: '断'.repeat(1024),
        details: { large: '断'.repeat(200_000), small: 'kept' },
        labels: Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`label-${index}`, 'x'.repeat(256)])),
        links: Array.from({ length: 20 }, (_, index) => ({ href: `https://a.example/${index}/${'x'.repeat(2_000)}` })),
        sightings: Array.from({ length: 100 }, (_, index) => ({
          vantage: `node/${index}`,
          verdict: 'down',
          fault: says('断'.repeat(200)),
        })),
      }),
    )
    await world.until('02:20')

    expect(world.incident().escalation.phase).toBe('exhausted')
    expect(world.incident().sightings).toHaveLength(100)
    expect(world.incident().details).toEqual({ small: 'kept' })
    expect(largest).toBeLessThan(400_000)
  })
})

describe('the seed’s short form', () => {
  it('calls once while nobody has taken it, and again for the next message after an acknowledgement', async () => {
    const world = new PathWorld()
    await world.evaluate({ projectName: 'pay' })
    await world.evaluate({ projectName: 'pay' })
    const [first, ...others] = await listIncidents('open', 10, world.io())
    expect(others).toEqual([])
    expect(first).toMatchObject({ project: 'pay', generation: 1, title: '支付' })

    const of = { project: 'pay', groupKey: first?.groupKey ?? '' }
    await dispatchToIncident(of, { event: { type: 'acknowledge', generation: 1, via: 'cli' } }, world.io())
    world.now += 60_000
    await world.evaluate({ projectName: 'pay' })
    const [again] = await listIncidents('open', 10, world.io())
    expect(again).toMatchObject({ generation: 2, status: 'open' })
  })

  it('is a critical trigger of its project', async () => {
    const world = new PathWorld()
    await world.evaluate({ projectName: 'pay', eventName: 'EMR cluster failed', cluster: 'j-1' })
    const [incident] = await listIncidents('open', 10, world.io())

    expect(incident).toMatchObject({
      project: 'pay',
      severity: 'critical',
      summary: 'EMR cluster failed',
      source: 'seed',
      details: { eventName: 'EMR cluster failed', cluster: 'j-1' },
    })
  })

  it('of nothing but a name is enough', async () => {
    const world = new PathWorld()
    await world.evaluate({ projectName: 'pay', message: '' })

    expect((await listIncidents('open', 10, world.io()))[0]?.summary).toBe('pay')
  })

  it('that says the same is the same incident, and another text another one', async () => {
    const world = new PathWorld()
    for (const message of ['disk full', 'disk full', 'disk gone']) await world.evaluate({ projectName: 'pay', message })

    expect(await listIncidents('open', 10, world.io())).toHaveLength(2)
  })
})

describe('what no schema accepts', () => {
  it.each([
    { body: 'text', names: 'not-an-event: message: invalid_type' },
    { body: null, names: 'not-an-event' },
    { body: {}, names: 'kind' },
    { body: alerts(), names: 'alerts' },
    { body: alerts({ ...alert, action: 'shout' }), names: 'alerts.0.action: invalid_value' },
    { body: alerts({ ...alert, project: 'a#b' }), names: 'no-alert-readable: alerts.0.project: invalid_format' },
    { body: alerts(7, null, []), names: 'alerts.1: invalid_type' },
    { body: alerts({ ...alert, action: 'resolve', dedupKey: '' }), names: 'alerts.0.dedupKey: too_small' },
    { body: { projectName: '' }, names: 'not-an-event' },
    { body: { projectName: 'a#b' }, names: 'not-an-event' },
    { body: { v: 1, kind: 'report', vantage: 'aws/x' }, names: 'runner' },
    { body: { v: 1, kind: 'report', projectName: 'pay' }, names: 'not-a-report: vantage: invalid_type' },
    { body: { v: 2, kind: 'alerts', alerts: [alert] }, names: 'v:' },
  ])('is rejected by name: $names', async ({ body, names }) => {
    const world = new PathWorld()

    await expect(world.evaluate(body)).rejects.toThrow(Rejection)
    await expect(world.evaluate(body)).rejects.toThrow(names)
    expect(world.incidents.rows.size + world.checks.rows.size).toBe(0)
  })
})
