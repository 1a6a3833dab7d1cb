import { describe, expect, it } from 'vitest'
import { type Access, sessionOf } from '../../services/console/access/admission.ts'
import { linkRoutes } from '../../services/console/access/link.tsx'
import { signInRoutes } from '../../services/console/access/sign-in.tsx'
import { signOutRoutes } from '../../services/console/access/sign-out.tsx'
import { consoleApp, rooms } from '../../services/console/app.tsx'
import { formToken } from '../../services/console/guard.ts'
import { statusRoutes } from '../../services/console/status.ts'
import { roles } from '../../shared/contracts/compiled-config.ts'
import { depsOf, Visitor } from './console-visitor.ts'
import { askers, OF_PAY, rolesWorld, turn } from './roles-world.ts'

type Role = (typeof roles)[number]

interface Asked {
  path: string
  /** What a form sends, beside its token. */
  form?: Record<string, string>
  /** Whose it is: of a project, so that a role there is enough; of all; of those who are known at all; of everybody; of programs. */
  of: 'project' | 'all' | 'known' | 'everybody' | 'programs'
  role?: Role
  /** How it answers whoever may, if not by 200. */
  answer?: number
  /** It answers where no access is configured, too. */
  closed?: true
  /** It is counted how often it is tried. */
  counts?: true
  /** What is not theirs is left out, and the page is there. */
  lists?: true
}

const override = { do: 'make', kind: 'add', schedule: 'secret_sre', who: 'tan', ...turn }

/** Each route that the console has for people, by its name there, and what is asked of it about `pay`. */
const asked: Record<string, Asked[]> = {
  'GET /': [{ path: '/', of: 'project', lists: true }],
  'GET /assets/:name': [{ path: '/assets/main-1.css', of: 'everybody', closed: true }],
  'GET /metrics': [{ path: '/metrics', of: 'programs' }],
  'GET /language': [{ path: '/language?to=en', of: 'everybody', answer: 303 }],
  'GET /not-me': [{ path: '/not-me', of: 'known', answer: 303 }],
  'GET /sign-in/': [{ path: '/sign-in', of: 'everybody' }],
  'GET /sign-in/:name{(?:oidc)}': [{ path: '/sign-in/oidc', of: 'everybody', answer: 502 }],
  'GET /sign-in/:name{(?:oidc)}/callback': [{ path: '/sign-in/oidc/callback?code=x', of: 'everybody', answer: 400 }],
  'POST /sign-out/': [{ path: '/sign-out', form: {}, of: 'everybody', answer: 303 }],
  'GET /sign-in/link/': [{ path: '/sign-in/link', of: 'everybody' }],
  'POST /sign-in/link/': [{ path: '/sign-in/link', form: { name: 'nobody' }, of: 'everybody', counts: true }],
  'GET /sign-in/link/open': [{ path: '/sign-in/link/open?t=x', of: 'everybody' }],
  'POST /sign-in/link/open': [{ path: '/sign-in/link/open?t=x', form: {}, of: 'everybody', answer: 403 }],
  'GET /incidents/:number{[0-9]+}': [{ path: '/incidents/1001', of: 'project' }],
  'GET /incidents/:number{[0-9]+}/:file{post-mortem\\.(?:md|json)}': [
    { path: '/incidents/1001/post-mortem.md', of: 'project' },
    { path: '/incidents/1001/post-mortem.json', of: 'project' },
  ],
  'POST /incidents/:number{[0-9]+}': [
    { path: '/incidents/1001', form: { do: 'acknowledge' }, of: 'project', role: 'responder', answer: 303 },
    { path: '/incidents/1001', form: { do: 'note', text: 'x' }, of: 'project', role: 'responder', answer: 303 },
  ],
  'GET /incidents/:number{[0-9]+}/outsiders/': [{ path: '/incidents/1001/outsiders', of: 'project' }],
  'POST /incidents/:number{[0-9]+}/outsiders/': [
    // No page shows what it is about.
    { path: '/incidents/1001/outsiders', form: { en: 'slow' }, of: 'project', role: 'responder', answer: 409 },
  ],
  'GET /incidents/:number{[0-9]+}/why/': [{ path: '/incidents/1001/why', of: 'project' }],
  'GET /silences/': [{ path: '/silences', of: 'all' }],
  'POST /silences/:id': [{ path: '/silences/s1', form: {}, of: 'all', role: 'responder', answer: 303 }],
  'GET /checks/': [{ path: '/checks', of: 'project', lists: true }],
  'GET /checks/kafka': [{ path: '/checks/kafka', of: 'project', lists: true }],
  'GET /checks/:id{.+}': [{ path: '/checks/pay/web', of: 'project' }],
  'GET /inbound/': [{ path: '/inbound', of: 'project', lists: true }],
  'GET /inbound/:project': [{ path: '/inbound/pay', of: 'project' }],
  'GET /inbound/:project/:format': [{ path: '/inbound/pay/grafana', of: 'project' }],
  'POST /inbound/:project/:format': [
    // Nobody is at the address that the test goes to.
    { path: '/inbound/pay/grafana', form: { key: 'k', sure: 'yes' }, of: 'project', role: 'responder', answer: 502 },
  ],
  'GET /system/': [{ path: '/system', of: 'all', answer: 303 }],
  'GET /system/queues': [{ path: '/system/queues', of: 'all' }],
  'GET /system/queues/:queue': [{ path: '/system/queues/events', of: 'all' }],
  'POST /system/queues/:queue': [
    { path: '/system/queues/events', form: { id: 'all' }, of: 'all', role: 'admin', answer: 409 },
  ],
  'GET /system/subscribers': [{ path: '/system/subscribers', of: 'all', role: 'responder' }],
  'POST /system/subscribers': [
    { path: '/system/subscribers', form: { page: 'pay', name: 'x' }, of: 'all', role: 'admin', answer: 409 },
  ],
  'GET /system/regions': [{ path: '/system/regions', of: 'all' }],
  'GET /system/audit': [{ path: '/system/audit', of: 'all', role: 'admin' }],
  'GET /oncall/': [{ path: '/oncall', of: 'project', lists: true }],
  'POST /oncall/': [
    { path: '/oncall', form: override, of: 'project', role: 'responder', answer: 303 },
    { path: '/oncall', form: { do: 'decline', id: 'w1' }, of: 'all', role: 'admin', answer: 303 },
  ],
  'GET /oncall/reach': [{ path: '/oncall/reach', of: 'all' }],
  'GET /status/:file': [{ path: '/status/example', of: 'everybody', closed: true }],
  'ALL /status/:slug/:use{subscribe|confirm|leave}': [
    { path: '/status/example/subscribe', of: 'everybody', closed: true },
    { path: '/status/example/confirm?s=x&t=y', of: 'everybody', answer: 404, closed: true },
  ],
  'ALL /status/*': [{ path: '/status/example/else', of: 'everybody', answer: 404, closed: true }],
}

const names = {
  style: 'main-1.css',
  script: 'main-1.js',
  icon: 'a.svg',
  chart: 'chart-1.js',
  chartStyle: 'chart-1.css',
}
const assets = { ...names, read: async () => ({ bytes: new Uint8Array() }) }

const SESSION = 'a-session'

/** What a sign-in is configured by; nobody is at its address. */
const ways = {
  oidc: { issuer: 'https://id.example.com', clientId: 'x', clientSecret: 'y', scopes: ['openid'] },
  link: true as const,
}
const grants = askers.map(({ grant }) => grant)
const access = { ...ways, access: grants } as unknown as Access

async function console(of: Access = access) {
  const { world, mounted, state } = await rolesWorld()
  world.config.status = {
    example: {
      title: { zh: '示例', en: 'Example' },
      languages: ['en'],
      subscribe: ['mail'],
      components: { one: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web'] } },
    },
  }
  const deps = { ...mounted, assets, access: of }
  const ask = (email: string | undefined, { path, form }: Asked) => {
    const browser = new Visitor(world, deps)
    const known = { id: `x#${email}`, name: 'Zoe', groups: [], email: email ?? '' }
    browser.cookies.set('__Host-fenghuo-session', SESSION)
    if (email !== undefined) browser.cookies.set('__Host-fenghuo-person', sessionOf(known, world.now, 'secret'))
    const t = formToken('secret', SESSION, path.replace(/\?.*/, ''))
    return form === undefined ? browser.get(path) : browser.post(path, { t, ...form })
  }
  return { ask, state, world, deps }
}

/** All that is asked of a route. */
const cases = Object.entries(asked).flatMap(([route, all]) =>
  all.map((one) => ({ ...one, route, what: `${route} ${JSON.stringify(one.form ?? '')}` })),
)

/** What was asked for is said back, or is where one comes back to. */
function without(text: string, { path, form = {} }: Asked): string {
  const said = [decodeURIComponent(path.split('/').slice(2).join('/')), form.schedule ?? ''].filter(Boolean)
  return said.reduce((rest, own) => rest.replaceAll(own, ''), text)
}

it('each route that the console has for people stands in the table, and no other', async () => {
  const { world, deps } = await console()
  const mounted = depsOf(world, deps)
  const jar = { name: (name: string) => name, options: () => ({}) }
  const doors: [string, { routes: { method: string; path: string }[] }][] = [
    ['/status', statusRoutes(mounted)],
    ['/sign-in', signInRoutes(mounted, access as Exclude<Access, string>, jar)],
    ['/sign-in/link', linkRoutes(mounted, access as Exclude<Access, string>, jar)],
    ['/sign-out', signOutRoutes(mounted, jar)],
    ...(await Promise.all(Object.entries(rooms).map(async ([path, load]) => [path, await load(mounted)] as never))),
  ]
  const own = consoleApp(mounted).routes.filter(({ path }) => path !== '/*' && path !== '/api/v1/*')
  const named = ({ method, path }: { method: string; path: string }, before = '') => `${method} ${before}${path}`
  const behind = doors.flatMap(([at, room]) => room.routes.map((route) => named(route, at)))
  const inFront = own.map((route) => named(route)).filter((name) => !doors.some(([at]) => name === `ALL ${at}/*`))
  const all = [...inFront, ...behind]
    // What stands before others has no answer of its own.
    .filter((name) => !['ALL /metrics', 'ALL /sign-in/:name/*', 'ALL /sign-in/link/*'].includes(name))
  expect([...new Set(all)].toSorted()).toEqual(Object.keys(asked).toSorted())
})

describe.each(askers)('a person who is $role of $of', ({ role, of, email }) => {
  it.each(cases)('is answered what is for them by $what', async (one) => {
    const { ask, state } = await console()
    const before = state()
    const { status, text } = await ask(email, one)
    const hasRole = roles.indexOf(role) >= roles.indexOf(one.role ?? 'viewer')
    const isTheirs = { project: of !== 'shop', all: of === 'all', programs: of === 'all', known: true, everybody: true }
    const may = one.of === 'everybody' || (hasRole && isTheirs[one.of])

    if (may || one.lists) expect([status, text.slice(0, 500)]).toEqual([one.answer ?? 200, expect.anything()])
    else expect([403, 404, ...(one.form === undefined ? [] : [400, 409])]).toContain(status)
    if (of === 'shop') expect(without(text, one)).not.toMatch(OF_PAY)
    if (!may || one.form === undefined) expect(state()).toBe(before)
  })
})

describe('nobody', () => {
  it.each(cases)('learns and changes nothing by $what', async (one) => {
    const { ask, state } = await console()
    const before = state()
    const { status, text, answer } = await ask(undefined, one)

    if (one.of === 'everybody') expect([one.path, status]).toEqual([one.path, one.answer ?? 200])
    else if (one.of === 'programs' || one.form !== undefined) expect(status).toBe(401)
    else expect([status, answer.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/sign-in\?back=/)])
    expect(without(text, one)).not.toMatch(OF_PAY)
    if (!one.counts) expect(state()).toBe(before)
  })

  it.each(cases)('is answered by status pages alone where no access is configured: $what', async (one) => {
    const { ask, state } = await console('closed')
    const before = state()
    const { status, text } = await ask('admin-of-all@example.com', one)

    expect(status).toBe(one.closed ? (one.answer ?? 200) : 404)
    expect(without(text, one)).not.toMatch(OF_PAY)
    expect(state()).toBe(before)
  })
})
