import { describe, expect, it, vi } from 'vitest'
import { HOUR_MS } from '../../shared/contracts/milliseconds.ts'
import { orderedChecks } from '../../shared/engine/console/view-checks.ts'
import { hourOf } from '../../shared/evaluation/history.ts'
import { checkKey } from '../../shared/evaluation/record.ts'
import { hourShape } from '../../shared/store/history-shapes.ts'
import { hourKey } from '../../shared/store/keys.ts'
import { held } from '../../shared/store/shape.ts'
import { checksFrom } from '../engine/probes.ts'
import { Visitor } from './console-visitor.ts'
import { past, places, watching as world } from './past-hours.ts'

const [sg = '', gz = ''] = places
describe('the list of checks', () => {
  it('has the worst first, a strip of each vantage, and for how long each was up', async () => {
    const of = world(checksFrom(['web', 'db'], places))
    await past(of, 48, (hour) => hour === 30)
    await of.minutes(3, Object.fromEntries(places.map((one) => [one, 'ud'])))
    const { status, text } = await new Visitor(of).get('/checks')

    expect(status).toBe(200)
    expect(text).toMatch(/2 checks.*1 down, 1 OK.*pay \/ db|支付 \/ db/s)
    expect(text.indexOf('/ db')).toBeLessThan(text.indexOf('/ web'))
    expect(text.match(/<svg/g)).toHaveLength(6)
    const uptime = text.slice(text.indexOf('/ web')).match(/\d+\.?\d*%/g)
    expect(uptime?.slice(-4)).toEqual(['100%', '97.91%', '97.91%', '97.91%'])
  })

  it('says over how many of the days and hours it knows how available something was', async () => {
    const of = world(checksFrom(['web'], [sg]), [sg])
    await past(of, 30)
    await of.minutes(1, { [sg]: 'u' })
    const all = (await new Visitor(of).get('/checks')).text
    expect(all.match(/<dd class="quiet">[^<]*/g)).toEqual(
      Array.from({ length: 3 }, () => '<dd class="quiet">in 2 days'),
    )
    expect(all).toContain('<p class="quiet">Known since 2026-11-20.</p>')
    const young = world(checksFrom(['web'], [sg]), [sg])
    await past(young, 5)
    await young.minutes(1, { [sg]: 'u' })
    const page = (await new Visitor(young).get('/checks/pay/web')).text
    expect(page).toMatch(/24 h<\/dt><dd class="saw">100%<\/dd><dd class="quiet">in 6 h/)
  })

  it('of thousands is paged, and a page reads of no others than its own', async () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `check-${index}`)
    const of = world(checksFrom(names, [sg]), [sg])
    await past(of, 2)
    const { text } = await new Visitor(of).get('/checks?page=67')

    expect(text).toContain('67 / 67')
    expect(text.match(/<article/g)).toHaveLength(20)
    expect((await new Visitor(of).get('/checks?page=99999')).text).toContain('67 / 67')
    expect((await new Visitor(of).get('/checks?page=-1')).text).toContain('1 / 67')
  })

  it('says what to do where there is none, and knows nothing of what nobody has seen', async () => {
    expect((await new Visitor(world([])).get('/checks')).text).toContain('No checks: write below projects')
    const [unseen] = await orderedChecks({ checks: checksFrom(['web'], [sg]) }, world([]).io())
    expect(unseen).toMatchObject({ verdict: 'unknown' })
    expect((await new Visitor(world(checksFrom(['web'], [sg]))).get('/checks')).text).not.toContain('uptime')
  })
})

describe('the page of a check', () => {
  it('has its phases from each vantage, and links to its incidents', async () => {
    const of = world(checksFrom(['web'], places))
    await past(of, 30)
    await of.minutes(6, Object.fromEntries(places.map((one) => [one, 'd'])))
    const { text } = await new Visitor(of).get('/checks/pay/web?span=day')

    expect(text).toMatch(/DOWN.*Seen now.*AWS Singapore.*Latency from each vantage/s)
    expect(text).toMatch(/first byte.*100ms \/ 100ms/s)
    expect(text.match(/class="chart"/g)).toHaveLength(3)
    expect(text).toContain('href="/incidents/1001"')
    expect(text).toContain('class="trouble"')
    expect(text).toContain('class="band"')
  })

  it('hatches maintenance by the minute, as it was when it was seen, and has a word for it', async () => {
    const of = world(checksFrom(['web'], [sg]), [sg])
    const night = (during: string) => ({
      night: {
        match: [[{ name: 'check', is: '=' as const, value: 'web' }]],
        when: { during: [during] },
        timezone: 'UTC',
      },
    })
    // The last hour of the past is 17:00, by UTC.
    of.config.maintenance = night('16:20-16:50')
    await past(of, 30)
    of.config.maintenance = night('10:00-12:00')
    await of.minutes(1, { [sg]: 'u' })
    const { text } = await new Visitor(of).get('/checks/pay/web?span=day')
    const hatched = (page: string) =>
      page.match(/<rect class="hatch" fill="url\(#hatch\)" x="[\d.]+" y="0" width="[\d.]+"/g)
    const hourWidth = 720 / (23 + 1 / 60)

    expect(hatched(text)).toHaveLength(1)
    const [x = 0, width = 0] =
      hatched(text)?.[0]
        ?.match(/[\d.]+(?=")/g)
        ?.map(Number)
        .filter((one) => one > 0) ?? []
    expect(width / hourWidth).toBeCloseTo(0.5, 1)
    expect(x / hourWidth).toBeCloseTo(21 + 1 / 3, 1)
    expect(text).toMatch(/<pattern id="hatch".*<i class="window"><\/i> maintenance/s)
    expect(text).toContain('&quot;windows&quot;:[[')
    const list = (await new Visitor(of).get('/checks')).text
    expect(hatched(list)).toHaveLength(1)
    expect(list).toMatch(/<i class="window"><\/i> maintenance.*<title>maintenance 00:20 – 00:50<\/title>/s)
    expect((await new Visitor(world(checksFrom(['web'], [sg]), [sg])).get('/checks')).text).not.toContain(
      'class="window"',
    )
  })

  it('leaves maintenance out of uptime, or counts it where the project wants that', async () => {
    const of = world(checksFrom(['web'], [sg]), [sg])
    of.config.maintenance = {
      night: {
        match: [[{ name: 'check', is: '=', value: 'web' }]],
        when: { during: ['15:00-17:00'] },
        timezone: 'UTC',
      },
    }
    await past(of, 30, (hour) => hour === 2)
    await of.minutes(1, { [sg]: 'u' })
    const day = async () =>
      /<dl class="uptime".*?<dd class="saw[^"]*">([^<]*)/s.exec((await new Visitor(of).get('/checks/pay/web')).text)
    const [left, out] = (await day()) ?? []
    expect([left?.includes('Uptime, maintenance left out'), out]).toEqual([true, '100%'])
    const { pay } = of.config.projects
    if (pay !== undefined) of.config.projects = { ...of.config.projects, pay: { ...pay, maintenanceCounts: true } }
    const [included, counted] = (await day()) ?? []
    expect([included?.includes('Uptime, maintenance included'), counted]).toEqual([true, '95.65%'])
  })

  it('shows third parties by city and carrier, and maintenance at each', async () => {
    const of = world(checksFrom(['web'], [sg]), [sg])
    of.config.maintenance = {
      night: {
        match: [[{ name: 'check', is: '=', value: 'web' }]],
        when: { during: ['17:00-19:00'] },
        timezone: 'UTC',
      },
    }
    await past(of, 30)
    const node = (vantage: string, outcome: 'up' | 'down') => ({ vantage, outcome, latencyMs: 42 })
    const seen = [node('globalping/CN/Guangzhou/AS4134', 'up'), node('globalping/CN/Guangzhou/AS4837', 'down')]
    await of.reports(sg, [{ check: 'pay/web', outcome: 'up', latencyMs: 42, places: seen }])
    const { text } = await new Visitor(of).get('/checks/pay/web')

    expect(text).toContain('class="hatch"')
    expect(text).toMatch(/City by carrier.*China Telecom.*China Unicom.*Guangzhou.*42ms.*down/s)
  })

  it('tells what was seen long ago with its age, and not as of now', async () => {
    const of = world(checksFrom(['web'], [sg]), [sg])
    const node = { vantage: 'globalping/CN/Guangzhou/AS4134', outcome: 'up' as const, latencyMs: 42 }
    await of.reports(sg, [{ check: 'pay/web', outcome: 'up', latencyMs: 42, places: [node] }])
    expect((await new Visitor(of).get('/checks/pay/web')).text).toMatch(/saw up"[^>]*>OK, 42ms<.*saw up"[^>]*>42ms</s)
    of.now += 2 * HOUR_MS
    const { text } = await new Visitor(of).get('/checks/pay/web')

    expect(text).toMatch(/saw unknown"[^>]*>OK, 42ms, 2 h ago<.*saw unknown"[^>]*>2 h ago</s)
    expect(text).not.toContain('saw up')
  })

  it('leads back where there is no such check, and escapes what a configuration says', async () => {
    const evil = '<script>alert(1)</script>'
    const of = world([...checksFrom(['web'], [sg], { title: evil, target: `https://user:secret@${evil}` })], [sg])
    const page = await new Visitor(of).get('/checks/pay/web')
    expect(page.text).not.toContain(evil)
    expect(page.text).not.toContain('secret')
    const none = await new Visitor(of).get(`/checks/${encodeURIComponent(evil)}/x`)
    expect(none.status).toBe(404)
    expect(none.text).not.toContain(evil)
    expect((await new Visitor(of).get('/checks/pay/web?span=__proto__')).status).toBe(200)
  })

  it('of seven days and three vantages with a hundred checks reads less than 2 MB', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `check-${index}`)
    const of = world(checksFrom(names, places))
    await of.minutes(1, Object.fromEntries(places.map((one) => [one, 'u'])))
    const noise = (seed: number, about: number) => Math.round(about * (1 + Math.abs(Math.sin(seed * 12.9898)) / 2))
    const until = hourOf(of.now)
    for (let at = until - 168 * HOUR_MS; at < until; at += HOUR_MS) {
      const hours = of.config.checks.map(({ id }, index) => ({
        ...{ key: checkKey(id), runs: 60, up: 60, down: 0, upMs: HOUR_MS, knownMs: HOUR_MS },
        ...{ medianMs: noise(at + index, 180), p95Ms: noise(at + index, 400) },
        phases: [4, 20, 40, 110, 9].map((ms, phase) => ({
          medianMs: noise(at + 5 * index + phase, ms),
          p95Ms: noise(at + 7 * index + phase, 2 * ms),
        })),
      }))
      await of.checks.put(places.map((vantage) => ({ ...hourKey(vantage, 'probe', at), ...held(hours, hourShape) })))
    }
    const { query } = of.checks
    let bytes = 0
    of.checks.query = async (pk, prefix) => {
      const rows = await query.call(of.checks, pk, prefix)
      if (!prefix.startsWith('d#')) bytes += JSON.stringify(rows).length
      return rows
    }
    const visitor = new Visitor(of)
    const { text } = await visitor.get('/checks/pay/check-7')

    expect(text.match(/class="chart"/g)).toHaveLength(3)
    expect(bytes).toBeGreaterThan(500_000)
    expect(bytes).toBeLessThan(2_000_000)
  })

  it('says that what was before is still being read, when that takes long, and has the rest', async () => {
    const of = world(checksFrom(['web'], [sg]), [sg])
    await of.minutes(3, { [sg]: 'u' })
    const query = of.checks.query.bind(of.checks)
    of.checks.query = (pk, prefix) => (pk.startsWith('history#') ? new Promise(() => {}) : query(pk, prefix))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const visitor = new Visitor(of)
      const asking = [visitor.get('/checks'), visitor.get('/checks/pay/web')]
      for (let second = 0; second < 8; second++) {
        await new Promise(setImmediate)
        await vi.advanceTimersByTimeAsync(1_000)
      }
      for (const { status, text } of await Promise.all(asking)) {
        expect(status).toBe(200)
        expect(text).toMatch(/is still being read/)
      }
    } finally {
      vi.useRealTimers()
    }
  })

  it('is the same until something changes', async () => {
    const of = world(checksFrom(['web'], [gz]), [gz])
    await past(of, 3)
    const visitor = new Visitor(of)
    const { answer } = await visitor.get('/checks/pay/web')
    const again = await visitor.get('/checks/pay/web', { 'if-none-match': answer.headers.get('etag') ?? '' })

    expect(again.status).toBe(304)
  })
})

it.each([
  '/checks',
  '/checks/pay/web',
])('while the table does not answer %s shows what was known, and from when that is', async (path) => {
  const of = world(checksFrom(['web'], [sg]), [sg])
  await past(of, 30)
  await of.minutes(1, { [sg]: 'u' })
  const visitor = new Visitor(of)
  const before = await visitor.get(path)
  const failing = () => Promise.reject(new Error('throttled'))
  Object.assign(of.checks, { query: failing, get: failing, newest: failing, getMany: failing })
  of.now += 120_000
  const { status, text } = await visitor.get(path)

  expect([status, text.includes('The tables do not answer: this is as of')]).toEqual([200, true])
  expect(text.match(/<svg/g)).toHaveLength(before.text.match(/<svg/g)?.length ?? 0)
  expect((await new Visitor(of).get(path)).status).toBe(503)
})
