import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contactsOf } from '../../cli/engine.ts'
import { feedPath } from '../../shared/oncall/feed-address.ts'
import { onCall } from '../../shared/oncall/on-call.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml, oncallYml } from './terminal.ts'

let stack: TestStack
beforeEach(async () => {
  stack = await startTestStack('local')
  stack.terminal.write('fenghuo.yml', fenghuoYml)
  stack.terminal.write('oncall.yml', oncallYml)
  await stack.terminal.run('apply', '--yes')
})
afterEach(() => stack.stop())

const run = (...args: string[]) => stack.terminal.run('override', ...args)
const stored = async (project: string) => (await contactsOf(stack.target).read(project))?.directory
const whoAt = async (time: string) => {
  const directory = await stored('pay')
  return directory && onCall(directory, 'sre', Date.parse(`${time}+08:00`)).contacts
}

describe('fenghuo override', () => {
  it('puts somebody on call in every project of the schedule, says from when, and is listed and taken away again', async () => {
    const { code, out, err } = await run('sre', 'spare', 'Mon 18:00', 'Tue 9:00', '--note', '林悦看病')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.split('\n')).toEqual([
      'id-1 sre spare 2026-11-23 18:00 – 2026-11-24 09:00 (pay, shop, fenghuo)',
      '  sre: from 2026-11-23 18:00 spare instead of wang',
    ])
    expect(await whoAt('2026-11-23T18:00')).toEqual(['spare'])
    expect((await stored('shop'))?.contacts.spare?.phone).toBe('+8613800000004')

    const listed = await run('ls')
    expect(listed.out.split('\n')).toEqual([
      'ID    WHAT AND WHEN                                  BY      NOTE      PROJECTS',
      'id-1  sre spare 2026-11-23 18:00 – 2026-11-24 09:00  ubuntu  林悦看病  pay, shop, fenghuo',
    ])
    expect((await run('rm', 'id-1')).out).toBe(
      'Taken away: sre spare 2026-11-23 18:00 – 2026-11-24 09:00 (pay, shop, fenghuo)',
    )
    expect(await whoAt('2026-11-23T18:00')).toEqual(['wang'])
    expect((await run('ls')).out).toBe('Nothing is otherwise than the rotations say.')
  })

  it.each([
    ['the command itself', ['sre', 'spare', 'now', '2026-12-01']],
    ['one below it', ['away', 'lin', 'now', '2026-12-01']],
  ])('a stack elsewhere is gone by the files that it was started with: %s', async (_, args) => {
    stack.terminal.write('own/fenghuo.yml', fenghuoYml)
    const data = join(stack.terminal.folder, 'elsewhere')
    const kept = readFileSync(join(stack.terminal.folder, '.fenghuo/stack.json'), 'utf8')
    const started = { ...JSON.parse(kept), config: join(stack.terminal.folder, 'own/fenghuo.yml') }
    stack.terminal.write('elsewhere/stack.json', JSON.stringify(started))
    stack.terminal.write('fenghuo.yml', fenghuoYml.replace(/^ {2}shop:/m, '  other:'))

    const { code, out } = await run(...args, '--data', data)
    expect(code).toBe(0)
    expect(out).toContain('(pay, shop, fenghuo)')
    const listed = JSON.parse((await run('ls', '--json', '--data', data)).out)
    expect(listed[0].projects).toEqual(['pay', 'shop', 'fenghuo'])
  })

  it('adds, takes off, swaps, stands in for one, and gives leave, at once', async () => {
    const kinds: [string[], string[]][] = [
      [
        ['sre', 'chen', 'now', 'Mon 10:00', '--add'],
        ['lin', 'chen'],
      ],
      [['sre', 'lin', 'now', 'Mon 10:00', '--remove'], ['wang']],
      [['sre', 'lin', 'now', 'Mon 10:00', '--swap', 'wang'], ['wang']],
      [['sre', 'spare', 'now', 'Mon 10:00', '--for', 'lin'], ['spare']],
      [['away', 'lin', 'now', '2026-12-01'], ['wang']],
    ]
    for (const [args, expected] of kinds) {
      const { code, out, err } = await run(...args)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(await whoAt('2026-11-22T02:13')).toEqual(expected)
      await run('rm', out.split(' ')[0] ?? '')
    }
  })

  it('says when whoever stands in is not reached, and when nobody’s turn changes', async () => {
    const far = ['2027-03-01 10:00', '2027-03-02 10:00']
    expect((await run('sre', 'spare', ...far)).out).toMatch(/\n {2}sre: from 2027-03-01 10:00 spare instead of \w+$/)
    expect(await run('sre', 'chen', 'now', 'Mon 10:00', '--json')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^warning: chen has no `phone`, and nothing else takes over: .* the step passes on$/),
    })
    expect(await run('sre', 'spare', 'Mon 10:00', 'Mon 12:00', '--for', 'lin')).toMatchObject({
      code: 0,
      err: 'warning: nobody’s turn changes by it: in that time sre has the same people without it, see bin/fenghuo.js oncall sre --week',
    })
    expect((await run('away', 'spare', 'now', 'Mon 10:00')).err).toBe('')
  })

  it('says it, too, of somebody whom only oncall.yml knows, and nothing anew of what is so already', async () => {
    const zhao = '  zhao: { name: 赵磊, email: zhao@example.com }\n'
    stack.terminal.write('oncall.yml', oncallYml.replace('schedules:', `${zhao}schedules:`))
    const asked = ['sre', 'zhao', 'now', 'Mon 10:00', '--json']
    expect((await run(...asked)).err).toMatch(/^warning: zhao has no `phone`, and nothing else takes over: /)
    expect(await run(...asked)).toMatchObject({ code: 0, err: '' })
  })

  it('refuses what nobody can mean', async () => {
    const mistakes: [string[], string][] = [
      [['sre', 'zhao', 'now', 'Mon 10:00'], 'no contact is named `zhao`'],
      [['dba', 'lin', 'now', 'Mon 10:00'], 'no schedule is named `dba`; there are: sre'],
      [['sre', 'chen', 'soon', 'Mon 10:00'], '"soon" is no time'],
      [['sre', 'chen', '2026-11-24', '2026-11-23'], 'it ends (2026-11-23 00:00) before it begins (2026-11-24 00:00)'],
      [['sre', 'chen', '2026-11-20', '2026-11-21'], 'it is over already (2026-11-21 00:00)'],
      [['sre', 'lin', 'now', 'Mon 10:00', '--swap', 'lin'], 'it names one person twice'],
      [['rm', '1f0c2a7e'], 'no override has the id 1f0c2a7e'],
    ]
    for (const [args, message] of mistakes) {
      const { code, err } = await run(...args)
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) })
    }
  })

  it('refuses what contradicts another, and takes the same one twice', async () => {
    await run('sre', 'chen', 'now', 'Mon 10:00')
    expect((await run('sre', 'spare', 'Sun 12:00', 'Tue 10:00')).err).toBe(
      'error: it contradicts sre chen 2026-11-22 02:13 – 2026-11-23 10:00: both stand in for the same turns: let one end before the other begins (bin/fenghuo.js override rm id-1 takes it away)',
    )
    expect((await run('away', 'chen', 'now', 'Mon 10:00')).code).toBe(2)
    expect(await run('sre', 'chen', 'now', 'Mon 10:00')).toEqual({
      code: 0,
      out: 'It is so already: sre chen 2026-11-22 02:13 – 2026-11-23 10:00.',
      err: '',
    })
    expect((await stored('pay'))?.overrides.filter(({ made }) => made)).toHaveLength(1)
  })

  it('is kept by apply, until it names somebody who has left: that is said', async () => {
    await run('sre', 'spare', 'Mon 18:00', 'Tue 9:00', '--as', 'lin')
    expect((await stack.terminal.run('apply', '--yes')).out).toMatch(/^No difference/)
    expect(await whoAt('2026-11-23T18:00')).toEqual(['spare'])

    stack.terminal.write('oncall.yml', oncallYml.replace(/ {2}spare.*\n/, ''))
    const { out } = await stack.terminal.run('apply', '--yes')
    expect(out).toContain(
      '  ! the override sre spare 2026-11-23 18:00 – 2026-11-24 09:00, made by lin, goes: oncall.yml has no spare\n',
    )
    expect(await whoAt('2026-11-23T18:00')).toEqual(['wang'])
  })

  it('that contradicts a new one of oncall.yml counts, and apply says so', async () => {
    await run('sre', 'spare', 'Mon 18:00', 'Tue 9:00')
    const line = '  - { schedule: sre, contact: chen, from: 2026-11-23 12:00, to: 2026-11-24 12:00 }\n'
    stack.terminal.write('oncall.yml', oncallYml + line)
    const { out } = await stack.terminal.run('apply', '--yes')
    expect(out).toContain('contradicts sre chen 2026-11-23 12:00 – 2026-11-24 12:00: bin/fenghuo.js override rm id-1')
    expect(await whoAt('2026-11-23T18:00')).toEqual(['spare'])
  })
})

it('calendar prints addresses of schedules and of contacts, good for the local stack', async () => {
  const { queues, tables } = JSON.parse(readFileSync(join(stack.terminal.folder, '.fenghuo/stack.json'), 'utf8'))
  const { AWS_ENDPOINT_URL_DYNAMODB: dynamodb, AWS_ENDPOINT_URL_SQS: sqs } = stack.target.env
  const running = {
    pid: process.pid,
    console: 'http://127.0.0.1:4700',
    region: 'ap-southeast-1',
    queues,
    tables,
    dynamodb,
    sqs,
  }
  stack.terminal.write('.fenghuo/stack.json', JSON.stringify(running))
  stack.terminal.write('.fenghuo/secret', 'local')
  const { code, out } = await stack.terminal.run('calendar', 'sre', 'lin')
  expect(code).toBe(0)
  expect(out.split('\n')).toEqual(
    ['sre', 'lin'].flatMap((name) => [
      `# ${name}`,
      `http://127.0.0.1:4700${feedPath({ project: 'pay', name }, 'local')}`,
    ]),
  )
  expect((await stack.terminal.run('calendar', 'dba')).err).toContain('no contact or schedule is named `dba`')
})
