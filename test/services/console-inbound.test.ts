import { expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import type { ConsoleDeps } from '../../services/console/deps.ts'
import { formToken } from '../../services/console/guard.ts'
import { inboundGuides } from '../../services/console/inbound-guides.data.ts'
import { compileFor } from '../../shared/config/compile-for.ts'
import { PathWorld } from '../engine/world.ts'
import { KEY, type WayIn } from '../ingest/requests.ts'
import { beforeWayIn } from './before-way-in.ts'
import { Visitor } from './console-visitor.ts'

const GRAFANA = '/inbound/pay/grafana'

function connected({ lose, hasKey = false }: { lose?: boolean[]; hasKey?: boolean } = {}) {
  const { world, way, deps } = beforeWayIn(lose)
  const inbound = { url: 'https://in.example.com', ...(hasKey && { keyOf: () => KEY }) }
  return { world, way, visitor: new Visitor(world, { ...deps, inbound }) }
}

const actions = (way: WayIn) => way.alerts.map((alert) => (alert as { action: string }).action)

it('each format has its address and its set-up, with the key named and not shown', async () => {
  const { visitor } = connected()
  const { text } = await visitor.get(GRAFANA)

  expect(text).toContain('https://in.example.com/grafana/{key}')
  expect(text).toContain('url: &#39;https://in.example.com/grafana/{key}&#39;')
  expect(text).toContain('not heard of yet')
  expect(text).not.toContain('{url}')
  for (const { format } of inboundGuides) expect((await visitor.get(`/inbound/pay/${format}`)).status, format).toBe(200)
})

it('where this machine has the key the set-up is whole', async () => {
  const { text } = await connected({ hasKey: true }).visitor.get(GRAFANA)

  expect(text).toContain(`https://in.example.com/grafana/${KEY}`)
  expect(text).not.toContain('name="key"')
})

it('a test goes through the real way in, leaves nothing open, and the page says when it was heard of', async () => {
  const { world, way, visitor } = connected()
  const { status, text } = await visitor.press((await visitor.get(GRAFANA)).text, GRAFANA, { key: KEY })

  expect(status).toBe(200)
  expect(text).toContain('Taken (HTTP 200)')
  expect(actions(way)).toEqual(['trigger', 'resolve'])
  expect(text).not.toContain(KEY)
  expect(world.logged).toContainEqual(
    expect.objectContaining({ event: 'audit', action: 'test grafana', path: GRAFANA }),
  )
  expect(JSON.stringify(world.logged)).not.toContain(KEY)
  world.now += 180_000
  expect((await visitor.get('/inbound')).text).toMatch(/href="\/inbound\/pay\/grafana">Grafana<.*heard of 3 min ago/s)
  expect((await visitor.get('/inbound/pay')).text).toMatch(/Heard of lately.*Grafana.*Other formats.*Zabbix/s)
})

it('a key that is none is said, with what the way in answered', async () => {
  const { way, visitor } = connected()
  const { status, text } = await visitor.press((await visitor.get(GRAFANA)).text, GRAFANA, { key: 'of-nobody' })

  expect([status, actions(way)]).toEqual([502, []])
  expect(text).toMatch(/Not taken \(HTTP 40\d\)/)
})

it('what is typed as a key changes nothing else of what is sent', async () => {
  const { way, visitor } = connected()
  const path = '/inbound/pay/pagerduty'
  const page = (await visitor.get(path)).text
  const key = `of-nobody","routing_key":"${KEY}`

  expect((await visitor.press(page, path, { key })).text).toContain('Not taken')
  expect(way.alerts).toEqual([])
})

it.each([
  ['first', [true, false], ['trigger', 'resolve'], false],
  ['second', [false, true], ['trigger', 'resolve'], true],
])('when the %s answer is lost it says what may be left', async (_, lose, sent, isOpen) => {
  const { way, visitor } = connected({ lose })
  const { status, text } = await visitor.press((await visitor.get(GRAFANA)).text, GRAFANA, { key: KEY })

  expect([status, actions(way)]).toEqual([502, sent])
  expect(text).toContain('The way in does not answer: ETIMEDOUT')
  expect(text.includes('resolve its incident')).toBe(isOpen)
})

it('what may call before it is resolved is sent to those alone who know', async () => {
  const { way, visitor } = connected()
  const path = '/inbound/pay/pagerduty-v1'
  const page = await visitor.get(path)
  expect(page.text).toMatch(/would be CRITICAL, and may call/)
  expect((await visitor.press(page.text, path, { key: KEY })).status).toBe(400)
  expect(way.alerts).toEqual([])

  expect((await visitor.press(page.text, path, { key: KEY, sure: 'yes' })).status).toBe(200)
  expect(actions(way)).toEqual(['trigger', 'resolve'])
})

it('a format whose requests the project has signed, and one that nothing ends, have no test here', async () => {
  const { world, way, visitor } = connected()
  const compiled = compileFor('console', {
    ...world.config,
    vantages: {},
    channels: {},
    projects: { pay: { ...world.config.projects.pay, inbound: { grafana: { secret: '${GRAFANA_SECRET}' } } } } as never,
  })
  expect(JSON.stringify(compiled)).not.toContain('GRAFANA_SECRET')
  Object.assign(world.config, { projects: compiled.projects })
  const token = /name="t" value="([^"]+)"/.exec((await visitor.get('/inbound/pay/zabbix')).text)?.[1] ?? ''

  expect((await visitor.get(GRAFANA)).text).toContain('bin/fenghuo.js inbound test')
  expect((await visitor.get('/inbound/pay/seed')).text).toContain('bin/fenghuo.js replay')
  expect((await visitor.post(GRAFANA, { t: token, key: KEY })).status).toBe(403)
  expect(way.alerts).toEqual([])
})

it.each([
  ['another site', {}, { 'sec-fetch-site': 'cross-site' }, 403],
  ['a form of another page', { t: 'of another day' }, {}, 403],
  ['no key', { key: ' ' }, {}, 400],
])('sends nothing for %s', async (_, fields, headers, expected) => {
  const { way, visitor } = connected()
  const page = (await visitor.get(GRAFANA)).text
  const { status } = await visitor.press(page, GRAFANA, { key: KEY, ...fields }, headers as Record<string, string>)

  expect([status, way.alerts]).toEqual([expected, []])
})

it('who may only look sends no test, and nobody sees another project', async () => {
  const tokens = { viewer: 'a-token-of-one-who-looks', other: 'a-token-of-another-project' }
  const access: Access = {
    access: [
      { role: 'viewer', tokens: [tokens.viewer], projects: ['pay'] },
      { role: 'responder', tokens: [tokens.other], projects: ['shop'] },
    ],
  }
  const sent: string[] = []
  const fetch: ConsoleDeps['fetch'] = async (url) => {
    sent.push(url)
    return Response.json({})
  }
  const visitor = new Visitor(new PathWorld(), { access, fetch })
  const as = (token: string) => ({ authorization: `Bearer ${token}` })
  const page = await visitor.get(GRAFANA, as(tokens.viewer))
  expect(page.status).toBe(200)
  expect(page.text).not.toContain('<form method="post" action="/inbound')
  const t = formToken('secret', visitor.cookies.get('__Host-fenghuo-session') ?? '', GRAFANA)

  const pressed = await visitor.post(GRAFANA, { t, key: KEY }, as(tokens.viewer))
  expect([pressed.status, pressed.text.includes('role')]).toEqual([403, true])
  expect((await visitor.get(GRAFANA, as(tokens.other))).status).toBe(404)
  expect((await visitor.get('/inbound', as(tokens.other))).text).not.toContain('href="/inbound/pay"')
  expect(sent).toEqual([])
})
