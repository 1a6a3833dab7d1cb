import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { formToken } from '../../services/console/guard.ts'
import { PathWorld } from '../engine/world.ts'
import { ORIGIN, Visitor } from './console-visitor.ts'
import { signInAt, startProvider } from './oidc.ts'

const CALLBACK = `${ORIGIN}/sign-in/oidc/callback`
const TOKEN = 'a-token-of-a-program-that-reads'

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  provider = await startProvider(CALLBACK, {
    lin: { name: '林悦', email: 'Lin@example.com', email_verified: true },
    eve: { name: 'Eve', email: 'lin@example.com', email_verified: false },
    guest: { name: 'Guest', email: 'guest@example.org', email_verified: true, groups: ['guests', 'others'] },
    nobody: { name: 'Nobody', email: 'nobody@elsewhere.example', email_verified: true },
  })
})
afterAll(() => provider.stop())

const access = (): Exclude<Access, string> => ({
  oidc: provider.oidc,
  access: [
    { role: 'responder', who: ['lin@example.com'] },
    { role: 'viewer', who: ['group:guests'], projects: ['pay'] },
    { role: 'viewer', tokens: [TOKEN] },
    { role: 'responder', tokens: ['${NOT_SET_ANYWHERE}', 'short'], projects: ['pay'] },
  ],
})

async function burning(who: Access = access()): Promise<{ world: PathWorld; visitor: Visitor }> {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  return { world, visitor: new Visitor(world, { access: who }) }
}

async function signIn(visitor: Visitor, login: string, back = '/'): Promise<Awaited<ReturnType<Visitor['get']>>> {
  const begun = await visitor.get(`/sign-in/oidc?back=${encodeURIComponent(back)}`)
  const returned = await signInAt(begun.answer.headers.get('location') ?? '', login, CALLBACK)
  return visitor.get(returned.slice(ORIGIN.length))
}

describe('without configured access', () => {
  it.each([
    '/',
    '/incidents/1001',
    '/silences',
    '/sign-in',
    '/language?to=en',
    '/api/v1/incidents',
    '/metrics',
    '/api/v1/openapi.json',
  ])('%s is not there', async (path) => {
    const { visitor } = await burning('closed')
    const { status, text } = await visitor.get(path)
    expect(status).toBe(404)
    expect(text).not.toContain('收银台')
  })
})

describe('whoever has not signed in', () => {
  it('is asked to, and comes back to where they were', async () => {
    const { visitor } = await burning()
    const { answer, text } = await visitor.get('/incidents/1001')
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/sign-in?back=%2Fincidents%2F1001')
    expect(text).not.toContain('收银台')
    expect((await signIn(visitor, 'lin', '/incidents/1001')).answer.headers.get('location')).toBe('/incidents/1001')
    expect((await visitor.get('/incidents/1001')).text).toContain('收银台')
  })

  it('is known in their browser as a contact for links, where there are any, on the night on which their provider is down', async () => {
    for (const link of [{ link: true as const }, {}]) {
      const { visitor } = await burning({ ...access(), ...link })
      await signIn(visitor, 'lin')
      expect(visitor.cookies.has('__Host-fenghuo-known')).toBe('link' in link)
    }
  })

  it('does nothing, and keeps what they wrote', async () => {
    const { world, visitor } = await burning()
    const { status, text } = await visitor.post('/incidents/1001', { do: 'note', text: 'disk <full>' })
    expect(status).toBe(401)
    expect(text).toContain('disk &lt;full&gt;</textarea>')
    expect(world.incident()).toMatchObject({ status: 'open' })
  })
})

describe('a sign-in', () => {
  it('lets a person act under their own name, whatever the form says', async () => {
    const { world, visitor } = await burning()
    await signIn(visitor, 'lin')
    const page = await visitor.get('/incidents/1001')
    expect(page.text).toContain('林悦')
    await visitor.press(page.text, '/incidents/1001', { do: 'acknowledge', contact: 'wang' })
    expect(world.incident()).toMatchObject({ acknowledged: { via: 'console', by: { contact: 'lin', name: '林悦' } } })
  })

  it('goes by no address that the provider has not verified', async () => {
    const { visitor } = await burning()
    expect((await signIn(visitor, 'eve')).status).toBe(403)
    expect((await visitor.get('/')).status).toBe(303)
  })

  it('of somebody without a role says so, and opens nothing', async () => {
    const { visitor } = await burning()
    const { status, text } = await signIn(visitor, 'nobody')
    expect(status).toBe(403)
    expect(text).toContain('Nobody has no role')
    expect((await visitor.get('/')).status).toBe(303)
  })

  it('has an end in the browser that began it: another one, another state and a second use are refused', async () => {
    const { world, visitor } = await burning()
    const begun = await visitor.get('/sign-in/oidc')
    const returned = (await signInAt(begun.answer.headers.get('location') ?? '', 'lin', CALLBACK)).slice(ORIGIN.length)
    const other = new Visitor(world, { access: access() })
    expect((await other.get(returned)).status).toBe(400)

    const kept = new Map(visitor.cookies)
    expect((await visitor.get(returned.replace(/state=[^&]+/, 'state=other'))).status).toBe(502)
    for (const [name, value] of kept) visitor.cookies.set(name, value)
    expect((await visitor.get(returned)).status).toBe(303)
    for (const [name, value] of kept) visitor.cookies.set(name, value)
    expect((await visitor.get(returned)).status).toBe(502)
  })

  it('leads to no other site', async () => {
    const { visitor } = await burning()
    expect((await signIn(visitor, 'lin', '//evil.example')).answer.headers.get('location')).toBe('/')
  })

  it('ends after twelve hours, and by the button', async () => {
    const { world, visitor } = await burning()
    await signIn(visitor, 'lin')
    const { text } = await visitor.get('/')
    world.now += 43_100_000
    expect((await visitor.get('/')).status).toBe(200)
    world.now += 200_000
    expect((await visitor.get('/')).status).toBe(303)
    world.now -= 200_000
    expect((await visitor.post('/sign-out', {})).status).toBe(403)
    await visitor.press(text, '/sign-out', {})
    expect((await visitor.get('/')).status).toBe(303)
  })

  it('is limited to so many a minute from one address', async () => {
    const { visitor } = await burning()
    for (let time = 0; time < 20; time++) expect((await visitor.get('/sign-in/oidc')).status).toBe(302)
    expect((await visitor.get('/sign-in/oidc')).status).toBe(429)
  })

  it('is told of when the provider cannot be reached', async () => {
    const { visitor } = await burning({
      oidc: { ...provider.oidc, issuer: 'http://127.0.0.1:9' },
      access: [{ role: 'viewer', who: ['@example.com'] }],
    })
    const { status, text } = await visitor.get('/sign-in/oidc')
    expect(status).toBe(502)
    expect(text).toContain('has not signed you in')
  })
})

describe('the log', () => {
  it('has who asked for a change, from where, and what was answered', async () => {
    const { world, visitor } = await burning()
    await signIn(visitor, 'lin')
    const page = await visitor.get('/incidents/1001')
    await visitor.press(page.text, '/incidents/1001', { do: 'acknowledge' })
    await visitor.json(
      '/api/v1/incidents/1001/actions',
      { do: 'escalate', as: 'lin' },
      { authorization: `Bearer ${TOKEN}` },
    )
    const lines = world.logged.filter(({ event }) => event === 'audit')
    const who = `${provider.issuer}#lin`
    expect(lines).toMatchObject([
      { who, name: '林悦', from: '192.0.2.7', path: '/incidents/1001', action: 'acknowledge', status: 303 },
      { who: expect.stringMatching(/^token [0-9a-f]{8}$/), from: '192.0.2.7', status: 403 },
    ])
    expect(JSON.stringify(world.logged)).not.toContain(TOKEN)
    expect(world.logged).toContainEqual(expect.objectContaining({ event: 'signed in', who, from: '192.0.2.7' }))
  })
})

describe('a role', () => {
  it('of one project shows nothing of others, and changes nothing', async () => {
    const { world, visitor } = await burning()
    await world.alert('trigger', { project: 'game', dedupKey: 'lobby', title: 'Lobby' })
    await world.settle()
    await signIn(visitor, 'guest')
    const { text } = await visitor.get('/')
    expect(text).toContain('收银台')
    expect(text).not.toContain('Lobby')
    expect((await visitor.get('/incidents/1002')).status).toBe(404)
    expect((await visitor.get('/silences')).status).toBe(403)
    expect((await visitor.get('/checks')).status).toBe(200)
    expect((await visitor.get('/metrics')).status).toBe(403)
    expect(await (await visitor.get('/api/v1/incidents')).answer.json()).toMatchObject({
      incidents: [{ number: 1001 }],
    })
  })

  it('of one project is told of no calm while a storm of another leaves no room for its own', async () => {
    const world = new PathWorld()
    await world.alert('trigger', { project: 'game', dedupKey: 'lobby', title: 'Lobby' })
    await world.settle()
    let burning = 500
    const io = () => {
      const { incidents, ...real } = world.io()
      const listed = async (name: string, limit: number) => {
        const [row] = await incidents.listed(name, 1)
        return row === undefined ? [] : Array.from({ length: Math.min(burning, limit) }, () => row)
      }
      return { ...real, incidents: { ...incidents, get: incidents.get.bind(incidents), listed } }
    }
    const visitor = new Visitor(world, { access: access(), io })
    await signIn(visitor, 'guest')
    expect((await visitor.get('/')).text).toContain('<h1 class="calm">No open incidents</h1>')

    burning = 501
    const { text } = await visitor.get('/')
    expect(text).not.toContain('No open incidents')
    expect(text).toContain('<h1 class="burning">None of the newest incidents is yours</h1>')
    expect(text).toContain('only the newest 500 of all projects were looked at')
    expect(text).not.toContain('Lobby')
  })

  it('that only looks is offered nothing to press, and whoever presses it all the same has done nothing', async () => {
    const { world, visitor } = await burning()
    await signIn(visitor, 'guest')
    for (const path of ['/', '/incidents/1001']) {
      const { text } = await visitor.get(path)
      expect(text).toContain('收银台')
      expect(text).not.toContain('name="do"')
    }
    const t = formToken('secret', visitor.cookies.get('__Host-fenghuo-session') ?? '', '/incidents/1001')
    for (const asked of ['acknowledge', 'resolve-anyway', 'note', 'silence', 'take-all']) {
      const { status, text } = await visitor.post('/incidents/1001', { t, do: asked, text: 'x', all: '1001' })
      expect([status, text.includes('Your role does not allow that')]).toEqual([403, true])
    }
    expect(world.incident()).toMatchObject({ status: 'open' })
  })

  it('of one project opens all that its pages lead to', async () => {
    const { world, visitor } = await burning()
    await world.alert('trigger', { project: 'game', dedupKey: 'lobby', title: 'Lobby' })
    await world.settle()
    await signIn(visitor, 'guest')
    const { text } = await visitor.get('/incidents/1001')
    const own = [...text.matchAll(/<a [^>]*href="(\/[^"#]*)"/g)].map(([, path = '']) => path)
    expect(own).toContain('/incidents/1001/post-mortem.md')
    for (const path of ['/oncall', ...own]) expect([path, (await visitor.get(path)).status < 400]).toEqual([path, true])
    expect((await visitor.get('/oncall')).text).not.toContain('/oncall/reach')
    expect((await visitor.get('/oncall/reach')).status).toBe(403)
    expect((await visitor.get('/incidents/1002/post-mortem.json')).status).toBe(404)
  })

  it('is forged by nobody', async () => {
    const { visitor } = await burning()
    await signIn(visitor, 'guest')
    const name = '__Host-fenghuo-person'
    const [text = '', signature = ''] = (visitor.cookies.get(name) ?? '').split('.')
    const forged = JSON.parse(Buffer.from(text, 'base64url').toString())
    forged.value.email = 'lin@example.com'
    visitor.cookies.set(name, `${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`)
    expect((await visitor.get('/')).status).toBe(303)
  })
})

describe('a token', () => {
  const bearing = (token: string) => ({ authorization: `Bearer ${token}` })
  const act = { do: 'acknowledge', as: 'lin' }

  it('reads where it may, and acts only where it may', async () => {
    const { world, visitor } = await burning()
    expect((await visitor.get('/api/v1/incidents', bearing(TOKEN))).status).toBe(200)
    expect((await visitor.get('/metrics', bearing(TOKEN))).status).toBe(200)
    expect((await visitor.json('/api/v1/incidents/1001/actions', act, bearing(TOKEN))).status).toBe(403)
    expect(world.incident()).toMatchObject({ status: 'open' })
  })

  it.each(['short', '${NOT_SET_ANYWHERE}', `${TOKEN}s`, ''])('that is %j is none', async (token) => {
    const { visitor } = await burning()
    const { status, answer } = await visitor.get('/api/v1/incidents', bearing(token))
    expect(status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('is needed to change something: a browser that is signed in changes nothing by the API', async () => {
    const { world, visitor } = await burning()
    await signIn(visitor, 'lin')
    expect((await visitor.get('/api/v1/incidents/1001')).status).toBe(200)
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    expect((await visitor.json('/api/v1/incidents/1001/actions', act, { cookie })).status).toBe(401)
    expect(world.incident()).toMatchObject({ status: 'open' })
  })
})
