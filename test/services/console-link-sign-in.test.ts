import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import type { CompiledGrant } from '../../shared/contracts/compiled-config.ts'
import { signInToken } from '../../shared/store/sign-in-links.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const lin = { name: '林悦', phone: '+8613800000001', email: 'Lin@Example.com' }
const tan = { name: 'Tan Wei', email: 'team@example.com' }
const twin = { name: '王磊', email: 'team@example.com' }
const grants: CompiledGrant[] = [{ role: 'responder', who: ['contact:lin', 'contact:wang'] }]

function consoleOf(access: Access = { link: true, access: grants }) {
  const world = new PathWorld()
  world.directory = { ...directory, contacts: { lin, tan, wang: twin } }
  const token = () => randomBytes(16).toString('hex')
  const table = { isDown: false }
  const people = async () => {
    if (table.isDown) throw new Error('throttled')
    return world.directory ?? directory
  }
  const browser = () => new Visitor(world, { access, directory: people, io: () => ({ ...world.io(), token }) })
  const ask = async (who: string, visitor = browser(), back = '/') => {
    const page = (await visitor.get(`/sign-in/link?back=${back}`)).text
    return visitor.press(page, '/sign-in/link', { who })
  }
  /** The letters that were sent on, those to nobody included. */
  const letters = () =>
    world.queue.flatMap(({ message }) =>
      message.kind === 'letter' && message.content.code === 'sign-in' ? [{ ...message, id: message.content.id }] : [],
    )
  const link = (index = -1) => `/sign-in/link/open?link=${signInToken(letters().at(index)?.id ?? '', 'secret')}`
  const open = async (visitor: Visitor, at = link()) =>
    visitor.press((await visitor.get(at)).text, '/sign-in/link/open', {})
  return { world, table, browser, ask, letters, link, open }
}

it('a contact names themselves, and the button behind the link signs them in where it is opened', async () => {
  const { browser, ask, letters, open } = consoleOf()
  const start = await browser().get('/sign-in?back=/oncall')
  expect(start.text).toContain('href="/sign-in/link?back=%2Foncall"')
  const asked = await ask('林悦', browser(), '/oncall')
  expect([asked.status, asked.text.includes('If the rota has somebody of that name')]).toEqual([200, true])
  expect(letters()).toMatchObject([
    { project: 'pay', contact: 'lin', url: 'https://console.example.com/sign-in/link/open' },
  ])

  const phone = browser()
  const { answer } = await open(phone)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/oncall'])
  const page = await phone.get('/')
  expect([page.status, page.text.includes('林悦')]).toEqual([200, true])
})

it.each(['lin', 'LIN', '林悦', ' lin@example.com '])('%j is who that contact is', async (who) => {
  const { ask, letters } = consoleOf()
  await ask(who)
  expect(letters().map(({ contact }) => contact)).toEqual(['lin'])
})

it('only a press spends a link: a chat may look at it as often as it likes', async () => {
  const { browser, ask, open, link } = consoleOf()
  await ask('lin')
  for (let look = 0; look < 3; look++) expect((await browser().get(link())).status).toBe(200)
  expect((await open(browser())).status).toBe(303)
})

it('a link is spent once, by one of two at once, and holds for ten minutes', async () => {
  const { world, browser, ask, open, link } = consoleOf()
  await ask('lin')
  const both = await Promise.all([open(browser()), open(browser())])
  expect(both.map(({ status }) => status).sort()).toEqual([303, 403])
  expect((await open(browser())).text).toContain('This link was used already, or is too old')

  await ask('lin')
  world.now += 600_000
  expect((await open(browser())).status).toBe(403)
  expect((await open(browser(), '/sign-in/link/open?link=AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(403)
  expect(link()).toMatch(/link=[\w-]{22}$/)
})

it('nobody can tell whether there is such a contact: the answer, what is kept and what is sent on are alike', async () => {
  const { world, ask, letters, open, browser } = consoleOf()
  const known = await ask('lin')
  const rows = world.incidents.rows.size
  const unknown = await ask('zhao')
  const shared = await ask('team@example.com')
  const same = (text: string) => text.replace(/value="[^"]*"/g, '')
  expect([same(unknown.text), same(shared.text)]).toEqual([same(known.text), same(known.text)])
  expect(letters().map(({ contact }) => contact)).toEqual(['lin', '-', '-'])
  expect(world.incidents.rows.size).toBeGreaterThan(rows)
  expect((await open(browser())).status).toBe(403)
})

it('nobody can tell by how long it takes: a table is asked for the same, in the same order', async () => {
  const { world, ask } = consoleOf()
  let asked: string[] = []
  for (const act of ['get', 'count', 'putIfVersion'] as const) {
    const real = world.incidents[act].bind(world.incidents) as (...args: unknown[]) => Promise<never>
    world.incidents[act] = (...args: unknown[]) => {
      asked.push(act)
      return real(...args)
    }
  }
  const actsOf = async (who: string) => {
    asked = []
    await ask(who)
    return asked
  }
  expect(await actsOf('lin')).toEqual(await actsOf('zhao'))
})

it('neither a queue nor a table can be read for a way in', async () => {
  const { world, ask, letters, link } = consoleOf()
  await ask('lin')
  const token = link().split('link=')[1] ?? ''
  expect(JSON.stringify([letters(), [...world.incidents.rows], world.logged])).not.toContain(token)
})

it('one contact gets three links in ten minutes and twelve a day, and nobody who asks is told that there are no more', async () => {
  const { world, browser, ask, letters } = consoleOf()
  const from = (source: string) => Object.assign(browser(), { source })
  for (let ten = 0; ten < 8; ten++) {
    for (let time = 0; time < 5; time++)
      expect((await ask('lin', from(`203.0.113.${ten * 5 + time}`))).status).toBe(200)
    world.now += 600_000
  }
  expect(letters()).toHaveLength(12)
  for (let time = 0; time < 5; time++) expect((await ask('zhao')).status).toBe(200)
  expect(letters().slice(12)).toMatchObject([{ contact: '-' }, { contact: '-' }, { contact: '-' }])
  world.now += 86_400_000
  await ask('lin')
  expect(letters().at(-1)).toMatchObject({ contact: 'lin' })
})

it('strangers who ask in somebody’s name keep nobody out who has signed in from where they are', async () => {
  const { world, browser, ask, letters, open } = consoleOf()
  const home = () => Object.assign(browser(), { source: '198.51.100.20' })
  await ask('lin', home())
  expect((await open(home())).status).toBe(303)
  for (let ten = 0; ten < 6; ten++) {
    world.now += 600_000
    for (let time = 0; time < 3; time++) await ask('lin', Object.assign(browser(), { source: `203.0.113.${ten}` }))
  }
  const before = letters().length
  await ask('lin', Object.assign(browser(), { source: '203.0.113.99' }))
  expect(letters()).toHaveLength(before)
  await ask('lin', home())
  expect(letters()).toHaveLength(before + 1)
  expect((await open(home())).status).toBe(303)
})

it('whoever has signed in before in a browser gets links there from a network that is new to them, whatever strangers use up', async () => {
  const { world, browser, ask, letters, open } = consoleOf()
  const phone = Object.assign(browser(), { source: '198.51.100.20' })
  await ask('lin', phone)
  await open(phone)
  phone.cookies.delete('__Host-fenghuo-person')
  phone.source = '203.0.113.99'
  for (let ten = 0; ten < 6; ten++) {
    world.now += 600_000
    for (let time = 0; time < 3; time++) await ask('lin', Object.assign(browser(), { source: `203.0.113.${ten}` }))
  }
  // All that come by the address where the phone is now.
  for (let time = 0; time < 21; time++) await ask(`name-${time}`, Object.assign(browser(), { source: phone.source }))
  const before = letters().length
  expect((await ask('lin', phone)).status).toBe(200)
  expect(letters()).toHaveLength(before + 1)
  expect((await open(phone)).status).toBe(303)

  // It is for who has signed in there alone, five after each time; and nobody makes it.
  await ask('王磊', phone)
  for (let time = 0; time < 9; time++) await ask('lin', phone)
  const of = (contact: string) =>
    letters()
      .slice(before)
      .filter((letter) => letter.contact === contact)
  expect([of('wang').length, of('lin').length]).toEqual([1, 6])
  const forged = Object.assign(browser(), { source: '203.0.113.98' })
  const [name, value = ''] = [...phone.cookies].find(([one]) => one.endsWith('-known')) ?? []
  forged.cookies.set(String(name), `${value.slice(0, -3)}AAA`)
  await ask('lin', forged)
  expect(of('lin')).toHaveLength(6)
})

it('names that nobody has take no link from anybody, and fill no queue; what is kept is the same when that is full', async () => {
  const { world, browser, ask, letters } = consoleOf()
  for (let stranger = 0; stranger < 120; stranger++)
    await ask(`nobody-${stranger}`, Object.assign(browser(), { source: `203.0.113.${stranger}` }))
  expect(letters()).toHaveLength(100)
  expect([...world.incidents.rows.keys()].filter((key) => key.startsWith('sign-in#'))).toHaveLength(120)
  expect((await ask('lin')).status).toBe(200)
  expect(letters().at(-1)).toMatchObject({ contact: 'lin' })
})

it('one source gets twenty in ten minutes: then it is told so, and others are not', async () => {
  const { world, browser, ask } = consoleOf()
  for (let time = 0; time < 20; time++) expect((await ask(`name-${time}`)).status).toBe(200)
  const more = await ask('lin')
  expect([more.status, more.text.includes('Too many links'), more.text.includes('value="lin"')]).toEqual([
    429,
    true,
    true,
  ])
  expect((await ask('lin', Object.assign(browser(), { source: '198.51.100.20' }))).status).toBe(200)
  world.now += 600_000
  expect((await ask('lin')).status).toBe(200)
})

it('whoever changes the language of a link’s page still has the link', async () => {
  const { browser, ask, link, open } = consoleOf()
  await ask('lin', browser(), '/oncall')
  const phone = browser()
  const change = /href="(\/language\?[^"]*)"/.exec((await phone.get(link())).text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const { answer } = await phone.get(change)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, link()])
  expect((await open(phone)).answer.headers.get('location')).toBe('/oncall')

  const visitor = browser()
  const asked = await visitor.press((await visitor.get('/sign-in/link?back=/oncall')).text, '/sign-in/link', {
    who: 'lin',
  })
  expect(asked.text).toContain(`&amp;back=${encodeURIComponent('/sign-in/link?back=%2Foncall')}"`)
})

it('a link is of one contact, also where another has the same mail address', async () => {
  const { browser, ask, open } = consoleOf()
  await ask('王磊')
  const phone = browser()
  expect((await open(phone)).status).toBe(303)
  expect((await phone.get('/')).text).toContain('王磊')
})

it('a table that does not answer costs nobody their link', async () => {
  const { table, browser, ask, open } = consoleOf()
  await ask('lin')
  table.isDown = true
  expect((await open(browser())).status).toBe(503)
  table.isDown = false
  expect((await open(browser())).status).toBe(303)
})

it('no stranger fills a table with the page that a link is to lead to', async () => {
  const { world, browser, ask, open } = consoleOf()
  await ask('lin', browser(), `/${'x'.repeat(5_000)}`)
  expect(JSON.stringify([...world.incidents.rows])).not.toContain('x'.repeat(600))
  expect((await open(browser())).answer.headers.get('location')).toBe('/')
})

it('who has no role, or has left, is not let in', async () => {
  const { world, browser, ask, open } = consoleOf()
  await ask('tan')
  const refused = await open(browser())
  expect([refused.status, refused.text.includes('Tan Wei has no role')]).toEqual([403, true])
  await ask('lin')
  world.directory = { ...directory, contacts: { tan } }
  expect((await open(browser())).status).toBe(403)
})

it('forms are taken from our own page alone, and spend nothing otherwise', async () => {
  const { browser, ask, open, link, letters } = consoleOf()
  const visitor = browser()
  const page = (await visitor.get('/sign-in/link')).text
  const elsewhere = await visitor.press(page, '/sign-in/link', { who: 'lin' }, { 'sec-fetch-site': 'cross-site' })
  const forged = await visitor.post('/sign-in/link', { who: 'lin', t: 'x' })
  expect([elsewhere.status, forged.status, letters()]).toEqual([403, 403, []])
  await ask('lin')
  const opening = browser()
  const button = (await opening.get(link())).text
  expect((await opening.press(button, '/sign-in/link/open', { t: 'x' })).status).toBe(403)
  expect((await open(browser())).status).toBe(303)
})

it('is there only where it is configured, and what fails says so', async () => {
  const oidc = { issuer: 'https://idp.example.com', clientId: 'fenghuo', groups: 'groups' }
  const without = consoleOf({ oidc, access: grants }).browser()
  expect((await without.get('/sign-in')).text).not.toContain('/sign-in/link')
  expect((await without.get('/sign-in/link')).status).toBe(303)

  const { world, ask } = consoleOf()
  world.directory = undefined
  const fail = () => Promise.reject(new Error('throttled'))
  world.incidents.putIfVersion = fail
  const { status, text } = await ask('lin')
  expect([status, text.includes('No link can be sent now'), text.includes('value="lin"')]).toEqual([503, true, true])
})

it('a link says whose it is before it is pressed, and one of nobody says nothing', async () => {
  const { table, browser, ask, link } = consoleOf()
  await ask('lin')
  expect((await browser().get(link())).text).toContain('This is the link of 林悦')
  table.isDown = true
  expect(await browser().get(link())).toMatchObject({ status: 200, text: expect.not.stringContaining('link of') })
  table.isDown = false
  await ask('zhao')
  expect((await browser().get(link())).text).not.toContain('link of')
})
