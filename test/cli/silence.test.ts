import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Incident } from '../../shared/incidents/incident.ts'
import { page } from './paging.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml, terminal } from './terminal.ts'

let stack: TestStack
/** The clock stands while a program runs. */
const untilEnded = (_: number, ended?: AbortSignal) =>
  new Promise<void>((_done, fail) => ended?.addEventListener('abort', () => fail(ended.reason)))
beforeAll(async () => {
  stack = await startTestStack('local', { run: () => expect.fail('nothing runs'), wait: untilEnded })
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

  it.each([
    ['project=shp', 'no project is named `shp` (did you mean `shop`?); there are: pay, shop'],
    ['severity=critcal', 'no severity is named `critcal` (did you mean `critical`?); there are: critical, error'],
    ['projekt=shop', '`projekt` is taken for a label (did you mean `project`?)'],
    ['project=fenghuo', ''],
    ['project=~s.*', ''],
    ['team=pay', ''],
    ['product=shop', ''],
    ['resource=db-1', ''],
  ])('add of %s says what is hardly meant', async (matcher, told) => {
    stack.terminal.write('fenghuo.yml', fenghuoYml)
    const { code, err, out } = await run('add', matcher, '--for', '2h', '--comment', 'x', '--json')
    expect([code, err]).toEqual([0, told === '' ? '' : expect.stringContaining(`warning: ${told}`)])
    await run('expire', JSON.parse(out).silence.id)
  })

  it('add goes by the configuration that is named', async () => {
    stack.terminal.write('fenghuo.yml', fenghuoYml)
    stack.terminal.write('other.yml', 'projects: { shp: {} }\n')
    const { code, err } = await run(...['add', 'project=shp', '--for', '2h', '--comment', 'x', '--config', 'other.yml'])
    expect([code, err]).toEqual([0, ''])
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

  it('-- runs a program meanwhile, whose arguments are its own', async () => {
    const ran: string[][] = []
    let meanwhile = ''
    const beside = terminal({ root: stack.terminal.folder, cwd: stack.terminal.folder })
    stack.terminal.io.run = async (command) => {
      ran.push(command)
      meanwhile = (await beside.run('silence', 'ls', '--json')).out
      return 3
    }
    const program = ['./deploy.sh', 'ENV=prod', '--language', 'zh', '--', '--for', '2h', '--password=secret']
    const { code, out, err } = await run('--for', '30m', here(), '--', ...program)
    beside.remove()

    expect([code, out, ran]).toEqual([3, '', [program]])
    const [{ id, comment, matchers, endsAt, startsAt }] = JSON.parse(meanwhile)
    expect({ comment, matchers, lasts: endsAt - startsAt }).toEqual({
      comment: './deploy.sh',
      matchers: [[{ name: 'project', is: '=', value: incident.project }]],
      lasts: 1_800_000,
    })
    expect(err.split('\n')).toEqual([
      `note: ${id} until 02:43: project=${incident.project}`,
      `note: Quiet at once: #${incident.number} ${incident.project} / 收银台`,
      `note: ${id} is over. What still burns pages now.`,
    ])
    expect((await run('ls')).out).not.toContain(id)
    stack.terminal.io.run = () => expect.fail('nothing runs')
  })

  it('alone shows its help', async () => {
    expect(await run()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^Usage: .* silence .*-- <program\.\.\.>/),
    })
    const { out } = await run('--help')
    for (const shown of ['--for <time>', 'extend [options] <id>', '-- ./deploy.sh']) expect(out).toContain(shown)
  })

  it.each([
    [
      ['project=a', '--for', '1h'],
      'say what to run: … -- ./deploy.sh, or silence what matches until a time: silence add',
    ],
    [['--for', '1h'], 'say what to run'],
    [['project=a', '--for', '1h', '--'], 'say what to run'],
    [['project=a', '--for', '1h', '--', ''], 'say what to run'],
    [['project=a', '--for', '1h', '--', 'TOKEN=x', './x'], 'there is no shell that sets variables'],
    [['--for', '1h', '--', './x'], 'say what it matches'],
    [['--for', '1h', '--yes', '--', './x'], 'say what it matches'],
    [['project=~.*', '--for', '1h', '--', './x'], 'it matches everything: nobody would be paged at all. Say --yes'],
    [['projct', '--for', '1h', '--', './x'], '"projct" is no matcher: write check=web'],
    [['project=a', '--', './x'], 'say how long: --for 2h'],
    [['project=a', '--fro', '1h', '--', './x'], "unknown option '--fro'\n(Did you mean --for?)"],
    [['exten', 'id-1', '--for', '1h', '--json'], "unknown command 'exten' (did you mean `extend`?)"],
    [['web', '--for', '1h'], "unknown command 'web'"],
    [['expire', 'id-1', '--', './x'], 'silence expire runs no program: leave out what begins with --, or `expire`'],
  ])('%j is refused, and nothing is silenced', async (args, told) => {
    const before = await run('ls', '--all')
    const { code, err } = await run(...args)
    expect([code, err]).toEqual([2, expect.stringContaining(`error: ${told}`)])
    expect(await run('ls', '--all')).toEqual(before)
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
    [
      ['add', 'check=~(a)\\1', '--for', '1h'],
      '"(a)\\1" is no regular expression: invalid escape sequence: \\1 (RE2 syntax',
    ],
    [
      ['add', 'check=~(?!web).*', '--for', '1h'],
      '"(?!web).*" is no regular expression: invalid or unsupported Perl syntax: (?! (RE2 syntax, without look-around and references; what is not to fit is a matcher of its own, with !~)',
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
    [['extend', 'id-none', '--for', '1h'], 'no silence has the id id-none: see bin/fenghuo.js silence ls'],
  ])('%j is refused', async (args, told) => {
    const comment = args[0] === 'extend' ? [] : ['--comment', 'x']
    const { code, err } = await run(...args, ...comment)
    expect([code, err]).toEqual([2, expect.stringContaining(`error: ${told}`)])
  })
})
