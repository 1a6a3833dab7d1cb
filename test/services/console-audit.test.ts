import { expect, it } from 'vitest'
import { answerWeb } from '../../services/acknowledge/web.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { signLink } from '../../shared/incidents/acknowledge-link.ts'
import { beginAudit, putDeed } from '../../shared/store/audit.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const INCIDENT = '/incidents/1001'
const tokens = { admin: 'a-token-of-an-admin', responder: 'a-token-of-a-responder' }
const access = {
  access: [
    { role: 'admin' as const, tokens: [tokens.admin] },
    { role: 'responder' as const, tokens: [tokens.responder] },
  ],
}
const as = (token: string) => ({ authorization: `Bearer ${token}` })

async function burning(): Promise<PathWorld> {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  return world
}

it('what was done on the console is told with who did it, and from where', async () => {
  const world = await burning()
  const visitor = new Visitor(world)
  await visitor.press((await visitor.get(INCIDENT)).text, INCIDENT, { do: 'acknowledge', contact: 'lin' })
  world.now += 1_000
  await visitor.press((await visitor.get(INCIDENT)).text, INCIDENT, { do: 'note', text: 'rolled back' })
  const { text } = await visitor.get('/system/audit')

  expect(text).toMatch(/林悦<\/b>.*<code>note<\/code> \/incidents\/1001.*console, from 192\.0\.2\.7, done/s)
  expect(text).toMatch(/<code>note<\/code>.*<code>acknowledge<\/code>/s)
  expect(text).not.toContain('rolled back')
})

it('a program is known by its token’s digest, and what was refused is told as that', async () => {
  const world = await burning()
  const visitor = new Visitor(world, { access })
  await visitor.json('/api/v1/incidents/1001/actions', { do: 'acknowledge', as: 'ghost' }, as(tokens.responder))
  const { text } = await visitor.get('/system/audit', as(tokens.admin))

  expect(text).toMatch(
    /token [0-9a-f]{8}.*\/api\/v1\/incidents\/1001\/actions.*API, from 192\.0\.2\.7, not done \(HTTP 400\)/s,
  )
  expect(text).not.toContain(tokens.responder)
})

it('a stranger is noted in the log alone', async () => {
  const world = await burning()
  const visitor = new Visitor(world, { access })
  await visitor.json('/api/v1/incidents/1001/actions', { do: 'acknowledge', as: 'lin' })

  expect(world.logged).toContainEqual(expect.objectContaining({ event: 'audit', who: 'nobody', status: 401 }))
  expect((await visitor.get('/system/audit', as(tokens.admin))).text).toContain('Nothing was done on this day')
})

it('who pressed a link is told with their address, and what was done elsewhere by the timeline', async () => {
  const world = await burning()
  const t = signLink({ incident: 'pay#1#web', contact: 'lin', expiresAt: world.now + 60_000 }, 'secret')
  const request = urlRequestOf({
    rawPath: '/ack',
    requestContext: { http: { method: 'POST', sourceIp: '198.51.100.9' } },
    body: new URLSearchParams({ t, contact: 'lin' }).toString(),
  })
  const { language, timezone } = world.config
  const deps = { secret: 'secret', language, timezone, projects: ['pay'], channels: {}, env: {} }
  await answerWeb(request, { ...deps, directory: async () => directory }, world.io())
  const incident = world.incident() ?? expect.unreachable()
  const by = { contact: 'wang', name: '王磊' }
  const { generation } = incident
  await dispatchToIncident(incident, { event: { type: 'resolve', generation, by, via: 'phone' } }, world.io())
  const { text } = await new Visitor(world).get('/system/audit')

  expect(text).toMatch(
    /林悦<\/b>.*<code>acknowledge<\/code> \/incidents\/1001.*acknowledge link, from 198\.51\.100\.9, done/s,
  )
  expect(text).toMatch(/href="\/incidents\/1001">#1001<\/a> [^<]*王磊/)
  expect(text.match(/林悦/g)).toHaveLength(1)
})

it('days are turned, names are sought, and many deeds are paged', async () => {
  const world = await burning()
  const visitor = new Visitor(world)
  await visitor.press((await visitor.get(INCIDENT)).text, INCIDENT, { do: 'acknowledge', contact: 'lin' })
  for (let one = 0; one < 55; one++) {
    world.now += 1_000
    await visitor.press((await visitor.get(INCIDENT)).text, INCIDENT, { do: 'note', text: `note ${one}` })
  }
  const day = new Date(world.now).toISOString().slice(0, 10)
  const first = (await visitor.get(`/system/audit?day=${day}&who=%E6%9E%97`)).text
  expect(first).toMatch(/href="\/system\/audit\?day=[\d-]+&amp;who=%E6%9E%97&amp;page=2"/)
  expect(first.match(/<code>note<\/code>/g)).toHaveLength(50)
  expect((await visitor.get(`/system/audit?day=${day}&who=%E6%9E%97&page=2`)).text).toContain(
    '<code>acknowledge</code>',
  )
  expect((await visitor.get(`/system/audit?day=${day}&who=nobody-of-ours`)).text).toContain('Nothing was done')
  world.now += 86_400_000
  expect((await visitor.get('/system/audit')).text).toContain('Nothing was done')
  expect((await visitor.get(`/system/audit?day=${day}`)).text).toContain('<code>note</code>')
  expect((await visitor.get('/system/audit?day=2999-01-01')).status).toBe(200)
})

it('a program that asks without end fills no page: the newest are read, and the page says that there are more', async () => {
  const world = await burning()
  const entry = {
    who: 'bot',
    via: 'api' as const,
    from: '192.0.2.7',
    action: 'note',
    path: '/incidents/1',
    status: 200,
  }
  const rows = Array.from({ length: 2_001 }, (_, back) => ({ ...entry, at: world.now - back, action: `note-${back}` }))
  for (const row of rows) await beginAudit(row, { ...world.io(), token: () => row.action })
  const visitor = new Visitor(world)
  const { text } = await visitor.get('/system/audit')

  expect(text).toContain('these are its newest 2000 requests')
  expect(text).toContain('<code>note-0</code>')
  expect(text).toContain('1 / 40')
  expect((await visitor.get('/system/audit?page=40')).text).not.toContain('<code>note-2000</code>')
})

it('a day before hundreds of other incidents has what was done elsewhere on it, and a day of hundreds says what it leaves out', async () => {
  const world = await burning()
  const day = new Date(world.now).toISOString().slice(0, 10)
  const incident = world.incident() ?? expect.unreachable()
  const by = { contact: 'wang', name: '王磊' }
  const { generation } = incident
  await dispatchToIncident(incident, { event: { type: 'resolve', generation, by, via: 'phone' } }, world.io())
  world.now += 86_400_000
  for (let one = 0; one < 201; one++) {
    // Slower than a storm.
    world.now += 60_000
    await world.alert('trigger', { dedupKey: `check-${one}` })
    await world.alert('resolve', { dedupKey: `check-${one}` })
  }
  const visitor = new Visitor(world)
  const that = (await visitor.get(`/system/audit?day=${day}`)).text

  expect(that).toMatch(/href="\/incidents\/1001">#1001<\/a> [^<]*王磊/)
  expect(that).not.toContain('More than 200 incidents')
  expect((await visitor.get('/system/audit')).text).toContain('More than 200 incidents began on this day')
  expect((await visitor.get('/system/audit?day=2026-02-31')).text).not.toContain('value="2026-02-31"')
})

it('who is no admin of all sees none of it', async () => {
  const visitor = new Visitor(await burning(), { access })

  expect((await visitor.get('/system/audit', as(tokens.responder))).status).toBe(403)
})

/** Nothing can be written into its audit. */
async function unaudited(): Promise<PathWorld> {
  const world = await burning()
  const put = world.incidents.put.bind(world.incidents)
  world.incidents.put = async (rows) =>
    rows.some(({ pk }) => pk.startsWith('audit#')) ? Promise.reject(new Error('throttled')) : put(rows)
  return world
}

it('what changes no incident is not done while the audit can’t be kept, and a page says so', async () => {
  const world = await unaudited()
  const silence = { as: 'lin', matchers: [['project=pay']], endsAt: '2026-12-05T04:00:00Z', comment: 'deploy' }
  const made = await new Visitor(world, { access }).json('/api/v1/silences', silence, as(tokens.admin))
  const form = await new Visitor(world).post('/silences', { do: 'end', id: 's1' })

  expect([made.status, JSON.parse(made.text).error.code]).toEqual([503, 'unavailable'])
  expect([form.status, form.answer.headers.get('content-type')]).toEqual([503, 'text/html; charset=UTF-8'])
  expect([...world.incidents.rows.keys()].filter((key) => key.includes('silence'))).toEqual([])
})

it.each([
  'cli',
  'console',
  'link',
] as const)('what an incident’s timeline has by %s is told by it where no request was kept: of an older release, or while no audit could be', async (via) => {
  const world = await burning()
  const incident = world.incident() ?? expect.unreachable()
  const by = { contact: 'wang', name: '王磊' }
  const { generation } = incident
  await dispatchToIncident(incident, { event: { type: 'acknowledge', generation, by, via } }, world.io())
  const page = async () => (await new Visitor(world).get('/system/audit')).text
  expect(await page()).toMatch(/href="\/incidents\/1001">#1001<\/a> [^<]*王磊/)

  const asked = { who: 'wang', name: '王磊', via, from: '192.0.2.7', action: 'acknowledge', path: INCIDENT }
  await beginAudit({ at: world.now - 1_000, ...asked }, world.io())
  expect(await page()).not.toContain('#1001</a>')
})

it('an incident is taken though the audit can’t be kept: its timeline has who did it', async () => {
  const world = await unaudited()
  const visitor = new Visitor(world)
  const done = await visitor.press((await visitor.get(INCIDENT)).text, INCIDENT, { do: 'acknowledge', contact: 'lin' })

  expect([done.status, world.incident()?.status]).toEqual([303, 'acknowledged'])
  expect(world.logged).toContainEqual(expect.objectContaining({ event: 'audit not kept' }))
  expect((await new Visitor(world).get('/system/audit')).text).toMatch(/#1001<\/a> [^<]*林悦/)
})

it('a command is told with its user and machine and what it changed; one that has not said how it ended, as begun', async () => {
  const world = await burning()
  const from = 'ubuntu@laptop, arn:aws:iam::123456789012:user/oncall'
  const deed = { at: world.now, who: 'lin', name: '林悦', via: 'cli', from, action: 'apply', path: 'pay' } as const
  await putDeed(deed, world)
  const page = async () => (await new Visitor(world).get('/system/audit')).text
  expect(await page()).toMatch(/<code>apply<\/code> pay .*command line, from ubuntu@laptop, arn:[^,]*, begun, its end/s)

  await putDeed({ ...deed, status: 200, changes: ['~ contact lin: phone ****0001 → ****0002'] }, world)
  const text = await page()
  expect(text).toMatch(
    /command line, from ubuntu@laptop, arn:[^,]*, done<\/span><ul><li dir="auto">~ contact lin: phone/,
  )
  expect(text.match(/<code>apply<\/code>/g)).toHaveLength(1)
})

it('what was done by phone, by text or by a button is told with where its person is known now, masked', async () => {
  const world = await burning()
  const lin = {
    name: '林悦',
    phone: '+8613800000001',
    otherPhones: ['+6590000002'],
    wecom: 'LinYue',
    email: 'lin@example.com',
  }
  world.directory = { ...directory, contacts: { ...directory.contacts, lin } }
  const incident = world.incident() ?? expect.unreachable()
  const { generation } = incident
  const told = async (via: 'phone' | 'button' | 'reply') => {
    const event = {
      type: 'snooze',
      generation,
      by: { contact: 'lin', name: '林悦' },
      via,
      until: world.now + 3_600_000,
    }
    world.now += 1_000
    await dispatchToIncident(incident, { event: event as never }, world.io())
    const { text } = await new Visitor(world).get('/system/audit')
    return /<span class="quiet"> (\(now [^<]*)</.exec(text)?.[1]
  }
  expect(await told('phone')).toBe('(now ****0001, ****0002)')
  expect(await told('button')).toBe('(now wecom LinYue)')
  expect(await told('reply')).toBe('(now ****0001, ****0002, wecom LinYue)')
  const { text } = await new Visitor(world, { directory: async () => Promise.reject(new Error('throttled')) }).get(
    '/system/audit',
  )
  expect(text).toContain('林悦')
  expect(text).not.toContain('(now')
})
