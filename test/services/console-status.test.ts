import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/contracts/milliseconds.ts'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import type { Post } from '../../shared/incidents/status/post.ts'
import { keepSilence } from '../../shared/store/silences.ts'
import { keepPost } from '../../shared/store/status-posts.ts'
import { checksFrom, MINUTE, Probes } from '../engine/probes.ts'
import { at } from '../messages/notices.ts'
import { Visitor } from './console-visitor.ts'

const sg = 'aws/ap-southeast-1'
const TOKEN = 'a-token-that-nobody-guesses'

const page = (changes: Partial<CompiledStatusPage> = {}): CompiledStatusPage => ({
  title: { zh: '示例支付', en: 'Example Pay' },
  languages: ['zh', 'en'],
  components: {
    checkout: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web', 'pay/api'] },
    reports: { title: { zh: '报表', en: 'Reports' }, checks: ['pay/db'] },
  },
  automaticAfterMs: 300_000,
  ...changes,
})

function world(changes: Partial<CompiledStatusPage> = {}, more: object = {}): Probes {
  const made = new Probes({ checks: checksFrom(['web', 'api', 'db'], [sg]), status: { pay: page(changes) }, ...more })
  made.config.vantages = { sg }
  return made
}

const tell = (of: Probes, post: Partial<Post>) =>
  keepPost(
    'pay',
    { of: 'i1', at: of.now, state: 'investigating', text: {}, components: ['checkout'], impact: 'partial', ...post },
    String(of.now),
    of.io(),
  )

/** As nobody who has signed in: the deployed console without access. */
const outsider = (of: Probes, env = {}) => new Visitor(of, { access: 'closed', env })

describe('a status page', () => {
  it('says how each component stands, by the worst of its checks, where nobody may sign in', async () => {
    const of = world()
    await of.minutes(3, { [sg]: 'uuu' })
    const reader = outsider(of)
    const calm = await reader.get('/status/pay')
    expect(calm.status).toBe(200)
    expect(calm.text).toContain('All services are operational')
    expect((await reader.get('/')).status).toBe(404)

    await of.minutes(3, { [sg]: 'udg' })
    const { text } = await outsider(of).get('/status/pay')
    expect(text).toContain('Some services are partly down')
    expect(text).toMatch(/Checkout<\/h3><span class="word partial">Partial outage/)
    expect(text).toMatch(/Reports<\/h3><span class="word degraded">Degraded/)
  })

  it('shows nothing of what things are called inside', async () => {
    const of = world()
    await of.minutes(4, { [sg]: 'ddd' })
    for (const file of ['pay', 'pay.json', 'pay.rss']) {
      const { text } = await outsider(of).get(`/status/${file}`)
      expect(text).not.toMatch(/pay\/web|ap-southeast|林悦|\+86|https:\/\/pay\.example/)
    }
  })

  it('by hand turns red only when somebody says so, and is well again when they do', async () => {
    const { automaticAfterMs: _, ...byHand } = page()
    const of = world()
    of.config.status = { pay: byHand }
    await of.minutes(4, { [sg]: 'ddd' })
    expect((await outsider(of).get('/status/pay')).text).toContain('All services are operational')

    await tell(of, { text: { en: 'Card payments fail.\nWe are on it.', zh: '刷卡失败。' } })
    const told = await outsider(of).get('/status/pay')
    expect(told.text).toContain('Card payments fail.\nWe are on it.')
    expect(told.text).toMatch(/Checkout: partial outage<\/h3><span class="word investigating">/)
    expect(told.text).toMatch(/Checkout<\/h3><span class="word partial">/)
    const chinese = await outsider(of).get('/status/pay?lang=zh')
    expect(chinese.text).toContain('刷卡失败。')
    expect(chinese.text).toContain('<html lang="zh-CN">')
    expect(chinese.text).not.toContain('Card payments')

    of.now += 10 * MINUTE
    await tell(of, { state: 'resolved', text: { en: 'All cards work again.' } })
    const over = await outsider(of).get('/status/pay')
    expect(over.text).toContain('All services are operational')
    expect(over.text.indexOf('Past incidents')).toBeLessThan(over.text.indexOf('Card payments fail.'))

    of.now += 91 * DAY_MS
    expect((await outsider(of).get('/status/pay')).text).toContain('No incident was announced')
  })

  it('announces maintenance that lies over all of a component, and does not call it an outage then', async () => {
    const when = { from: '2026-11-22 03:00', to: '2026-11-22 04:00' }
    const match = [[{ name: 'component', is: '=~' as const, value: 'pay/(web|api)' }]]
    const of = world({}, { maintenance: { move: { match, when, timezone: 'Asia/Shanghai' } } })
    await of.minutes(3, { [sg]: 'uuu' })
    const before = await outsider(of).get('/status/pay')
    expect(before.text).toMatch(/Planned maintenance<\/h2>.*Checkout.*Planned<\/span>.*03:00.*04:00/s)
    expect(before.text).toContain('All services are operational')

    of.now += 60 * MINUTE
    await of.minutes(3, { [sg]: 'ddu' })
    const during = await outsider(of).get('/status/pay')
    expect(during.text).toContain('Maintenance is under way')
    expect(during.text).toMatch(/Checkout<\/h3><span class="word maintenance">Maintenance/)
    expect(during.text).toMatch(/In progress/)
  })

  it('announces work that a command has planned as well, and no silence', async () => {
    const of = world()
    await of.minutes(3, { [sg]: 'uuu' })
    const quiet = {
      id: 'quiet',
      startsAt: of.now,
      endsAt: at('04:00'),
      by: 'lin',
      comment: 'swap disks',
      changedAt: of.now,
    }
    const matchers = [[{ name: 'component', is: '=~' as const, value: 'pay/(web|api)' }]]
    await keepSilence({ ...quiet, matchers }, of.io())
    expect((await outsider(of).get('/status/pay')).text).not.toContain('Planned maintenance')

    await keepSilence({ ...quiet, id: 'work', matchers, startsAt: at('03:00'), maintenance: true }, of.io())
    of.now += MINUTE
    const before = await outsider(of).get('/status/pay')
    expect(before.text).toMatch(/Planned maintenance<\/h2>.*Checkout.*Planned<\/span>.*03:00.*04:00/s)
    expect(before.text).not.toContain('swap disks')

    of.now = at('03:20')
    await of.minutes(3, { [sg]: 'ddu' })
    const during = await outsider(of).get('/status/pay')
    expect(during.text).toContain('Maintenance is under way')
    expect(during.text).toMatch(/Checkout<\/h3><span class="word maintenance">Maintenance/)
  })
})

describe('its reader', () => {
  it('is kept the page for some seconds, by whoever stands between, and loads nothing of ours', async () => {
    const of = world()
    await of.minutes(3, { [sg]: 'uuu' })
    const reader = outsider(of)
    const { answer, text } = await reader.get('/status/pay')
    expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=15/)
    expect(answer.headers.get('vary')).toContain('accept-language')
    expect(answer.headers.getSetCookie()).toEqual([])
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? ''
    const digest = createHash('sha256').update(style).digest('base64')
    expect(answer.headers.get('content-security-policy')).toContain(`style-src 'sha256-${digest}'`)
    expect(text).not.toMatch(/<script|<link rel="stylesheet|style="/)
    const again = await reader.get('/status/pay', { 'if-none-match': answer.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)

    const { now } = of
    await of.minutes(3, { [sg]: 'ddd' })
    const later = of.now
    of.now = now + 9_999
    expect((await reader.get('/status/pay')).text).toContain('All services are operational')
    of.now = later
    expect((await reader.get('/status/pay')).text).toContain('There is an outage')
  })

  it('is shown what was known while the tables do not answer, with its age; and told so where nothing is', async () => {
    const of = world()
    await of.minutes(3, { [sg]: 'uuu' })
    let isDown = false
    const io = () => {
      const whole = of.io()
      const fails = async () => Promise.reject(new Error('ProvisionedThroughputExceededException'))
      return isDown ? { ...whole, incidents: { ...whole.incidents, query: fails } } : whole
    }
    const reader = new Visitor(of, { access: 'closed', io: io as () => ReturnType<typeof of.io> })
    await reader.get('/status/pay')
    isDown = true
    of.now += 3 * MINUTE
    const old = await reader.get('/status/pay')
    expect(old.status).toBe(200)
    expect(old.text).toContain('The newest state can&#39;t be read at the moment')
    expect(JSON.parse((await reader.get('/status/pay.json')).text)).toMatchObject({ isOld: true })

    const fresh = new Visitor(of, { access: 'closed', io: io as () => ReturnType<typeof of.io> })
    const { status, answer } = await fresh.get('/status/pay')
    expect(status).toBe(503)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('retry-after')).toBe('30')
  })

  it.each([
    '/status',
    '/status/',
    '/status/nothing',
    '/status/pay/more',
    '/status/__proto__',
    '/status/pay.xml',
  ])('finds nothing at %s, and learns nothing by it', async (path) => {
    const { status, text } = await outsider(world()).get(path)
    expect(status).toBe(404)
    expect(text).toContain('There is no status page here')
  })

  it('cannot be made to run what somebody has written', async () => {
    const evil = `"><script>alert(1)</script>'&\u202E\u0007`
    const title = { zh: evil, en: evil }
    const of = world({ title, components: { checkout: { title, checks: ['pay/web'] } } })
    await tell(of, { text: { en: evil, zh: evil }, heading: { en: evil } })
    for (const path of ['pay', 'pay?lang=zh', 'pay.rss']) {
      const { text } = await outsider(of).get(`/status/${path}`)
      expect(text).not.toMatch(/<script/)
      expect(text).toContain('&lt;script&gt;')
    }
    const feed = await outsider(of).get('/status/pay.rss')
    expect(feed.text).not.toContain('\u0007')
    expect(feed.answer.headers.get('content-type')).toContain('application/rss+xml')
    expect((await outsider(of).get('/status/pay.json')).answer.headers.get('content-type')).toContain('json')
  })

  it('follows a feed with an item for each update, the newest first, whose links are whole', async () => {
    const of = world()
    await tell(of, { text: { en: 'We are looking.' } })
    of.now += MINUTE
    await tell(of, { text: { en: 'It works again.' }, state: 'resolved' })
    const { text } = await outsider(of).get('/status/pay.rss?lang=en')
    expect([...text.matchAll(/<item><title>(.*?)<\/title>/g)].map(([, title]) => title)).toEqual([
      'Checkout: partial outage — Resolved',
      'Checkout: partial outage — Investigating',
    ])
    expect(text).toContain('<link>https://console.example.com/status/pay#i1</link>')
    expect(new Set([...text.matchAll(/<guid[^>]*>(.*?)</g)].map(([, id]) => id)).size).toBe(2)
  })
})

describe('a page by token', () => {
  const env = { STATUS_TOKEN: TOKEN }
  const secret = () => world({ token: '${STATUS_TOKEN}' })

  it('is as if it were not for whoever lacks the token, and lets browsers in by a cookie that holds none', async () => {
    const of = secret()
    const reader = outsider(of, env)
    expect((await reader.get('/status/pay')).status).toBe(404)
    expect((await reader.get('/status/pay?token=wrong')).text).toBe((await reader.get('/status/nothing')).text)

    const entry = await reader.get(`/status/pay?token=${TOKEN}&lang=zh`, { accept: 'text/html' })
    expect(entry.status).toBe(303)
    expect(entry.answer.headers.get('location')).toBe('/status/pay?lang=zh')
    expect(entry.answer.headers.getSetCookie()[0]).toMatch(/^__Host-.*HttpOnly; Secure; SameSite=Lax/)
    expect(JSON.stringify([...reader.cookies])).not.toContain(TOKEN)
    const shown = await reader.get('/status/pay')
    expect(shown.status).toBe(200)
    expect(shown.text).not.toContain(TOKEN)
    expect(shown.answer.headers.get('cache-control')).toMatch(/^private/)
    expect(shown.answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('is told to be there neither by its languages nor by when guessing ends, nor by its subscriptions', async () => {
    const of = world({ token: '${STATUS_TOKEN}', languages: ['en'], subscribe: ['mail'] })
    const learns = async (slug: string) => {
      const reader = outsider(of, env)
      reader.headers = { 'accept-language': 'zh' }
      const seen = [await reader.get(`/status/${slug}`), await reader.get(`/status/${slug}/confirm?s=one&t=two`)]
      for (let guess = 0; guess < 22; guess++) seen.push(await reader.get(`/status/${slug}?token=${guess}`))
      for (const use of ['subscribe', 'confirm', 'leave'])
        for (let guess = 0; guess < 7; guess++)
          seen.push(await reader.post(`/status/${slug}/${use}`, { email: 'ann@example.com' }))
      return seen.map(({ status, text }) => ({ status, text }))
    }
    expect(await learns('pay')).toEqual(await learns('nothing'))
  })

  it('lets programs in by the address or as bearers', async () => {
    const reader = outsider(secret(), env)
    expect((await reader.get(`/status/pay.rss?token=${TOKEN}`)).status).toBe(200)
    expect((await reader.get('/status/pay.json', { authorization: `Bearer ${TOKEN}` })).status).toBe(200)
  })

  it('lets nobody in by a variable that is not set, and nobody guess', async () => {
    const unset = outsider(secret())
    expect((await unset.get(`/status/pay.json?token=${encodeURIComponent('${STATUS_TOKEN}')}`)).status).toBe(404)
    const guessing = outsider(secret(), env)
    const codes = []
    for (let guess = 0; guess < 22; guess++) codes.push((await guessing.get(`/status/pay?token=${guess}`)).status)
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 404))
    expect(codes.at(-1)).toBe(429)
    guessing.source = '198.51.100.1'
    expect((await guessing.get('/status/pay?token=wrong')).status).toBe(404)
  })
})
