import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf } from '../../cli/failure.ts'
import { table } from '../../cli/table.ts'
import { type Terminal, terminal } from './terminal.ts'

let here: Terminal
beforeEach(() => {
  here = terminal()
})
afterEach(() => here.remove())

const commands = [
  'validate',
  'check',
  'heartbeat',
  'apply',
  'preview',
  'route',
  'oncall',
  'override',
  'calendar',
  'doctor',
  'incidents',
  'ack',
  'resolve',
  'note',
  'send',
  'inbound',
  'replay',
  'page',
]

describe('the program', () => {
  it('says which version it is', async () => {
    expect(await here.run('--version')).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/), err: '' })
  })

  it('runs from anywhere by its path, be it a link', () => {
    const link = join(here.folder, 'fh')
    symlinkSync(fileURLToPath(new URL('../../bin/fenghuo.js', import.meta.url)), link)
    expect(execFileSync(link, ['--version'], { cwd: here.folder, encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('started by a Node that reads no TypeScript ends as its own one does, be that by a signal', () => {
    const started = fileURLToPath(new URL('../../bin/fenghuo.js', import.meta.url))
    const own = join(here.folder, 'node_modules/node/bin/node')
    here.write('bin/fenghuo.js', readFileSync(started, 'utf8'))
    here.write('package.json', '{ "type": "module" }')
    for (const [does, status] of [
      ['exit 2', 2],
      ['kill -TERM $$', 143],
    ] as const) {
      here.write('node_modules/node/bin/node', `#!/bin/sh\n${does}\n`)
      chmodSync(own, 0o755)
      const flags = ['--no-experimental-strip-types', join(here.folder, 'bin/fenghuo.js')]
      expect(spawnSync(process.execPath, flags).status, does).toBe(status)
    }
  })
})

describe('help', () => {
  it('lists every command and what exit codes mean', async () => {
    const { code, out } = await here.run('--help')
    expect(code).toBe(0)
    for (const name of [...commands, 'local', 'sms']) expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
    expect(out).toContain('Exit codes: 0 fine, 1 the answer is bad')
  })

  it.each([...commands, 'sms templates', 'contacts vcard'])('%s has an example', async (command) => {
    const { code, out } = await here.run(...command.split(' '), '--help')
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`Examples?:\\n  bin/fenghuo\\.js ${command}`))
  })

  it.each([
    { args: ['chek'], err: "error: unknown command 'chek'\n(Did you mean check?)", reason: 'an unknown command' },
    {
      args: ['check', '--jsn'],
      err: "error: unknown option '--jsn'\n(Did you mean --json?)",
      reason: 'an unknown option',
    },
    {
      args: ['ack'],
      err: "error: missing required argument 'number'\n(see bin/fenghuo.js ack --help)",
      reason: 'a missing argument',
    },
    {
      args: ['region', 'tell'],
      err: "error: unknown command 'tell'\n(see bin/fenghuo.js region --help)",
      reason: 'an unknown command where one goes without its name',
    },
    {
      args: ['region', 'show', 'sg'],
      err: "error: too many arguments for 'show'. Expected 0 arguments but got 1: sg.\n(see bin/fenghuo.js region show --help)",
      reason: 'an argument too many',
    },
    {
      args: ['region', 'take', '--language', 'zh'],
      err: '错误：必须写上选项：--stage <stage>\n（用法见 bin/fenghuo.js region take --help）',
      reason: 'a missing option',
    },
  ])('$reason is bad usage', async ({ args, err }) => {
    expect(await here.run(...args)).toEqual({ code: 2, out: '', err })
  })
})

describe('fenghuo sms templates', () => {
  it('prints what to submit', async () => {
    const { code, out } = await here.run('sms', 'templates', '--language', 'zh')
    expect(code).toBe(0)
    expect(out.split('\n').map((line) => line.split(/ +/).slice(0, 3).join(' '))).toEqual([
      'zh tencent-sms page',
      'zh tencent-sms resolved',
      'zh tencent-sms exhausted',
      'zh tencent-sms answer',
      'zh tencent-sms last-resort',
      'zh aliyun-sms page',
      'zh aliyun-sms resolved',
      'zh aliyun-sms exhausted',
      'zh aliyun-sms answer',
      'zh aliyun-sms last-resort',
    ])
    expect(out).toContain('值班告警{1}号：{2}项目的{3}处于{4}状态，始于{5}，影响{6}。正在呼叫{7}，请尽快认领。')
    const { 'aliyun-sms': named } = JSON.parse((await here.run('sms', 'templates', '--json')).out)
    expect(named.en['last-resort']).toContain('LAST RESORT: ${project}')
  })
})

describe('fenghuo voice templates', () => {
  it('prints what to submit for each route, with the menu of its own keys', async () => {
    const { out } = await here.run('voice', 'templates', '--language', 'en')
    expect(out).toMatch(/^en aliyun-ivr +page +.* Press 1 to take it, 9 to pass it on\.$/m)
    expect(out).toMatch(/^en aliyun-ivr +several +.* Press 1 to take all, 9 to pass them on\.$/m)
    expect(out).toMatch(/^en tencent-vms alert .* This call takes no keys\./m)
  })

  it('judges a text of somebody else', async () => {
    expect((await here.run('voice', 'templates', '--check', '告警${title}，${state}。')).code).toBe(2)
    expect((await here.run('voice', 'templates', '--check', '告警${title}现在${state}。')).code).toBe(0)
  })
})

describe('a failure', () => {
  const named = (name: string, message: string, more = {}) => Object.assign(new Error(message), { name, ...more })

  it.each([
    { error: named('CredentialsProviderError', 'Could not load'), says: 'no AWS credentials: set AWS_PROFILE' },
    { error: named('ExpiredTokenException', 'expired', { $metadata: {} }), says: 'the AWS credentials have expired' },
    { error: named('UnrecognizedClientException', 'x', { $metadata: {} }), says: 'does not accept the credentials' },
    {
      error: named('AccessDeniedException', 'no sqs:SendMessage', { $metadata: {} }),
      says: 'do not allow this (AccessDeniedException: no sqs:SendMessage)',
    },
    { error: named('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), says: 'no connection' },
    { error: named('AggregateError', '', { errors: [{ code: 'ECONNREFUSED' }] }), says: 'no connection' },
    {
      error: named('ValidationException', 'too\nlong', { $metadata: {} }),
      says: 'AWS refused: ValidationException: too long',
    },
  ])('of the world is one line: $error.name', ({ error, says }) => {
    const { code, message } = failureOf(error, 'en')
    expect(code).toBe(2)
    expect(message).toContain(says)
    expect(message).not.toContain('\n')
  })

  it('of ours keeps its stack', () => {
    expect(failureOf(new TypeError('x is undefined'), 'en').message).toMatch(
      /please report it\nTypeError: x is undefined\n +at /,
    )
  })
})

describe('a table', () => {
  it('lines up Chinese and Latin, and lets nobody move the cursor', () => {
    const rows = [
      ['收银台', '1'],
      ['a\u001b[2J\nb', '2'],
    ]
    expect(table(['NAME', 'N'], rows).split('\n')).toEqual(['NAME     N', '收银台   1', 'a [2J b  2'])
  })
})
