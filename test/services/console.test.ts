import { describe, expect, it } from 'vitest'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const INCIDENT = '/incidents/1001'

/** `web` of `pay` is down and Lin is being called. */
async function burning(alert: Record<string, unknown> = {}): Promise<{ world: PathWorld; visitor: Visitor }> {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台', ...alert })
  await world.settle()
  return { world, visitor: new Visitor(world) }
}

describe('what is shown', () => {
  it('is calm when nothing burns, and says who is watching', async () => {
    const world = new PathWorld()
    world.config.vantages = { sg: 'aws/ap-southeast-1' }
    const { status, text } = await new Visitor(world).get('/')

    expect(status).toBe(200)
    expect(text).toContain('No open incidents')
    expect(text).toContain('has never reported')
  })

  it('is what burns, who is being called, and who is next', async () => {
    const { visitor } = await burning()
    const { text } = await visitor.get('/')

    expect(text).toContain('1 open incident')
    expect(text).toMatch(/CRITICAL.*支付 \/ 收银台.*#1001.*林悦 phone .*next 王磊/s)
  })

  it('is in the language of the browser, or in the one that was chosen', async () => {
    const { visitor } = await burning()
    visitor.headers = { 'accept-language': 'fr, zh-CN;q=0.9, en;q=0.8' }
    expect((await visitor.get(INCIDENT)).text).toContain('<html lang="zh-CN">')

    const answer = await visitor.get('/language?to=en&back=/incidents/1001')
    expect(answer.answer.headers.get('location')).toBe(INCIDENT)
    expect((await visitor.get(INCIDENT)).text).toContain('<html lang="en">')
  })

  it.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '',
  ])('leads nowhere else: back=%s', async (back) => {
    const { answer } = await new Visitor(new PathWorld()).get(`/language?to=en&back=${encodeURIComponent(back)}`)

    expect(answer.headers.get('location')).toBe('/')
  })

  it('has times in the zone of the browser, and names it', async () => {
    const { visitor } = await burning()
    expect((await visitor.get(INCIDENT)).text).toContain('Times: Asia/Shanghai (UTC+8)')
    visitor.cookies.set('fenghuo-zone', 'America/New_York')

    expect((await visitor.get(INCIDENT)).text).toContain('Times: America/New_York (UTC-5)')
    visitor.cookies.set('fenghuo-zone', 'Middle/Earth')
    expect((await visitor.get(INCIDENT)).text).toContain('Times: Asia/Shanghai (UTC+8)')
  })

  it('remembers the zone that the page says when it renews itself, and no other', async () => {
    const { visitor } = await burning()
    const renewed = await visitor.get(INCIDENT, { 'time-zone': 'America/New_York' })
    expect(renewed.text).toContain('Times: America/New_York (UTC-5)')
    expect((await visitor.get(INCIDENT)).text).toContain('Times: America/New_York (UTC-5)')

    const { text } = await visitor.get(INCIDENT, { 'time-zone': 'Middle/Earth' })
    expect(text).toContain('Times: Asia/Shanghai (UTC+8)')
    expect((await visitor.get(INCIDENT)).text).toContain('Times: Asia/Shanghai (UTC+8)')
  })

  it('escapes what senders write, wherever it stands', async () => {
    const evil = '<script>alert(1)</script>'
    const { visitor } = await burning({
      title: evil,
      summary: evil,
      source: evil,
      labels: { team: evil },
      details: { evil },
      links: [{ href: 'https://example.com/"><script>', text: evil }],
    })
    const pages = [await visitor.get('/'), await visitor.get(INCIDENT)]

    for (const { text } of pages)
      expect(text.match(/<script[^>]*>/g)).toEqual([expect.stringContaining('src="/assets/')])
  })

  it('is a page with a way back for what is not there', async () => {
    const visitor = new Visitor(new PathWorld())
    const pages = [
      await visitor.get('/nothing'),
      await visitor.get('/incidents/9999'),
      await visitor.get('/assets/no.css'),
    ]

    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(pages[1]?.text).toContain('There is no incident #9999')
    expect(pages[0]?.text).toContain('href="/"')
  })

  it('may not be framed, and runs no script of its own', async () => {
    const { answer } = await new Visitor(new PathWorld()).get('/')

    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/)
    expect(answer.headers.get('referrer-policy')).toBe('same-origin')
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-fenghuo-session=.*HttpOnly; Secure; SameSite=Lax$/)
  })

  it('is not sent again while it is the same', async () => {
    const { world, visitor } = await burning()
    await visitor.get('/')
    const etag = (await visitor.get('/')).answer.headers.get('etag') ?? ''
    expect((await visitor.get('/', { 'if-none-match': etag })).status).toBe(304)

    world.now += 60_000
    expect((await visitor.get('/', { 'if-none-match': etag })).status).toBe(200)
  })

  it('is what was known, with its time, while the tables do not answer', async () => {
    const world = new PathWorld()
    let isDown = false
    const io = () => {
      const real = world.io()
      const listed = async (...args: Parameters<typeof real.incidents.listed>) => {
        if (isDown) throw new Error('throttled')
        return real.incidents.listed(...args)
      }
      return { ...real, incidents: { ...real.incidents, get: real.incidents.get.bind(real.incidents), listed } }
    }
    const visitor = new Visitor(world, { io })
    await visitor.get('/')
    isDown = true
    const { status, text } = await visitor.get('/')

    expect(status).toBe(200)
    expect(text).toContain('The tables do not answer: this is as of')
    expect((await new Visitor(world, { io }).get('/')).status).toBe(503)
  })
})

describe('what is pressed', () => {
  it('asks who somebody is once, and then acknowledges in that name', async () => {
    const { world, visitor } = await burning()
    const { text } = await visitor.get('/')
    const asked = await visitor.press(text, INCIDENT, { do: 'acknowledge' })
    expect(asked.text).toContain('Who are you?')
    expect(world.incident()?.status).toBe('open')

    const done = await visitor.press(asked.text, INCIDENT, { contact: 'wang' })
    expect(done.status).toBe(303)
    expect(done.answer.headers.get('location')).toBe('/?done=acknowledged&of=1001')
    expect(world.incident()).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: { contact: 'wang', name: '王磊' }, via: 'console' },
    })
    expect((await visitor.get('/?done=acknowledged&of=1001')).text).toContain('You have it. The phones are quiet.')
  })

  it('asks who somebody is anew once they say that it is somebody else', async () => {
    const { world, visitor } = await burning()
    await visitor.press((await visitor.get(INCIDENT)).text, INCIDENT, { do: 'note', contact: 'wang', text: 'mine' })
    expect((await visitor.get(INCIDENT)).text).toMatch(/You are 王磊/)

    const { answer } = await visitor.get('/not-me?back=/incidents/1001')
    expect(answer.headers.get('location')).toBe(INCIDENT)
    const { text } = await visitor.get(INCIDENT)
    expect(text).not.toContain('You are')
    expect((await visitor.press(text, INCIDENT, { do: 'acknowledge' })).text).toContain('Who are you?')
    expect(world.incident()?.status).toBe('open')
  })

  it('tells whoever is second who was first', async () => {
    const { world, visitor: lin } = await burning()
    const wang = new Visitor(world)
    const [pageOfLin, pageOfWang] = [(await lin.get(INCIDENT)).text, (await wang.get(INCIDENT)).text]
    await lin.press(pageOfLin, INCIDENT, { do: 'acknowledge', contact: 'lin' })
    const second = await wang.press(pageOfWang, INCIDENT, { do: 'acknowledge', contact: 'wang' })

    expect(second.status).toBe(409)
    expect(second.text).toContain('Somebody was first. 林悦 has it')
    expect(world.incident()?.acknowledged?.by?.contact).toBe('lin')
  })

  it.each([
    'resolve',
    'snooze-30m',
    'escalate',
    'silence',
  ])('from a page that is stale does nothing: %s', async (act) => {
    const { world, visitor } = await burning()
    const { text } = await visitor.get(INCIDENT)
    await visitor.press(text, INCIDENT, { do: 'acknowledge', contact: 'lin' })
    const before = structuredClone(world.incident())
    const stale = await visitor.press(text, INCIDENT, { do: act, contact: 'wang' })

    expect(stale.status).toBe(409)
    expect(stale.text).toContain('It has changed since you looked')
    expect(stale.text).toContain('林悦 has it')
    expect(world.incident()).toEqual(before)
  })

  it('snoozes, gives back, escalates, hands over, silences and closes', async () => {
    const { world, visitor } = await burning()
    const press = async (act: string, fields: Record<string, string> = {}) => {
      const { text } = await visitor.get(INCIDENT)
      const { status } = await visitor.press(text, INCIDENT, { do: act, contact: 'lin', ...fields })
      await world.settle()
      return status
    }
    expect(await press('snooze-30m')).toBe(303)
    expect(world.incident()).toMatchObject({
      status: 'acknowledged',
      ackEnd: { at: expect.any(Number), snoozed: true },
    })
    expect(await press('give-back')).toBe(303)
    expect(world.incident()?.status).toBe('open')
    expect(await press('escalate')).toBe(303)
    expect(await press('hand-over', { to: 'tan' })).toBe(303)
    expect(world.incident()?.handedTo).toEqual(['tan'])
    expect(await press('silence')).toBe(303)
    expect(world.incident()?.escalation).toMatchObject({ phase: 'paused', pause: { cause: { code: 'silenced' } } })
    expect(await press('end-silence')).toBe(303)
    expect(world.incident()?.escalation.phase).not.toBe('paused')
    expect(await press('resolve')).toBe(303)
    expect(world.incident()).toMatchObject({ status: 'resolved', resolved: { via: 'console' } })
    expect(await press('resolve')).toBe(409)
  })

  it('adds a note, and keeps one that is too long', async () => {
    const { world, visitor } = await burning()
    const { text } = await visitor.get(INCIDENT)
    const long = await visitor.press(text, INCIDENT, { do: 'note', contact: 'lin', text: 'x'.repeat(1025) })
    expect(long.status).toBe(400)
    expect(long.text).toContain(`${'x'.repeat(1025)}</textarea>`)

    await visitor.press(text, INCIDENT, { do: 'note', contact: 'lin', text: 'rolled back <b>' })
    await world.settle()
    expect((await visitor.get(INCIDENT)).text).toContain('rolled back &lt;b&gt;')
  })

  it('keeps what was written when the page is too old, and takes it the second time', async () => {
    const { visitor } = await burning()
    await visitor.get(INCIDENT)
    const old = await visitor.post(INCIDENT, { do: 'note', t: 'of another day', contact: 'lin', text: 'half a page' })
    expect(old.status).toBe(403)
    expect(old.text).toContain('half a page</textarea>')

    expect((await visitor.press(old.text, INCIDENT, { do: 'note', contact: 'lin', text: 'half a page' })).status).toBe(
      303,
    )
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this host', { 'sec-fetch-site': 'same-site' }],
    ['a browser that only names the origin', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
  ])('counts for nothing from %s', async (_, headers) => {
    const { world, visitor } = await burning()
    const { text } = await visitor.get(INCIDENT)
    const foreign = await visitor.press(text, INCIDENT, { do: 'acknowledge', contact: 'lin' }, headers)

    expect(foreign.status).toBe(403)
    expect(world.incident()?.status).toBe('open')
  })

  it.each([
    { do: 'hand-over', to: 'nobody' },
    { do: 'snooze-30d' },
    { do: 'explode' },
    { do: 'take-all' },
  ])('counts for nothing if no page of ours says it: %o', async (fields) => {
    const { world, visitor } = await burning()
    const before = structuredClone(world.incident())
    const { text } = await visitor.get(INCIDENT)

    expect((await visitor.press(text, INCIDENT, { ...fields, contact: 'lin' })).status).toBe(400)
    expect(world.incident()).toEqual(before)
  })

  it('takes all of one time at once', async () => {
    const { world, visitor } = await burning()
    await world.alert('trigger', { dedupKey: 'api', title: '接口' })
    await world.settle()
    const { text } = await visitor.get(INCIDENT)
    expect(text).toContain('1 more incident of this project at the same time')
    const form = new URLSearchParams({ do: 'take-all', contact: 'lin' })
    const all = [...text.matchAll(/name="all" value="(\d+)"/g)].map(([, number = '']) => number)
    expect(all).toEqual(['1001', '1002'])

    await visitor.press(text.slice(text.indexOf('id="together"')), INCIDENT, Object.fromEntries(form))
    expect(world.incident()?.status).toBe('acknowledged')
    expect((await visitor.get('/incidents/1002')).text).toContain('林悦 has it')
  })
})
