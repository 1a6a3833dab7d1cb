import { expect, it } from 'vitest'
import { readSilences } from '../../shared/store/silences.ts'
import { serveConsole } from './served-console.ts'

const match = [[{ name: 'project', is: '=' as const, value: 'pay' }]]

/** A console of a world with a weekly window, and `web` of `pay`, which is down; a token that may respond in `pay`. */
async function working(role: 'viewer' | 'responder' = 'responder') {
  const served = await serveConsole(role)
  served.world.config.maintenance = {
    nightly: { match, when: { during: ['Sun 02:00-04:00'] }, timezone: 'Asia/Shanghai' },
  }
  return served
}

it('who has a token alone plans work once though an answer is lost, sees it beside what is configured, and ends it', async () => {
  const { here, world, lose } = await working()
  lose(1)
  const made = await here.run(
    ...['maintenance', 'add', '--project', 'pay', '--for', '2h', '--comment', 'upgrade', '--as', 'lin'],
  )
  expect(made).toMatchObject({ code: 0, err: '' })
  const id = made.out.split(' ')[0] ?? ''
  expect(await readSilences(world.io())).toMatchObject([
    { id, maintenance: true, by: '林悦', matchers: match, endsAt: world.now + 2 * 3_600_000 },
  ])
  const listed = (await here.run('maintenance', 'ls')).out.split('\n')
  expect(listed[1]).toMatch(new RegExp(`^${id} +project=pay .* 林悦 +upgrade`))
  expect(listed[2]).toMatch(/^nightly +project=pay .*fenghuo\.yml +Sun 02:00-04:00 \(Asia\/Shanghai\)/)
  const { planned, configured } = JSON.parse((await here.run('maintenance', 'ls', '--json')).out)
  expect([planned, configured]).toMatchObject([[{ id, maintenance: true }], [{ name: 'nightly' }]])

  expect((await here.run('maintenance', 'end', 'nightly')).err).toContain('stands in fenghuo.yml')
  expect((await here.run('maintenance', 'end', id)).out).toBe(`${id} is over. What still burns pages now.`)
  expect(await readSilences(world.io())).toMatchObject([{ id, maintenance: true, endsAt: world.now }])
  expect((await here.run('maintenance', 'ls')).out).not.toContain('upgrade')
})

it('nothing is planned for another project, nor by whoever may only look', async () => {
  const add = (project: string) => ['maintenance', 'add', '--project', project, '--for', '1h', '--comment', 'x']
  const { here, world } = await working()
  expect(await here.run(...add('shop'))).toMatchObject({ code: 2, err: expect.stringContaining('role') })
  const viewer = await working('viewer')
  expect(await viewer.here.run(...add('pay'))).toMatchObject({ code: 2, err: expect.stringContaining('role') })
  expect([await readSilences(world.io()), await readSilences(viewer.world.io())]).toEqual([[], []])
})

it('a silence is not ended as planned work is', async () => {
  const { here } = await working()
  const made = await here.run('silence', 'add', 'project=pay', '--for', '1h', '--comment', 'x', '--as', 'lin', '--json')
  const { id } = JSON.parse(made.out).silence
  expect((await here.run('maintenance', 'end', id)).err).toContain(`silence expire ${id}`)
})
