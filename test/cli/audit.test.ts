import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { audited } from '../../cli/audited.ts'
import { contactsOf, incidentsOf } from '../../cli/engine.ts'
import { findTargets } from '../../cli/every-region.ts'
import { CommandError } from '../../cli/failure.ts'
import { localCredentials } from '../../local/resources.ts'
import { type AuditEntry, readAudit } from '../../shared/store/audit.ts'
import { startAwsAccount } from '../simulators/aws-account.ts'
import { page } from './paging.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml, oncallYml } from './terminal.ts'

let stack: TestStack
beforeEach(async () => {
  stack = await startTestStack('prod')
  stack.terminal.write('fenghuo.yml', fenghuoYml)
  stack.terminal.write('oncall.yml', oncallYml)
})
afterEach(() => stack.stop())

const DAY = Date.parse('2026-11-21T00:00:00Z')
const deeds = async (): Promise<AuditEntry[]> =>
  (
    await readAudit(DAY, 100, {
      incidents: incidentsOf(stack.target),
      log: (entry) => expect.fail(JSON.stringify(entry)),
    })
  ).toReversed()
const run = (...args: string[]) => stack.terminal.run(...args, '--stage', 'prod')

describe('what is done on the command line', () => {
  it('is in the audit with who did it, from which machine, and what it changed: apply for each row', async () => {
    await run('apply', '--yes')
    const applied = await deeds()
    expect(applied.map(({ action, path, status }) => [action, path, status]).toSorted()).toEqual([
      ['apply', 'fenghuo', 200],
      ['apply', 'pay', 200],
      ['apply', 'shop', 200],
    ])
    expect(applied.find(({ path }) => path === 'pay')).toMatchObject({
      ...{ who: 'ubuntu', via: 'cli', from: 'ubuntu@laptop' },
      changes: expect.arrayContaining([expect.stringMatching(/^\+ contact lin: name 林悦, phone \*{4}0001/)]),
    })
    await run('apply', '--yes')
    expect(await deeds()).toHaveLength(3)
  })

  it.each([
    [
      'override',
      ['override', 'sre', 'spare', 'Mon 18:00', 'Tue 9:00', '--as', 'lin'],
      'lin',
      /^\+ \S+ sre spare 2026-11-23 18:00/,
    ],
    ['silence', ['silence', 'add', 'project=pay', '--for', '2h', '--comment', 'upgrade'], 'ubuntu', /^project=pay$/],
  ])('has an %s', async (action, args, who, change) => {
    await run('apply', '--yes')
    expect((await run(...args)).code).toBe(0)
    const entry = (await deeds()).find((one) => one.action === action)
    expect(entry).toMatchObject({ who, from: 'ubuntu@laptop', status: 200 })
    expect(entry?.changes?.[0]).toMatch(change)
  })

  it('has what is done to an incident, and what was refused as that', async () => {
    const { number } = await page(stack, { project: 'pay' })
    await run('ack', `${number}`)
    expect(await deeds()).toMatchObject([
      { action: 'acknowledge', path: `/incidents/${number}`, who: 'ubuntu', status: 200 },
    ])
    await run('apply', '--yes')
    expect((await run('override', 'sre', 'nobody', 'Mon 18:00', 'Tue 9:00')).code).toBe(2)
    expect((await deeds()).find(({ action }) => action === 'override')).toMatchObject({ status: 409 })
  })

  it('has whom AWS took it for, where it tells', async () => {
    const { io } = stack.terminal
    const account = await startAwsAccount({
      ...{ region: 'ap-southeast-1', functions: {}, quotas: [], metrics: {}, now: io.now },
      ...{ accessKeyId: localCredentials.accessKeyId, secretAccessKey: localCredentials.secretAccessKey },
    })
    onTestFinished(() => account.close())
    io.env.AWS_ENDPOINT_URL_STS = account.url
    await run('apply', '--yes')
    expect((await deeds())[0]).toMatchObject({ from: 'ubuntu@laptop, arn:aws:iam::123456789012:user/oncall' })
  })
})

it('has what outsiders are told, with the text, and what was refused as that', async () => {
  const status = 'status: { pay: { title: Example, components: { all: { title: All, checks: [pay] } } } }'
  stack.terminal.write('fenghuo.yml', `${fenghuoYml}\n${status}\n`)
  const { number } = await page(stack, { project: 'pay' })
  const tell = async (...args: string[]) => {
    stack.terminal.io.wait(1)
    return await run('status', ...args)
  }
  expect((await tell('post', `${number}`, 'We look into it', '--page', 'pay', '--components', 'all')).code).toBe(0)
  const words = ['--zh', '只读', '--en', 'Read-only', '--from', 'Sat 22:00', '--until', 'Sat 23:00', '--json']
  const { id } = JSON.parse((await tell('announce', 'pay', ...words)).out)
  expect((await tell('end', 'pay', id)).code).toBe(0)
  expect((await tell('end', 'pay', id)).code).toBe(2)
  const by = { who: 'ubuntu', via: 'cli', from: 'ubuntu@laptop' }
  expect((await deeds()).filter(({ action }) => action.startsWith('status'))).toMatchObject([
    { ...by, action: 'status post', path: `/incidents/${number}`, changes: ['We look into it'], status: 200 },
    { ...by, action: 'status announce', path: `/status/pay ${id}`, changes: ['只读', 'Read-only'], status: 200 },
    { ...by, action: 'status end', path: `/status/pay ${id}`, status: 200 },
    { ...by, action: 'status end', path: `/status/pay ${id}`, status: 409 },
  ])
})

describe('a command that dies', () => {
  const begin = (act: () => Promise<unknown>) => {
    const { io } = stack.terminal
    return audited({ action: 'apply', about: 'pay' }, findTargets({ stage: 'prod' }, io), io, act)
  }

  it('before it has done anything has done nothing that the audit does not know', async () => {
    let seen: AuditEntry[] = []
    await begin(async () => {
      seen = await deeds()
    })
    expect(seen).toMatchObject([{ action: 'apply', path: 'pay' }])
    expect(seen[0]).not.toHaveProperty('status')
  })

  it('after it has leaves one entry that says that it had begun', async () => {
    void begin(async () => {
      await contactsOf(stack.target).write('pay', { contacts: {}, schedules: {}, overrides: [] })
      return new Promise(() => {})
    })
    await expect.poll(() => contactsOf(stack.target).read('pay')).toBeDefined()
    expect((await deeds()).map(({ status }) => status)).toEqual([undefined])
  })

  it('or fails is one entry, with what became of it', async () => {
    await expect(begin(() => Promise.reject(new Error('throttled')))).rejects.toThrow('throttled')
    stack.terminal.io.wait(1)
    await expect(begin(() => Promise.reject(new CommandError({ en: 'nobody', zh: '没有' })))).rejects.toThrow('nobody')
    expect((await deeds()).map(({ status }) => status)).toEqual([500, 409])
  })
})

it('an audit that does not answer stops nobody, and is said', async () => {
  const { io } = stack.terminal
  const [target] = findTargets({ stage: 'prod' }, io)
  const lost = { ...target, tables: { ...target.tables, incidents: 'no-such-table' } }
  const said: string[] = []
  const done = await audited(
    { action: 'apply', about: 'pay' },
    [lost],
    { ...io, err: (line) => said.push(line) },
    async () => 1,
  )
  expect([done, said]).toEqual([1, [expect.stringMatching(/^warning: done, but the audit does not know of it: /)]])
})
