import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../shared/contracts/milliseconds.ts'
import { keepCanary } from '../../shared/store/canary.ts'
import { seenRecorder } from '../../shared/store/inbound.ts'
import { checksFrom } from '../engine/probes.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'
import { past, places, watching } from './past-hours.ts'
import { access, as, tokens } from './tokens-of-two.ts'

const HISTORY = '/api/v1/checks/pay/web/history'
const PROOFS = '/api/v1/proofs'
const bodyOf = ({ text }: { text: string }) => JSON.parse(text)
const [sg = ''] = places

describe('the history of a check', () => {
  it('has the points of its chart, with phases, uptime, and the incidents that went on', async () => {
    const of = watching(checksFrom(['web'], places))
    await past(of, 30, (hour) => hour === 3)
    await of.minutes(6, Object.fromEntries(places.map((one) => [one, 'd'])))
    const day = bodyOf(await new Visitor(of, { access }).get(HISTORY, as(tokens.pay)))

    expect(day).toMatchObject({ id: 'pay/web', verdict: 'down', barMs: HOUR_MS, incidents: [1001], maintenance: [] })
    expect(day.vantages.map(({ vantage }: { vantage: string }) => vantage)).toEqual(places.toSorted())
    const [{ bars, usual, phases }] = day.vantages
    expect(bars).toHaveLength(24)
    expect(bars.at(-5)).toMatchObject({ runs: 6, up: 6, down: 0, share: 1, phases: { firstByte: { medianMs: 100 } } })
    expect(bars.at(-4)).toMatchObject({ runs: 6, up: 0, down: 6, share: 0 })
    expect([usual.medianMs > 160, phases.tls]).toEqual([true, { medianMs: 30, p95Ms: 30 }])
    expect(day.uptime.map(({ days }: { days: number }) => days)).toEqual([1, 7, 30, 90])
    expect(day.uptime[0].share).toBeCloseTo(22 / 23, 1)
    expect(day.uptime[0]).toMatchObject({ judgedHours: 24 })
    expect(day.uptime[3]).toMatchObject({ judgedDays: 2, since: '2026-11-20T00:00:00.000Z' })
  })

  it('of a week has its hours, and pages of vantages', async () => {
    const of = watching(checksFrom(['web'], places))
    await past(of, 30)
    await of.minutes(1, Object.fromEntries(places.map((one) => [one, 'u'])))
    const program = new Visitor(of)
    const first = bodyOf(await program.get(`${HISTORY}?span=week&limit=2`))
    const second = bodyOf(await program.get(`${HISTORY}?span=week&limit=2&cursor=${first.next}`))
    expect([...first.vantages, ...second.vantages].map(({ vantage }) => vantage)).toEqual(places.toSorted())
    expect([second.next, first.vantages[0].bars.length]).toEqual([undefined, 31])
    expect((await program.get(`${HISTORY}?span=year`)).status).toBe(400)
    expect((await program.get(`${HISTORY}?cursor=x`)).status).toBe(400)
  })

  it('is answered 304 while it is the same', async () => {
    const of = watching(checksFrom(['web'], [sg]), [sg])
    await past(of, 2)
    await of.minutes(1, { [sg]: 'u' })
    const program = new Visitor(of)
    const { text, answer } = await program.get(HISTORY)
    expect(text).toContain('medianMs')
    const etag = answer.headers.get('etag') ?? ''
    expect((await program.get(HISTORY, { 'if-none-match': etag })).status).toBe(304)
  })

  it('of another project is that of a check that is not there', async () => {
    const program = new Visitor(watching(checksFrom(['web'], [sg]), [sg]), { access })
    const foreign = await program.get(HISTORY, as(tokens.shop))
    const missing = await program.get(HISTORY.replace('web', 'ghost'), as(tokens.shop))
    expect([foreign.status, foreign.text.replaceAll('/web', '/ghost')]).toEqual([404, missing.text])
    expect((await program.get(HISTORY)).status).toBe(401)
  })
})

it('a calm is proven by each vantage, channel and sender, of the projects that a token may look at', async () => {
  const of = watching(checksFrom(['web'], [sg]), [sg])
  await of.minutes(1, { [sg]: 'u' })
  await keepCanary(of.now, of.io())
  for (const project of ['pay', 'shop']) await seenRecorder()({ format: 'grafana', project, alerts: 1 }, of.io())
  await of.alert('trigger')
  await of.settle()
  of.now += 60_000
  await of.alert('resolve')
  await of.settle()
  const program = new Visitor(of, { access })

  expect(bodyOf(await program.get(PROOFS, as(tokens.pay)))).toEqual({
    vantages: [{ vantage: sg, heardAt: expect.any(String), checks: 1, up: 1 }],
    channels: [{ chat: 'ops', project: 'pay', at: expect.any(String) }],
    inbound: [{ project: 'pay', format: 'grafana', at: expect.any(String) }],
    canaryAt: expect.any(String),
  })
  expect(bodyOf(await program.get(PROOFS, as(tokens.shop)))).toMatchObject({
    vantages: [{ vantage: sg, heardAt: expect.any(String), checks: 0, up: 0 }],
    channels: [],
    inbound: [{ project: 'shop' }],
  })
})

it('a channel that another project has used since is proven by the newest that a reader may know of, once', async () => {
  const of = new PathWorld()
  for (const project of ['pay', 'shop'])
    for (const action of ['trigger', 'resolve'] as const) {
      of.now += 60_000
      await of.alert(action, { project })
      await of.settle()
    }
  const all = 'a-token-of-who-looks-at-all'
  const rules = { access: [...(access as { access: [] }).access, { role: 'viewer' as const, tokens: [all] }] }
  const program = new Visitor(of, { access: rules })
  const told = async (token: string) => bodyOf(await program.get(PROOFS, as(token))).channels
  expect(await told(tokens.pay)).toMatchObject([{ chat: 'ops', project: 'pay' }])
  expect(await told(all)).toMatchObject([{ chat: 'ops', project: 'shop' }])
})

it('the page of what burns now counts at each vantage what its reader may look at', async () => {
  const of = watching(checksFrom(['web', 'api'], [sg]), [sg])
  await of.minutes(1, { [sg]: 'ud' })
  const page = async (token: string) => (await new Visitor(of, { access }).get('/', as(token))).text
  expect(await page(tokens.pay)).toContain('1 of 2 checks OK')
  const foreign = await page(tokens.shop)
  expect(foreign).toContain('Singapore')
  expect(foreign).not.toContain('checks OK')
})

describe('what was seen around an incident', () => {
  it('is told run by run, and with what a post-mortem begins', async () => {
    const of = watching(checksFrom(['web'], places))
    await of.minutes(2, Object.fromEntries(places.map((one) => [one, 'u'])))
    await of.minutes(4, Object.fromEntries(places.map((one) => [one, 'd'])))
    const program = new Visitor(of, { access })
    const strips = bodyOf(await program.get('/api/v1/incidents/1001/strips', as(tokens.pay)))
    expect(strips.vantages).toHaveLength(3)
    expect(strips.vantages[0].points.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      ...['up', 'up', 'down', 'down', 'down', 'down'],
    ])
    const known = bodyOf(await program.get('/api/v1/incidents/1001/post-mortem', as(tokens.pay)))
    expect(known.markdown.en).toMatch(/^# #1001 .*## Timeline.*## Who was told what/s)
    expect(known.markdown.zh).toMatch(/^# #1001 /)
    expect(known).toMatchObject({ milestones: { reached: expect.any(Number) }, told: [{ text: { en: /ops/ } }] })
  })

  it('of another project is that of an incident that is not there; of what is no check’s there is nothing', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    await world.settle()
    const program = new Visitor(world, { access })
    for (const part of ['strips', 'post-mortem', 'outsiders']) {
      const [foreign, missing] = await Promise.all(
        [1001, 9999].map((number) => program.get(`/api/v1/incidents/${number}/${part}`, as(tokens.shop))),
      )
      expect([foreign?.status, foreign?.text.replaceAll('1001', '9999')]).toEqual([404, missing?.text])
    }
    expect(bodyOf(await program.get('/api/v1/incidents/1001/strips', as(tokens.pay)))).toEqual({ vantages: [] })
  })

  it('names its other times', async () => {
    const world = new PathWorld()
    for (const action of ['trigger', 'resolve', 'trigger'] as const) {
      world.now += 60_000
      await world.alert(action)
      await world.settle()
    }
    expect(bodyOf(await new Visitor(world).get('/api/v1/incidents/1002')).past).toEqual([1001])
  })
})
