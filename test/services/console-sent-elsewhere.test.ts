import { randomBytes } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import type { ConsoleDeps } from '../../services/console/deps.ts'
import { linksFor } from '../../shared/delivery/links.ts'
import { signInToken } from '../../shared/store/sign-in-links.ts'
import { breaksAgainFor } from '../engine/regions/beginnings.ts'
import { type Region, type Regions, twoRegions } from '../engine/regions/regions-world.ts'
import { ORIGIN, Visitor } from './console-visitor.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
})

/** Where a message that a region sends now leads to. */
function sentBy(region: Region, key = 'web'): string {
  const elsewhere = { own: region.name, bases: [] }
  const deps = { ...region.gateway(), consoleUrl: ORIGIN, linkBase: undefined, elsewhere }
  const { detail = '' } = linksFor(region.incident('pay', key), { contact: 'lin', channel: 'email' }, deps, region.io())
  return detail.slice(ORIGIN.length)
}

/** Opens a path at a region's console, and gives the page that it comes to. */
async function opened(path: string, at: Region, mounted: Partial<ConsoleDeps> = {}) {
  const visitor = new Visitor(at, mounted)
  const first = await visitor.get(path)
  const location = first.answer.headers.get('location')
  return location === null ? { ...first, path } : { ...(await visitor.get(location)), path: location }
}

it('a message leads to its incident at the console of whichever region is asked', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  const sent = sentBy(a)
  expect(a.incident().number).not.toBe(b.incident().number)

  for (const region of [a, b]) {
    const { status, path, text } = await opened(sent, region)
    expect(status).toBe(200)
    expect(path.split('?')[0]).toBe(`/incidents/${region.incident().number}`)
    expect(text).toContain(`#${region.incident().number}`)
  }
})

it('also of what that region was lost over before it said anything', async () => {
  a.cutFrom.add(b.name)
  await regions.alert('trigger')
  await regions.until('02:15:20')
  const sent = sentBy(a)
  a.state = 'dead'

  expect(b.incident().duty?.heard).toEqual({})
  expect((await opened(sent, b)).path).toBe(`/incidents/${b.incident().number}`)
})

it('of an earlier life to that life, when the next one burns', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  const [sent, number] = [sentBy(a), b.incident().number]
  await regions.alert('resolve')
  await regions.until('02:30')
  await regions.alert('trigger')
  await regions.until('02:31')

  expect(b.incident().number).not.toBe(number)
  expect((await opened(sent, b)).path).toBe(`/incidents/${number}`)
})

it('what it has not heard of it says so, and shows nothing of what is another', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  const [sent, number] = [sentBy(a), a.incident().number]
  await regions.alert('resolve')
  await regions.until('02:40')
  const fresh = (await twoRegions()).b
  const { status, text } = await opened(sent, fresh)

  expect(status).toBe(404)
  expect(text).toContain(`#${number} is an incident of ${a.name}`)
  expect(text).toContain(`This one, ${b.name}, has not heard of it`)
})

it.each([
  { key: 'web', role: 'viewer', projects: ['pay'], status: 303 },
  { key: '收'.repeat(255), role: 'viewer', projects: ['pay'], status: 303 },
  { key: 'web', role: 'viewer', projects: ['shop'], status: 404 },
] as const)('who signs in first comes to it all the same, with a role in its project: $status for $projects', async ({
  key,
  status,
  ...grant
}) => {
  await regions.alert('trigger', { dedupKey: key })
  await regions.until('02:16')
  const sent = sentBy(a, key)
  const io = () => ({ ...b.io(), token: () => randomBytes(16).toString('hex') })
  const access = { link: true as const, access: [{ ...grant, who: ['contact:lin'], projects: [...grant.projects] }] }
  const visitor = new Visitor(b, { io, access })
  const { answer } = await visitor.get(sent)
  const [, back = ''] = /^\/sign-in\?back=(.*)$/.exec(answer.headers.get('location') ?? '') ?? []
  await visitor.press((await visitor.get(`/sign-in/link?back=${back}`)).text, '/sign-in/link', { who: 'lin' })
  const letter = b.queue.map(({ message }) => message).find((one) => one.kind === 'letter')
  const id = letter?.content.code === 'sign-in' ? letter.content.id : ''
  const page = await visitor.get(`/sign-in/link/open?link=${signInToken(id, 'secret')}`)
  const signedIn = await visitor.press(page.text, '/sign-in/link/open', {})

  expect(signedIn.answer.headers.get('location')).toBe(sent)
  const led = await visitor.get(sent)
  expect(led.status).toBe(status)
  if (status === 303) expect(led.answer.headers.get('location')).toBe(`/incidents/${b.incident('pay', key).number}`)
  else expect(led.text).toContain('has not heard of it')
})

it.each([
  '',
  'none',
  Buffer.from('[1,2]').toString('base64url'),
  Buffer.from('["x","y",1]').toString('base64url'),
  // A region that is none: its name would be anybody's text on our page; and a key that is longer than any.
  Buffer.from('["pay#1#x","Call 555 0100",1]').toString('base64url'),
  Buffer.from(JSON.stringify([`pay#1#${'x'.repeat(3_000)}`, 'ap-southeast-1', 1])).toString('base64url'),
])('what no message says (%j) leaves the number as it is', async (of) => {
  await regions.alert('trigger')
  await regions.until('02:16')

  expect((await opened(`/incidents/${b.incident().number}?of=${of}`, b)).status).toBe(200)
})

it('leads there by what was known while the table does not answer, and to the page as it was', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  const sent = sentBy(a)
  const visitor = new Visitor(b)
  const there = `/incidents/${b.incident().number}`
  expect((await visitor.get(sent)).answer.headers.get('location')).toBe(there)
  expect((await visitor.get(there)).status).toBe(200)

  const failing = () => Promise.reject(new Error('throttled'))
  Object.assign(b.incidents, { query: failing, get: failing })
  expect((await visitor.get(sent)).answer.headers.get('location')).toBe(there)
  const old = await visitor.get(there)
  expect([old.status, old.text.includes('id="notice"')]).toEqual([200, true])
})

it('of what has broken again in that region alone no page shows what is over here', async () => {
  await breaksAgainFor(a, regions)
  const { status, text } = await opened(sentBy(a), b)

  expect([status, text.includes(`an incident of ${a.name}`)]).toEqual([404, true])
})
