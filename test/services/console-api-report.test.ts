import { expect, it } from 'vitest'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'
import { serveConsole } from './served-console.ts'
import { access, as, tokens } from './tokens-of-two.ts'

const bodyOf = ({ text }: { text: string }) => JSON.parse(text)

/** A night with one incident of each of two projects; somebody takes that of `pay` after a minute. */
async function night(world: PathWorld): Promise<void> {
  await world.alert('trigger', { title: '收银台' })
  await world.alert('trigger', { project: 'shop', dedupKey: 'home', title: 'Home' })
  await world.settle()
  world.now += 60_000
  await new Visitor(world).json('/api/v1/incidents/1001/actions', { do: 'acknowledge', as: 'lin' })
  await world.settle()
  world.now += 60_000
}

const reportSince = (world: PathWorld, ms: number, more = '') =>
  `/api/v1/report?since=${new Date(world.now - ms).toISOString()}${more}`

it('a time on call is reported to programs, of the projects that their token may read', async () => {
  const world = new PathWorld()
  await night(world)
  const program = new Visitor(world, { access })
  const own = bodyOf(await program.get(reportSince(world, 3_600_000), as(tokens.pay)))
  expect(own).toMatchObject({
    opened: { critical: 1 },
    open: 1,
    pages: 1,
    acknowledged: { count: 1, meanMs: 60_000, medianMs: 60_000 },
    noisiest: [{ project: 'pay', incidents: 1, pages: 1, nights: 1 }],
    whole: true,
  })
  expect(own.people).toContainEqual({ name: '林悦', pages: 1, nights: 1, calls: 1, taken: 1 })
  expect(own.people).toContainEqual({ name: 'Tan Wei', pages: 0, nights: 0, calls: 0, taken: 0 })
  const others = bodyOf(await program.get(reportSince(world, 3_600_000), as(tokens.shop)))
  expect(others.noisiest).toMatchObject([{ project: 'shop' }])
  expect(bodyOf(await program.get(reportSince(world, 30_000), as(tokens.pay)))).toMatchObject({ opened: {}, open: 1 })
  expect((await program.get(reportSince(world, 3_600_000, '&project=shop'), as(tokens.pay))).status).toBe(403)
})

it('a report of a project that is not there is refused, with those that the token may read', async () => {
  const { status, text } = await new Visitor(new PathWorld()).get(
    reportSince(new PathWorld(), 3_600_000, '&project=pai'),
  )
  expect([status, JSON.parse(text).error.message.en]).toEqual([
    404,
    'No project has this name; there are: pay, shop, fenghuo',
  ])
})

it('a report of what is to come, or is forgotten, is refused', async () => {
  const world = new PathWorld()
  for (const ms of [-60_000, 181 * 86_400_000])
    expect((await new Visitor(world).get(reportSince(world, ms))).text).toContain('bad-time')
})

it('the command reports by a console, with the silences and gaps ahead', async () => {
  const { world, here } = await serveConsole('responder')
  await night(world)
  await here.run('silence', 'add', 'project=pay', 'check=web', '--for', '1h', '--comment', 'deploy', '--as', 'lin')
  const { code, out, err } = await here.run('report', '--since', '1h')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/Incidents: CRITICAL 1; not over: 1/)
  expect(out).toMatch(/Time to acknowledge: mean 1 min, median 1 min \(of 1\)/)
  expect(out).toMatch(/林悦 +1 +1 +1 +1/)
  expect(out).toMatch(/Silence \w+ until .*: project=pay check=web \(林悦: deploy\)/)
  expect(out).not.toContain('Home')
  expect(JSON.parse((await here.run('report', '--json')).out)).toMatchObject({
    open: 1,
    silences: [{ comment: 'deploy' }],
  })
  expect((await here.run('report', '--project', 'shop')).err).toMatch(/^error: .*role does not allow/)
})
