import { describe, expect, it } from 'vitest'
import { alert as schema } from '../../shared/contracts/alert.ts'
import { listIncidents, readTimeline } from '../../shared/store/incidents.ts'
import { someCheck } from '../checks/records.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

const alert = { action: 'trigger', dedupKey: 'web', project: 'pay', summary: 'web is down' }
const alerts = (...all: unknown[]) => ({ v: 1, kind: 'alerts', alerts: all })

/** A value inside so many others. */
function nested(depth: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)
}

/** The fields of its alert of which an incident's history says that nobody could read them. */
async function unusable(world: PathWorld): Promise<string[]> {
  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  return lines.flatMap((line) =>
    line.kind === 'mended' ? line.notes.flatMap(({ args }) => args.fields as string[]) : [],
  )
}

describe('an alert that pages although', () => {
  it.each([
    { its: 'runbook is no address', wrong: { runbook: 'see wiki' }, names: ['runbook'] },
    { its: 'sender knows another field', wrong: { colour: 'red' }, names: ['colour'] },
    {
      its: 'links are partly bad',
      wrong: { links: [{ href: 'javascript:alert(1)' }, { href: 'https://wiki/x' }] },
      names: ['links.0'],
      kept: { links: [{ href: 'https://wiki/x' }] },
    },
    { its: 'links are none', wrong: { links: 'https://wiki/x' }, names: ['links'] },
    {
      its: 'link has another field',
      wrong: { links: [{ href: 'https://wiki/x', rel: 'self' }] },
      names: ['links.0.rel'],
      kept: { links: [{ href: 'https://wiki/x' }] },
    },
    { its: 'link can’t be made an address', wrong: { links: [{ href: 'https://[::1' }] }, names: ['links.0'] },
    {
      its: 'labels are partly numbers',
      wrong: { labels: { team: 'pay', shard: 7 } },
      names: ['labels.shard'],
      kept: { labels: { team: 'pay' } },
    },
    {
      its: 'severity is unheard of',
      wrong: { severity: 'fatal' },
      names: ['severity'],
      kept: { severity: 'critical' },
    },
    { its: 'times are none', wrong: { at: 'yesterday', since: -5 }, names: ['at', 'since'] },
    {
      its: 'times are texts of ISO 8601',
      wrong: { at: '2026-11-22T02:13:00+08:00', since: '2026-11-21T18:00:00Z' },
      names: [],
      kept: { openedAt: Date.UTC(2026, 10, 21, 18) },
    },
    {
      its: 'summary has a book in it',
      wrong: { summary: 'x'.repeat(2_000) },
      names: ['summary'],
      kept: { summary: 'x'.repeat(1_024) },
    },
    { its: 'summary is missing', wrong: { summary: null }, names: ['summary'], kept: { summary: 'web' } },
    {
      its: 'summary is empty, but a title is there',
      wrong: { summary: ' ', title: '收银台' },
      names: ['summary'],
      kept: { summary: '收银台' },
    },
    {
      its: 'text has half a character',
      wrong: { summary: 'web \ud83d is down', title: '\udd25', labels: { a: '\ud800' } },
      names: [],
      kept: { summary: 'web \ufffd is down', title: '\ufffd', labels: { a: '\ufffd' } },
    },
    { its: 'details go 5,000 levels deep', wrong: { details: { deep: nested(5_000) } }, names: ['details.deep'] },
    { its: 'details are a text', wrong: { details: 'disk full' }, names: ['details'] },
    { its: 'fields are null, as many senders have it', wrong: { runbook: null, links: null, at: null }, names: [] },
  ])('its $its', async ({ wrong, names, kept = {} }) => {
    const world = new PathWorld()
    expect(await world.evaluate(alerts({ ...alert, ...wrong }))).toEqual([])
    expect(world.incident()).toMatchObject({ status: 'open', ...kept })
    expect((await unusable(world)).sort()).toEqual(names.toSorted())
    await world.until('02:14')
    expect(world.texts).toContain('ops opened')
  })

  it('its key is missing: equal ones are one', async () => {
    const world = new PathWorld()
    const { dedupKey: _, ...keyless } = alert
    await world.evaluate(alerts(keyless, keyless, { ...keyless, summary: 'db is down' }))

    expect([...world.incidents.rows.keys()].filter((key) => key.startsWith('incident#pay#unkeyed:'))).toHaveLength(2)
  })

  it('its key is missing, and all that says what is wrong: its project names it', async () => {
    const world = new PathWorld()
    await world.evaluate(alerts({ action: 'trigger', project: 'pay' }))

    const opened = (await listIncidents('open', 10, world.io())).map(({ summary }) => summary)
    expect(opened).toEqual(['pay'])
  })

  it('its key is too long: what ends it has the same', async () => {
    const world = new PathWorld()
    const dedupKey = 'k'.repeat(300)
    await world.evaluate(alerts({ ...alert, dedupKey }))
    await world.evaluate(alerts({ ...alert, dedupKey, action: 'resolve' }), world.now + 1)

    const rows = [...world.incidents.rows.values()].filter(({ pk }) => pk.startsWith('incident#pay#kkk'))
    expect(rows.map(({ listed }) => listed)).toEqual(['resolved'])
  })
})

it('an alert that can’t page is refused alone; those around it are taken', async () => {
  const world = new PathWorld()
  const bad = { ...alert, project: 'a#b' }

  expect(await world.evaluate(alerts(alert, bad, { ...alert, dedupKey: 'db' }))).toEqual([
    { body: alerts(bad), reason: { code: 'alerts-left-out', args: { places: ['alerts.1.project: invalid_format'] } } },
  ])
  expect(world.incident().status).toBe('open')
  expect(world.incident('pay', 'db').status).toBe('open')
})

it('what is read of nonsense is always an alert', async () => {
  const junk = [null, 7, '', 'x'.repeat(3_000), '\ud800', [], {}, [null], { a: null }, [[7]], nested(40), -1, true]
  for (const key of Object.keys(schema.shape))
    for (const value of junk) {
      const world = new PathWorld()
      const body = alerts({ ...alert, severity: 'warning', [key]: value }, { ...alert, dedupKey: 'other' })
      await world.evaluate(body)
      expect(world.incident('pay', 'other').status).toBe('open')
    }
})

describe('a report', () => {
  const runner = {
    function: 'probe',
    run: '1',
    version: '1',
    startedAt: at('02:13'),
    finishedAt: at('02:13'),
    coldStart: false,
  }
  const seen = (name: string, changes: object = {}) => ({
    check: `pay/${name}`,
    project: 'pay',
    at: at('02:13'),
    outcome: 'up',
    ...changes,
  })
  const report = (...observations: unknown[]) => ({
    v: 1,
    kind: 'report',
    vantage: 'aws/sg',
    runner: { ...runner, host: 'new here' },
    observations,
  })
  const watching = () =>
    new PathWorld({ checks: ['web', 'db'].map((name) => someCheck({ name, id: `pay/${name}`, from: ['aws/sg'] })) })
  const known = (world: PathWorld) => JSON.parse(world.checks.rows.get('vantage#aws/sg\nprobe')?.state ?? '{}')

  it('is heard although some of it is new to this function', async () => {
    const world = watching()
    const fault = { code: 'http-status', args: { status: 502, because: nested(40) } }
    const body = report(seen('web', { jitterMs: 3, outcome: 'down', fault }), seen('db', { latencyMs: -1 }))

    expect(await world.evaluate(body)).toEqual([])
    expect(known(world).records).not.toBe('')
    expect(world.logged).toContainEqual(expect.objectContaining({ event: 'report read in part', vantage: 'aws/sg' }))
  })

  it('loses only what says nothing', async () => {
    const world = watching()
    const bad = seen('db', { outcome: 'perhaps' })
    const refused = await world.evaluate(
      report(seen('web', { outcome: 'down', fault: { code: 'timeout', args: {} } }), bad),
    )

    expect(refused).toEqual([
      expect.objectContaining({
        reason: {
          code: 'observations-left-out',
          args: { places: [expect.stringMatching(/^observations\.\d\.outcome: /)] },
        },
      }),
    ])
    expect(refused[0]?.body).toMatchObject({ kind: 'report', vantage: 'aws/sg', observations: [bad] })
    expect(Object.keys(known(world).faults)).toEqual(['pay/web'])
  })
})

it('a report of what nobody checks, or of no vantage, is counted and not kept', async () => {
  const world = new PathWorld({ checks: [someCheck({ name: 'web', id: 'pay/web', from: ['aws/sg'] })] })
  const report = (vantage: string, check: string) => ({
    v: 1,
    kind: 'report',
    vantage,
    runner: {
      function: 'probe',
      run: `${vantage} ${check}`,
      version: '1',
      startedAt: world.now,
      finishedAt: world.now,
      coldStart: false,
    },
    observations: [{ check, project: 'pay', at: world.now, outcome: 'down' }],
  })
  await world.evaluate(report('aws/nowhere', 'pay/web'))
  expect(world.checks.rows.size).toBe(0)
  await world.evaluate(report('aws/sg', 'pay/unheard-of'))

  expect(JSON.parse(world.checks.rows.get('vantage#aws/sg\nprobe')?.state ?? '{}').records).toBe('')
  expect(world.logged.filter(({ event }) => event === 'observations of no check')).toHaveLength(2)
})
