import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { splitCommand } from '../../cli/silence/matching.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { page } from './paging.ts'
import { startTestStack, type TestStack } from './stack.ts'

let stack: TestStack
const ran: string[][] = []
let during: (() => Promise<unknown>) | undefined
beforeAll(async () => {
  stack = await startTestStack('local', {
    run: async (command) => {
      ran.push(command)
      await during?.()
      return 3
    },
  })
})
afterAll(() => stack.stop())

let project = 0
let incident: Incident
beforeEach(async () => {
  incident = await page(stack, { project: `pay-${++project}` })
})
const run = (...args: string[]) => stack.terminal.run('silence', ...args)
const here = () => `project=pay-${project}`
const stepsOf = async () =>
  (await stack.drain('escalation')).map((message) => (message as { incident: string }).incident)

describe('fenghuo silence', () => {
  it('add silences at once what matches, and has it take its step', async () => {
    const made = await run('add', here(), 'severity=~crit.*', '--for', '2h', '--comment', 'upgrade', '--as', '林悦')

    expect(made).toEqual({
      code: 0,
      err: '',
      out: `id-1 until 04:13: project=pay-1 severity=~crit.*\nQuiet at once: #${incident.number} pay-1 / 收银台`,
    })
    expect(await stepsOf()).toEqual([`pay-1#1#${incident.groupKey}`])
    const { out } = await run('ls')
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^ID +MATCHES +FROM +UNTIL +BY +COMMENT +QUIET/),
      expect.stringMatching(/^id-1 +project=pay-1 severity=~crit\.\* +02:13 +04:13 +林悦 +upgrade/),
    ])
  })

  it('extend and expire change its end, and have what it kept quiet look again', async () => {
    const { out } = await run('add', here(), '--until', '03:00', '--comment', 'x', '--json')
    const { silence, incidents } = JSON.parse(out)
    expect(incidents).toEqual([incident.number])

    expect((await run('extend', silence.id, '--for', '30m')).out).toBe(`${silence.id} lasts until 03:30.`)
    expect((await run('expire', silence.id)).out).toBe(`${silence.id} is over. What still burns pages now.`)
    expect(await run('expire', silence.id)).toMatchObject({
      code: 2,
      err: `error: ${silence.id} is over already: add another one`,
    })
  })

  it('extend lets none last longer than it may, however often, nor end before it begins', async () => {
    const make = async (...when: string[]) =>
      JSON.parse((await run('add', here(), ...when, '--comment', 'x', '--json')).out).silence.id as string
    const long = await make('--for', '60d')
    expect(await run('extend', long, '--for', '31d')).toMatchObject({
      code: 2,
      err: expect.stringContaining('longer than 90 days'),
    })
    const coming = await make('--from', '2026-11-25 10:00', '--for', '1h')
    expect(await run('extend', coming, '--until', '2026-11-25 09:00')).toMatchObject({
      code: 2,
      err: expect.stringContaining('it would be over already'),
    })
    for (const id of [long, coming]) await run('expire', id)
  })

  it('add --incident silences what an incident is about', async () => {
    const { out } = await run('add', '--incident', String(incident.number), '--for', '1h', '--comment', 'x', '--json')

    expect(JSON.parse(out).silence.matchers).toEqual([
      [
        { name: 'project', is: '=', value: incident.project },
        { name: 'key', is: '=', value: incident.groupKey },
      ],
    ])
  })

  it('run silences while a command runs, and gives its exit code', async () => {
    let meanwhile = ''
    during = async () => {
      meanwhile = (await stack.terminal.run('silence', 'ls', '--json')).out
    }
    const { code } = await run('run', here(), '--for', '30m', '--comment', 'deploy', '--', './deploy.sh', '--fast')
    during = undefined

    expect([code, ran.at(-1)]).toEqual([3, ['./deploy.sh', '--fast']])
    expect(JSON.parse(meanwhile)).toContainEqual(expect.objectContaining({ comment: 'deploy' }))
    expect(JSON.parse((await run('ls', '--json')).out)).not.toContainEqual(
      expect.objectContaining({ comment: 'deploy' }),
    )
  })

  it('run is known by the program alone, whatever follows it, and says if it could not lift its silence', async () => {
    const place = join(stack.terminal.folder, '.fenghuo/stack.json')
    const known = readFileSync(place, 'utf8')
    during = async () => stack.terminal.write('.fenghuo/stack.json', '{}')
    const { code, err } = await run('run', here(), '--for', '30m', '--', './deploy.sh', '--password=secret')
    during = undefined
    stack.terminal.write('.fenghuo/stack.json', known)

    const [left] = JSON.parse((await run('ls', '--json')).out)
    expect(left).toMatchObject({ comment: './deploy.sh' })
    expect(code).toBe(3)
    expect(err).toMatch(new RegExp(`silence ${left.id} was not ended here: .* It is over at 02:43 at the latest`))
    await run('expire', left.id)
  })

  it('run says nothing of a silence that somebody has ended meanwhile', async () => {
    during = async () => {
      const [{ id }] = JSON.parse((await stack.terminal.run('silence', 'ls', '--json')).out)
      await stack.terminal.run('silence', 'expire', id)
    }
    expect(await run('run', here(), '--for', '30m', '--', './deploy.sh')).toMatchObject({ code: 3, err: '' })
    during = undefined
  })

  it.each([
    [['add', '--for', '1h'], 'say what it matches: project=pay check=web, with `or` between two groups'],
    [['add', 'project=a', 'or', '--for', '1h'], 'say what it matches'],
    [['add', 'web', '--for', '1h'], '"web" is no matcher: write check=web'],
    [['add', 'project=~(', '--for', '1h'], '"(" is no regular expression: missing closing )'],
    [
      ['add', 'project=~(a{99}){99}', '--for', '1h'],
      '"(a{99}){99}" is no regular expression: invalid repeat count: {99}',
    ],
    [['add', 'project=~.*', '--for', '1h'], 'it matches everything: nobody would be paged at all. Say --yes'],
    [['add', 'project!=', '--for', '1h'], 'it matches everything'],
    [['add', 'team=~a.*', 'or', 'team!~a.*', '--for', '1h'], 'it matches everything'],
    [['add', 'project=a'], 'say how long: --for 2h, or --until "Sat 18:00"'],
    [['add', 'project=a', '--for', '2'], '--for 2: write 30m, 2h or 1d'],
    [['add', 'project=a', '--until', 'later'], '--until later: write 18:00'],
    [['add', 'project=a', '--until', '2026-11-20 18:00'], 'it would be over already'],
    [['add', 'project=a', '--for', '91d'], 'it would last longer than 90 days'],
    [['add', 'project=a', '--incident', '1', '--for', '1h'], '--incident says what it matches'],
    [['run', 'project=a', '--for', '1h'], 'say what to run'],
    [['extend', 'id-none', '--for', '1h'], 'no silence has the id id-none: see bin/fenghuo.js silence ls'],
  ])('%j is refused', async (args, told) => {
    const comment = args[0] === 'extend' ? [] : ['--comment', 'x']
    const { code, err } = await run(...args, ...comment)
    expect([code, err]).toEqual([2, expect.stringContaining(`error: ${told}`)])
  })
})

it('a command begins with the first word that is no matcher', () => {
  expect(splitCommand(['a=b', 'or', 'c!=d', './x', 'e=f'])).toEqual({
    matchers: ['a=b', 'or', 'c!=d'],
    command: ['./x', 'e=f'],
  })
})
