import { expect, it } from 'vitest'
import { makeSilence } from '../../shared/engine/console/make-silence.ts'
import { twoRegions } from '../engine/regions/regions-world.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const INCIDENT = '/incidents/1001'

/** `web` of `pay` is down, and Lin has silenced it for an hour. */
async function silenced(): Promise<{ world: PathWorld; visitor: Visitor; path: string }> {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  const visitor = new Visitor(world)
  await visitor.press((await visitor.get(INCIDENT)).text, INCIDENT, { do: 'silence', contact: 'lin' })
  await world.settle()
  const path = /action="(\/silences\/[^"]+)"/.exec((await visitor.get('/silences')).text)?.[1] ?? ''
  return { world, visitor, path }
}

it('says when there is none, and how one is made', async () => {
  const { text } = await new Visitor(new PathWorld()).get('/silences')

  expect(text).toContain('No silences')
  expect(text).toContain('bin/fenghuo.js silence add')
})

it('shows what is quiet, for how long, and who wanted that', async () => {
  const { visitor } = await silenced()
  const { text } = await visitor.get('/silences')

  expect(text).toMatch(/active.*project=pay key=web.*made by 林悦.*Quiet now.*#1001/s)
})

it('says of one that it matches everything, in whatever words', async () => {
  const { world, visitor } = await silenced()
  expect((await visitor.get('/silences')).text).not.toContain('Matches everything')
  const matchers = [[{ name: 'team', is: '=', value: 'a' }], [{ name: 'team', is: '!=', value: 'a' }]] as const
  const made = { id: 'all', startsAt: world.now, endsAt: world.now + 60_000, by: 'lin', comment: 'x', changedAt: 1 }
  await makeSilence({ ...made, matchers: matchers.map((group) => [...group]) }, world.io())
  expect((await visitor.get('/silences')).text).toContain('Matches everything: nobody is paged at all')
})

it('says of which region it could not be told', async () => {
  const { regions, a, b } = await twoRegions()
  await regions.alert('trigger')
  await regions.until('02:15:10')
  const visitor = new Visitor(a, { io: () => ({ ...a.io(), peers: a.peers }) })
  regions.cut()
  const { number } = a.incident()
  const path = `/incidents/${number}`
  const form = (await visitor.get(path)).text
  const done = await visitor.press(form, path, { do: 'silence', contact: 'lin' })
  const missed = `${b.name} could not be told, and follows within a minute of being reached.`
  expect(done.answer.headers.get('location')).toContain(`done=silenced&of=${number}&missed=${b.name}`)
  expect((await visitor.get(done.answer.headers.get('location') ?? '')).text).toContain(missed)
  expect((await visitor.get(`${path}?done=silenced&of=${number}&missed=<b>x`)).text).not.toContain('could not be told')

  const end = /action="(\/silences\/[^"]+)"/.exec((await visitor.get('/silences')).text)?.[1] ?? ''
  const ended = await visitor.press((await visitor.get('/silences')).text, end, {})
  expect((await visitor.get(ended.answer.headers.get('location') ?? '')).text).toContain(missed)
})

it('ends one, what still burns pages, and the second is told that it was over', async () => {
  const { world, visitor, path } = await silenced()
  const { text } = await visitor.get('/silences')
  const done = await visitor.press(text, path, {})
  expect([done.status, done.answer.headers.get('location')]).toEqual([303, '/silences?done=silence-ended'])
  await world.settle()
  expect(world.incident()?.escalation.phase).toBe('layer')

  const again = await visitor.press(text, path, {})
  expect(again.status).toBe(409)
  expect(again.text).toContain('It was over already')
  expect(again.text).toMatch(/over<\/span>/)
})

it.each([
  ['another site', {}, { 'sec-fetch-site': 'cross-site' }],
  ['a form of another page', { t: 'of another day' }, {}],
])('ends none for %s', async (_, fields, headers) => {
  const { world, visitor, path } = await silenced()
  const { status } = await visitor.press(
    (await visitor.get('/silences')).text,
    path,
    fields as Record<string, string>,
    headers,
  )
  await world.settle()

  expect(status).toBe(403)
  expect(world.incident()?.escalation.phase).toBe('paused')
})

it('ends none for the token of another silence', async () => {
  const { world, visitor } = await silenced()
  const { text } = await visitor.get('/silences')
  const token = /name="t" value="([^"]+)"/.exec(text)?.[1] ?? ''

  expect((await visitor.post('/silences/another', { t: token })).status).toBe(403)
  expect(world.incident()?.escalation.phase).toBe('paused')
})

it('ends one for whoever has never looked at another page', async () => {
  const { world, path } = await silenced()
  const visitor = new Visitor(world)
  const done = await visitor.press((await visitor.get('/silences')).text, path, {})

  expect(done.status).toBe(303)
})

it('shows those that were known while the table does not answer, and from when that is', async () => {
  const { world, visitor } = await silenced()
  await visitor.get('/silences')
  const failing = () => Promise.reject(new Error('throttled'))
  Object.assign(world.incidents, { query: failing, get: failing, listed: failing })
  const { status, text } = await visitor.get('/silences')

  expect([status, text.includes('#1001'), text.includes('The tables do not answer: this is as of')]).toEqual([
    200,
    true,
    true,
  ])
})

it('shows the maintenance windows of the configuration with their next time, and whether they count', async () => {
  const world = new PathWorld()
  const match = [[{ name: 'project', is: '=' as const, value: 'pay' }]]
  world.config.maintenance = {
    weekly: { match, when: { during: ['Mon 02:00-04:00'] }, timezone: 'Asia/Shanghai' },
  }
  const before = (await new Visitor(world).get('/silences')).text
  expect(before).toMatch(
    /No silences.*Maintenance windows of fenghuo\.yml.*to come.*weekly.*project=pay.*Mon 02:00-04:00 \(Asia\/Shanghai\)/s,
  )

  world.config.maintenance.move = {
    ...{ match, timezone: 'Asia/Shanghai' },
    when: { from: '2026-11-22 02:00', to: '2026-11-22 04:00' },
  }
  const during = (await new Visitor(world).get('/silences')).text
  expect(during).toMatch(/active<\/span>.*move.*until <time/s)
  expect(during).not.toContain('No silences')
})

it('names the end of planned work what it is', async () => {
  const { world, visitor } = await silenced()
  const matchers = [[{ name: 'key', is: '=' as const, value: 'db' }]]
  const made = { id: 'work', matchers, startsAt: world.now, endsAt: world.now + 60_000, changedAt: world.now }
  await makeSilence({ ...made, by: 'lin', comment: 'swap disks', maintenance: true }, world.io())
  const { text } = await visitor.get('/silences')
  expect(text).toMatch(/maintenance<\/span>.*swap disks.*End the maintenance.*End the silence/s)
})
