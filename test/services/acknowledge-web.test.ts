import { describe, expect, it, vi } from 'vitest'
import { answerWeb } from '../../services/acknowledge/web.ts'
import { type UrlAnswer, urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { LINK_MS, signLink } from '../../shared/incidents/acknowledge-link.ts'
import { directory, PathWorld } from '../engine/world.ts'

/** Somebody opens, or sends, a page of the acknowledge function's URL. */
function web(
  world: PathWorld,
  method: string,
  {
    token,
    form,
    path = '/ack',
    base64 = false,
    elsewhere = [],
  }: { token?: string; form?: Record<string, string>; path?: string; base64?: boolean; elsewhere?: string[] },
): Promise<UrlAnswer> {
  const text = new URLSearchParams(form).toString()
  const request = urlRequestOf({
    version: '2.0',
    rawPath: path,
    rawQueryString: token === undefined ? '' : new URLSearchParams({ t: token }).toString(),
    requestContext: { http: { method, sourceIp: '203.0.113.7' } },
    ...(form === undefined
      ? {}
      : { body: base64 ? Buffer.from(text).toString('base64') : text, isBase64Encoded: base64 }),
  })
  const deps = {
    secret: 'secret',
    language: world.config.language,
    timezone: world.config.timezone,
    projects: ['pay'],
    channels: {},
    env: {},
    directory: async () => world.directory ?? directory,
    elsewhere: async () => elsewhere,
  }
  return answerWeb(request, deps, world.io())
}

/** `web` of `pay` is down and Lin is being called; a link from a group, or Lin's own. */
async function paging(): Promise<{ world: PathWorld; group: string; own: string }> {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  const link = { incident: 'pay#1#web', expiresAt: world.now + LINK_MS }
  return { world, group: signLink(link, 'secret'), own: signLink({ ...link, contact: 'lin' }, 'secret') }
}

const buttons = ({ body }: UrlAnswer) =>
  [...body.matchAll(/<button name="contact" value="([^"]*)"/g)].map(([, value]) => value)

describe('opening a link', () => {
  it.each(['GET', 'HEAD'])('by %s acknowledges nothing: link previews do that all the time', async (method) => {
    const { world, group } = await paging()
    const before = structuredClone(world.incident())

    expect((await web(world, method, { token: group })).statusCode).toBe(200)
    expect(world.incident()).toEqual(before)
  })

  it('of several regions offers the same press at another one, without a script', async () => {
    const { world, own } = await paging()
    const page = await web(world, 'GET', { token: own, elsewhere: ['https://b.example.com'] })

    expect(page.body).toMatch(
      /<form method="post" action="ack">.*<details>.*<form method="post" action="https:\/\/b[.]example[.]com\/ack">/s,
    )
    expect(page.body.match(new RegExp(`name="t" value="${own}"`, 'g'))).toHaveLength(3)
    expect(page.headers['content-security-policy']).toContain("form-action 'self' https://b.example.com;")
    expect(page.body).not.toContain('<script')

    const pressed = await web(world, 'POST', { form: { t: own, contact: 'lin' }, elsewhere: ['https://b.example.com'] })
    expect(pressed.body).not.toContain('b.example.com')
  })

  it('from a group asks who you are', async () => {
    const { world, group } = await paging()
    const page = await web(world, 'GET', { token: group })

    expect(page.body).toContain('#1001 收银台')
    expect(page.body).toContain('您是哪一位')
    expect(buttons(page)).toEqual(['lin', 'wang', 'tan'])
  })

  it('says what a check found in the reader’s words', async () => {
    const { world, group } = await paging()
    world.now += 1
    await world.alert('trigger', { class: 'down', title: 'web', summary: 'pay/web is down' })
    const { body } = await web(world, 'GET', { token: group })

    expect(body).toContain('支付 · 严重 不可用')
    expect(body).not.toContain('is down')
  })

  it('of one’s own asks only whether', async () => {
    const { world, own } = await paging()
    const page = await web(world, 'GET', { token: own })

    expect(buttons(page)).toEqual(['lin'])
    expect(page.body).toContain('由您处理')
  })

  it('speaks the language of the project', async () => {
    const { world, own } = await paging()
    world.config.language = 'en'

    expect((await web(world, 'GET', { token: own })).body).toContain('You take it')
  })

  it('shows who has it, or that it is over, with nothing to press', async () => {
    const { world, group } = await paging()
    await web(world, 'POST', { form: { t: group, contact: 'wang' } })
    const acknowledged = await web(world, 'GET', { token: group })
    expect(acknowledged.body).toContain('王磊已认领')
    expect(buttons(acknowledged)).toEqual([])

    await world.alert('resolve', { at: world.now })
    const resolved = await web(world, 'GET', { token: group })
    expect(resolved.body).toContain('已恢复')
    expect(buttons(resolved)).toEqual([])
  })

  it('says who closed it by hand: nothing has recovered', async () => {
    const { world, group } = await paging()
    const by = { contact: 'wang', name: '王<磊>' }
    const event = { type: 'resolve', generation: 1, via: 'cli', by } as const
    await dispatchToIncident({ project: 'pay', groupKey: 'web' }, { event }, world.io())
    const { body } = await web(world, 'GET', { token: group })

    expect(body).toContain('王&lt;磊&gt; 已关闭，无需操作。')
    expect(body).not.toContain('已恢复')
  })

  it('is never kept, framed, indexed or passed on', async () => {
    const { world, group } = await paging()

    expect((await web(world, 'GET', { token: group })).headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    })
  })

  it('shows what senders and contacts wrote as text', async () => {
    const { world, group } = await paging()
    const nasty = `"><script>alert('1')</script>&`
    world.directory = { contacts: { [nasty]: { name: nasty } }, schedules: {}, overrides: [] }
    await world.alert('trigger', { summary: nasty, title: nasty, at: world.now + 1 })
    const { body } = await web(world, 'GET', { token: group })

    expect(body).not.toContain('<script')
    expect(body).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;')
  })
})

describe('pressing the button', () => {
  it.each([false, true])('acknowledges in that name, and the phone stops (base64: %s)', async (base64) => {
    const { world, group } = await paging()
    const page = await web(world, 'POST', { form: { t: group, contact: 'wang' }, base64 })

    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('王磊已认领，电话已停止。')
    expect(world.incident()).toMatchObject({
      status: 'acknowledged',
      acknowledged: { via: 'group-link', by: { contact: 'wang' } },
    })
    await world.settle()
    expect(world.calls.at(-1)).toBe('connect stop contact-1')
    expect(world.texts).toEqual(['ops opened', 'ops acknowledged'])
  })

  it('twice, or after somebody else, changes nothing and shows who has it', async () => {
    const { world, group } = await paging()
    await web(world, 'POST', { form: { t: group, contact: 'wang' } })
    await world.settle()
    const again = await web(world, 'POST', { form: { t: group, contact: 'lin' } })
    await world.settle()

    expect(again.body).toContain('王磊已认领')
    expect(world.texts.filter((text) => text === 'ops acknowledged')).toHaveLength(1)
  })

  it('of one’s own link in another name is refused', async () => {
    const { world, own } = await paging()
    const page = await web(world, 'POST', { form: { t: own, contact: 'wang' } })

    expect(page.statusCode).toBe(400)
    expect(world.incident().status).toBe('open')
  })

  it.each([
    { contact: 'nobody' },
    { contact: '' },
    {},
  ])('without a name that is known asks again: %j', async (fields) => {
    const { world, group } = await paging()
    const page = await web(world, 'POST', { form: { t: group, ...fields } })

    expect(page.statusCode).toBe(400)
    expect(buttons(page)).toHaveLength(3)
    expect(world.incident().status).toBe('open')
  })

  it('while the table does not answer says that it may not have counted, and what else does', async () => {
    const { world, group } = await paging()
    const get = vi.spyOn(world.incidents, 'get').mockRejectedValue(new Error('table throttled'))
    const page = await web(world, 'POST', { form: { t: group, contact: 'lin' } })
    get.mockRestore()

    expect(page.statusCode).toBe(503)
    expect(page.body).toContain('在电话中按键认领')
    expect(world.logged).toContainEqual({ level: 'error', event: 'web', error: 'Error: table throttled' })
    expect(world.incident().status).toBe('open')
  })

  it('of an incident that is over shows that', async () => {
    const { world, group } = await paging()
    await world.alert('resolve', { at: world.now + 1 })
    const page = await web(world, 'POST', { form: { t: group, contact: 'lin' } })

    expect(page.body).toContain('已恢复')
    expect(world.incident().acknowledged).toBeUndefined()
  })
})

describe('a link that does not count', () => {
  const forged = (token: string) => {
    const [payload = '', signature] = token.split('.')
    const [incident, , expiresAt] = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return `${Buffer.from(JSON.stringify([incident, 'wang', expiresAt])).toString('base64url')}.${signature}`
  }

  it.each([
    { what: 'is missing', token: () => undefined },
    { what: 'is garbled', token: () => 'x' },
    { what: 'has parts too many', token: (own: string) => `${own}.x` },
    { what: 'was cut', token: (own: string) => own.slice(0, -1) },
    { what: 'was forged', token: forged },
    { what: 'was signed by somebody else', token: () => signLink({ incident: 'pay#1#web', expiresAt: 4e12 }, 'other') },
  ])('because it $what is refused', async ({ token }) => {
    const { world, own } = await paging()
    const given = token(own)

    for (const method of ['GET', 'POST']) {
      const page = await web(world, method, {
        ...(given === undefined ? {} : { token: given }),
        form: { contact: 'wang' },
      })
      expect(page.statusCode).toBe(403)
      expect(page.body).not.toContain('收银台')
    }
    expect(world.incident().status).toBe('open')
  })

  it('because it is a day old says so', async () => {
    const { world, own } = await paging()
    world.now += LINK_MS

    expect((await web(world, 'POST', { form: { t: own, contact: 'lin' } })).statusCode).toBe(410)
    expect(world.incident().status).toBe('open')
  })

  it('because its incident has had another since says so', async () => {
    const { world, own } = await paging()
    world.now += 60_000
    await world.alert('resolve')
    world.now += 60_000
    await world.alert('trigger')

    expect((await web(world, 'POST', { form: { t: own, contact: 'lin' } })).statusCode).toBe(410)
    expect(world.incident()).toMatchObject({ generation: 2, status: 'open' })
  })

  it('because its incident is forgotten says so', async () => {
    const world = new PathWorld()
    const token = signLink({ incident: 'pay#1#web', expiresAt: world.now + 1_000 }, 'secret')

    expect((await web(world, 'GET', { token })).statusCode).toBe(404)
    expect(world.incidents.rows.size).toBe(0)
  })
})

it.each([
  { method: 'GET', path: '/', status: 404 },
  { method: 'POST', path: '/ack/../admin', status: 404 },
  { method: 'DELETE', path: '/ack', status: 405 },
  { method: 'PUT', path: '/ack', status: 405 },
])('$method $path is answered with $status', async ({ method, path, status }) => {
  const { world, group } = await paging()
  const page = await web(world, method, { token: group, path })

  expect(page.statusCode).toBe(status)
  expect(page.headers.allow).toBe(status === 405 ? 'GET, POST' : undefined)
  expect(world.incident().status).toBe('open')
})
