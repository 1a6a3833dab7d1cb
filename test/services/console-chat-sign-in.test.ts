import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ConsoleDeps } from '../../services/console/deps.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { SignInVendors } from '../simulators/sign-in.ts'
import { ORIGIN, Visitor } from './console-visitor.ts'

const ways = {
  wecom: { corpId: 'ww1', agentId: 1000002, secret: 'wecom secret' },
  dingtalk: { clientId: 'ding1', clientSecret: 'dingtalk secret', corpId: 'corp1' },
  feishu: { appId: 'cli_1', appSecret: 'feishu secret', tenantKey: 'tenant1' },
}
type Way = keyof typeof ways

const who = ['wecom:LinYue', 'dingtalk:union-lin', 'feishu:*']

async function burning(settings: typeof ways = ways, contactOf?: ConsoleDeps['contactOf']) {
  const world = new PathWorld()
  world.directory = { ...directory, contacts: { ...directory.contacts, lin: { name: '林悦', wecom: 'LinYue' } } }
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  const vendors = new SignInVendors({ ...ways, redirectUri: (vendor) => `${ORIGIN}/sign-in/${vendor}/callback` })
  const access = { ...settings, access: [{ role: 'responder' as const, who }] }
  return {
    world,
    vendors,
    visitor: new Visitor(world, {
      access,
      fetch: vendors.fetch,
      io: () => ({ ...world.io(), token: randomUUID }),
      ...(contactOf && { contactOf }),
    }),
  }
}

async function signIn(visitor: Visitor, vendors: SignInVendors, way: Way, person: object, headers = {}) {
  const begun = await visitor.get(`/sign-in/${way}?back=/incidents/1001`, headers)
  const query = vendors.agree(begun.answer.headers.get('location') ?? '', { ...person })
  return visitor.get(`/sign-in/${way}/callback${query}`)
}

const known: [Way, object, string][] = [
  ['wecom', { userid: 'LinYue', user_ticket: 't' }, '林悦'],
  ['dingtalk', { corpId: 'corp1', nick: 'Lin', unionId: 'union-lin', openId: 'o' }, 'Lin'],
  ['feishu', { tenant_key: 'tenant1', union_id: 'on_1', open_id: 'ou_1', name: '小林' }, '小林'],
]

describe.each(known)('by %s', (way, person, name) => {
  it('whoever is known acts under their own name', async () => {
    const { world, vendors, visitor } = await burning()
    expect((await signIn(visitor, vendors, way, person)).answer.headers.get('location')).toBe('/incidents/1001')
    const page = await visitor.get('/incidents/1001')
    await visitor.press(page.text, '/incidents/1001', { do: 'acknowledge' })
    expect(world.incident()).toMatchObject({ status: 'acknowledged', acknowledged: { by: { name } } })
  })

  it('a code holds once, and a state for its own browser', async () => {
    const { vendors, visitor } = await burning()
    const begun = await visitor.get(`/sign-in/${way}`)
    const kept = new Map(visitor.cookies)
    const query = vendors.agree(begun.answer.headers.get('location') ?? '', { ...person })
    expect((await visitor.get(`/sign-in/${way}/callback${query.replace('state=', 'state=x')}`)).status).toBe(502)
    for (const [key, value] of kept) visitor.cookies.set(key, value)
    expect((await visitor.get(`/sign-in/${way}/callback${query}`)).status).toBe(303)
    for (const [key, value] of kept) visitor.cookies.set(key, value)
    expect((await visitor.get(`/sign-in/${way}/callback${query}`)).status).toBe(502)
  })
})

it.each<[string, Way, object]>([
  ['a customer of the company', 'wecom', { openid: 'o-1', external_userid: 'wm-1' }],
  ['somebody of a linked company', 'wecom', { userid: 'ww2/LinYue' }],
  ['somebody who chose another company', 'dingtalk', { corpId: 'corp2', nick: 'Eve', unionId: 'union-lin' }],
  ['somebody of another tenant', 'feishu', { tenant_key: 'tenant2', union_id: 'on_2', name: 'Eve' }],
])('%s is refused', async (_, way, person) => {
  const { vendors, visitor } = await burning()
  expect((await signIn(visitor, vendors, way, person)).status).toBe(502)
  expect((await visitor.get('/')).status).toBe(303)
})

it('people sign in while the table of contacts does not answer, by the name that their vendor knows', async () => {
  let isDown = true
  const { world, vendors, visitor } = await burning(ways, async () => {
    if (isDown) throw new Error('throttled')
    return { id: 'lin', name: '林悦' }
  })
  expect((await signIn(visitor, vendors, 'wecom', { userid: 'LinYue' })).status).toBe(303)
  const page = await visitor.get('/incidents/1001')
  expect(page.text).toContain('LinYue')
  isDown = false
  await visitor.press(page.text, '/incidents/1001', { do: 'acknowledge' })
  // Where two have to take it, nobody is two: their phone says the same contact.
  expect(world.incident()?.acknowledged?.by).toEqual({ contact: 'lin', name: '林悦' })
})

it('a member without a role sees nothing', async () => {
  const { vendors, visitor } = await burning()
  expect((await signIn(visitor, vendors, 'wecom', { userid: 'Eve' })).status).toBe(403)
  expect((await visitor.get('/')).status).toBe(303)
})

it("WeCom's own browser asks for no code to be scanned", async () => {
  const { vendors, visitor } = await burning()
  const headers = { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) wxwork/4.1.36 MicroMessenger/7.0.1' }
  const begun = await visitor.get('/sign-in/wecom', headers)
  const address = begun.answer.headers.get('location') ?? ''
  expect(address).toContain('https://open.weixin.qq.com/connect/oauth2/authorize?')
  const query = vendors.agree(address, { userid: 'LinYue' })
  expect((await visitor.get(`/sign-in/wecom/callback${query}`)).status).toBe(303)
})

it("WeCom's access token is asked for once", async () => {
  const { vendors, visitor } = await burning()
  await signIn(visitor, vendors, 'wecom', { userid: 'LinYue' })
  await signIn(visitor, vendors, 'wecom', { userid: 'LinYue' })
  expect(vendors.asked.filter((address) => address.endsWith('/gettoken'))).toHaveLength(1)
})

it('what a vendor refuses is told in the log by its own code, and to the person in words', async () => {
  const { world, vendors, visitor } = await burning({ ...ways, feishu: { ...ways.feishu, appSecret: 'wrong' } })
  const { status, text } = await signIn(visitor, vendors, 'feishu', { tenant_key: 'tenant1', union_id: 'on_1' })
  expect(status).toBe(502)
  expect(text).toContain('has not signed you in')
  expect(JSON.stringify(world.logged)).toContain('Feishu: no access_token (20002')
})

it.each(known)('a variable moves the address of %s', async (way, person) => {
  const { world, vendors } = await burning()
  const urls: string[] = []
  const visitor = new Visitor(world, {
    access: { ...ways, access: [{ role: 'viewer', who }] },
    io: () => ({ ...world.io(), token: randomUUID }),
    env: { [`FENGHUO_${way.toUpperCase()}_URL`]: 'https://proxy.example.com' },
    async fetch(url) {
      urls.push(url)
      throw new Error('refused')
    },
  })
  expect((await signIn(visitor, vendors, way, person)).status).toBe(502)
  expect(urls).toEqual([expect.stringMatching(/^https:\/\/proxy\.example\.com\//)])
})

it('the page of signing in offers what is configured', async () => {
  const { visitor } = await burning()
  const { text } = await visitor.get('/sign-in')
  expect([...text.matchAll(/href="\/sign-in\/(\w+)\?/g)].map(([, way]) => way)).toEqual(['wecom', 'dingtalk', 'feishu'])
  expect((await visitor.get('/sign-in/oidc')).status).toBe(303)
})
