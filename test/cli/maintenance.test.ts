import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml } from './terminal.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local', { run: () => expect.fail('nothing runs') })
  stack.terminal.write(
    'fenghuo.yml',
    `${fenghuoYml}\nmaintenance:\n  nightly: { match: [project=shop], during: "Sun 02:00-04:00" }\n`,
  )
})
afterAll(() => stack.stop())
const run = (...args: string[]) => stack.terminal.run('maintenance', ...args)

it('is planned for a project, listed beside what is configured, and ended', async () => {
  const made = await run('add', '--project', 'shop', '--for', '2h', '--comment', 'upgrade', '--as', 'lin')
  expect(made).toMatchObject({ code: 0, err: '' })
  const id = made.out.split(' ')[0] ?? ''
  expect(made.out).toMatch(/^\S+ from 02:13 until 04:13: project=shop/)
  const listed = (await run('ls')).out.split('\n')
  expect(listed[1]).toMatch(new RegExp(`^${id} +project=shop +02:13 +04:13 +lin +upgrade`))
  expect(listed[2]).toMatch(/^nightly +project=shop .*fenghuo\.yml +Sun 02:00-04:00/)
  expect((await stack.terminal.run('silence', 'ls')).out).toContain('maintenance: upgrade')

  expect(await run('end', id)).toMatchObject({ code: 0, out: `${id} is over. What still burns pages now.` })
  expect((await run('ls')).out).not.toContain('upgrade')
  expect((await run('end', 'nightly')).err).toContain('stands in fenghuo.yml')
  expect((await run('end', 'nope')).err).toContain('no maintenance has the id nope')
})

it.each([
  [['--project', 'shop'], 'say how long'],
  [['--project', 'shop', '--from', '2026-12-05 18:00', '--to', '2026-12-05 17:00'], 'before it begins'],
  [['--project', 'shop', '--from', '2020-12-05 18:00', '--for', '1h'], 'is past'],
  [['--project', 'shp', '--for', '1h'], 'did you mean `shop`'],
  [['--check', 'shop/wbe', '--for', '1h'], 'there is no such check'],
  [['check=~.*', '--for', '1h'], 'matches everything'],
  [['--for', '1h'], 'say what is worked on'],
  [['--project', 'shop', '--for', '91d'], 'longer than 90 days'],
])('add %j is refused', async (args, why) => {
  const { code, err } = await run('add', ...args, '--comment', 'x')
  expect(code).not.toBe(0)
  expect(err).toContain(why)
})
