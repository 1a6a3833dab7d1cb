import { describe, expect, it } from 'vitest'
import { stretchAround } from '../../shared/engine/console/view-around.ts'
import { checksFrom, MINUTE } from '../engine/probes.ts'
import { Visitor } from './console-visitor.ts'
import { past, places, watching } from './past-hours.ts'

const HOUR = 60 * MINUTE

/** A check that was up for `hours`, is looked at each minute, and goes down. */
async function burning(hours = 3, vantages = places) {
  const world = watching(checksFrom(['web'], vantages), vantages)
  await past(world, hours)
  const seen = (letter: string) => Object.fromEntries(vantages.map((one) => [one, letter]))
  await world.minutes(5, seen('u'))
  await world.minutes(6, seen('d'))
  return world
}

describe('the page of an incident of a check', () => {
  it('has how long answers took around it from each vantage, by the minute, with its time marked and what was usual', async () => {
    const { text } = await new Visitor(await burning()).get('/incidents/1001')

    expect(text).toContain('Latency around it, from each vantage')
    expect(text.match(/class="chart"/g)).toHaveLength(3)
    expect(text.match(/class="trouble"/g)).toHaveLength(4)
    expect(text.match(/class="band"/g)).toHaveLength(4)
    expect(text).toMatch(/class="layer firstByte".*first byte/s)
    const { barS, from, incidents } = JSON.parse(
      /data-charts="([^"]*)"/.exec(text)?.[1]?.replaceAll('&quot;', '"') ?? '',
    )
    expect(barS).toBe(60)
    expect(incidents[0][0] - from).toBeGreaterThanOrEqual(3_600)
    expect(text).toMatch(/data-script="\/assets\/chart-1.js"/)
    expect(text.indexOf('id="latency"')).toBeLessThan(text.indexOf('id="timeline"'))
  })

  it('hatches the looks of an hour where maintenance lay over them, and only these', async () => {
    const of = watching(checksFrom(['web'], places), places)
    await of.minutes(10, Object.fromEntries(places.map((one) => [one, 'u'])))
    await of.minutes(6, Object.fromEntries(places.map((one) => [one, 'd'])))
    const strips = async () => {
      const { text } = await new Visitor(of).get('/incidents/1001')
      return /<h2 id="burning">.*?<\/section>/s.exec(text)?.[0] ?? ''
    }
    expect(await strips()).not.toMatch(/hatch/)
    const match = [[{ name: 'check', is: '=' as const, value: 'web' }]]
    const noon = [of.now, of.now + 20 * MINUTE].map((at) => new Date(at).toISOString().slice(11, 16)).join('-')
    of.config.maintenance = { work: { match, when: { during: [noon] }, timezone: 'UTC' } }
    await of.minutes(6, Object.fromEntries(places.map((one) => [one, 'd'])))
    const seen = await strips()

    expect(seen.match(/<pattern id="hatch-looks"/g)).toHaveLength(1)
    const hatched = [
      ...seen.matchAll(/<rect class="hatch" fill="url\(#hatch-looks\)" x="([\d.]+)" y="0" width="([\d.]+)"/g),
    ]
    expect(hatched).toHaveLength(places.length)
    for (const [, x, width] of hatched) {
      // Of 600 an hour, at its end.
      expect(Number(width)).toBeGreaterThan(45)
      expect(Number(width)).toBeLessThan(75)
      expect(Number(x) + Number(width)).toBeCloseTo(600, -1)
    }
    expect(seen).toContain('<title>maintenance</title>')
  })

  it('draws those of many vantages that saw the least of it, and says how many more there are', async () => {
    const many = Array.from({ length: 10 }, (_, index) => `aws/region-${index}`)
    const { text } = await new Visitor(await burning(2, many)).get('/incidents/1001')
    expect(text.match(/class="chart"/g)).toHaveLength(3)
    expect(text).toContain('7 more vantages')
  })

  it('reads no more of its history for those who look again within seconds', async () => {
    const world = await burning()
    const { query } = world.checks
    const asked: string[] = []
    world.checks.query = (pk, prefix) => {
      asked.push(`${pk} ${prefix}`)
      return query.call(world.checks, pk, prefix)
    }
    const visitor = new Visitor(world)
    const first = await visitor.get('/incidents/1001')
    const read = asked.splice(0).length
    world.now += 5_000
    const again = await visitor.get('/incidents/1001')
    expect(again.text).toContain('class="chart"')
    expect(first.text).toContain('class="chart"')
    expect(read).toBeLessThanOrEqual(24)
    // What the strips have of now.
    expect(asked.length).toBeLessThan(read / 2)
  })

  it('stands without a chart where nothing is kept of that time', async () => {
    const world = await burning()
    world.checks.rows.clear()
    const { status, text } = await new Visitor(world).get('/incidents/1001')
    expect([status, text.includes('class="chart"')]).toEqual([200, false])
  })

  it('shows nothing of a check of another project, whose name another system gave its alert', async () => {
    const world = await burning()
    await world.alert('trigger', { project: 'shop', dedupKey: 'x', title: 'x', component: 'pay/web' })
    await world.settle()
    const { text } = await new Visitor(world).get('/incidents/1002')
    expect(text).toContain('#1002')
    expect(text).not.toMatch(/class="(?:chart|strips)"/)
  })
})

describe('the time around an incident', () => {
  const at = Date.UTC(2026, 10, 21, 2, 30)
  it.each([
    { what: 'just now', lasts: 2 * MINUTE, every: MINUTE, bar: 1, hours: [-1, 2 / 60] },
    { what: 'of an hour', over: HOUR, lasts: 9 * HOUR, every: MINUTE, bar: 2, hours: [-1, 1.5] },
    { what: 'of a night, its beginning', lasts: 9 * HOUR, every: MINUTE, bar: 5, hours: [-1, 5] },
    {
      what: 'of a check that is looked at every ten minutes',
      lasts: 20 * MINUTE,
      every: 10 * MINUTE,
      bar: 10,
      hours: [-1, 20 / 60],
    },
    {
      what: 'of one that is looked at every two hours',
      lasts: 4 * HOUR,
      every: 2 * HOUR,
      bar: 120,
      hours: [-2.5, 5.5],
    },
  ])('is $what', ({ lasts, over, every, bar, hours: [before = 0, after = 0] }) => {
    const incident = { openedAt: at, ...(over !== undefined && { resolved: { at: at + over } as never }) }
    const { from, until, barMs } = stretchAround(incident, { intervalMs: every }, at + lasts)
    expect(barMs / MINUTE).toBe(bar)
    expect([(from - at) / HOUR, (until - at) / HOUR]).toEqual([before, after])
  })
})

it('a form that is refused shows the incident whole, with its chart and the way to tell outsiders', async () => {
  const world = await burning()
  world.config.status = { shop: { title: { zh: '店', en: 'Shop' }, components: {} } as never }
  const { status, text } = await new Visitor(world).post('/incidents/1001', {
    do: 'note',
    t: 'of another day',
    text: 'x',
  })

  expect([status, text.includes('class="chart"'), text.includes('href="/incidents/1001/outsiders"')]).toEqual([
    403,
    true,
    true,
  ])
})
