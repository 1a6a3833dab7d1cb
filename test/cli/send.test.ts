import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { startOfTest } from './terminal.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local')
})
afterAll(() => stack.stop())

const alert = { action: 'trigger', dedupKey: 'k', project: 'pay', summary: 'checkout fails' }

describe('fenghuo send', () => {
  it('sends an alert of its flags, and says how to resolve it', async () => {
    const { code, out, err } = await stack.terminal.run(
      ...['send', '--project', 'pay', '--summary', 'checkout fails', '--severity', 'error', '--title', '收银台'],
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [sent] = (await stack.drain('events')) as { alerts: { dedupKey: string }[] }[]
    const dedupKey = sent?.alerts[0]?.dedupKey
    expect(sent).toEqual({
      v: 1,
      kind: 'alerts',
      alerts: [{ ...alert, dedupKey, severity: 'error', title: '收银台', source: 'fenghuo send' }],
    })
    expect(dedupKey).toMatch(/^cli:id-\d+$/)
    expect(out).toMatch(/^Sent to the events queue of the local stack: message [0-9a-f-]{36}\n/)
    expect(out).toContain(
      `\nWhen it is over: bin/fenghuo.js send --project pay --dedup-key ${dedupKey} --action resolve`,
    )
  })

  it('takes times as people write them', async () => {
    stack.terminal.write('event.json', JSON.stringify({ ...alert, at: '2026-11-22T02:13:00+08:00' }))
    expect(await stack.terminal.run('send', '--file', 'event.json')).toMatchObject({ code: 0 })
    expect(await stack.drain('events')).toMatchObject([{ alerts: [{ ...alert, at: startOfTest }] }])
  })

  it('resolves by the key alone', async () => {
    const { code, out } = await stack.terminal.run(
      'send',
      '--project',
      'pay',
      '--dedup-key',
      'k',
      '--action',
      'resolve',
    )
    expect(code).toBe(0)
    expect(out).not.toContain('When it is over')
    expect(await stack.drain('events')).toMatchObject([{ alerts: [{ action: 'resolve', dedupKey: 'k', summary: '' }] }])
  })

  it.each([
    {
      reason: 'an alert',
      body: alert,
      sent: { v: 1, kind: 'alerts', alerts: [{ ...alert, source: 'unknown', severity: 'critical' }] },
    },
    {
      reason: 'packed alerts',
      body: { v: 1, kind: 'alerts', alerts: [alert, { ...alert, dedupKey: 'l' }] },
      sent: { v: 1, kind: 'alerts', alerts: [{ dedupKey: 'k' }, { dedupKey: 'l' }] },
    },
    {
      reason: "the seed's message, as it is",
      body: { projectName: 'project1', message: 'x' },
      sent: { projectName: 'project1', message: 'x' },
    },
  ])('sends from a file: $reason', async ({ body, sent }) => {
    stack.terminal.write('event.json', JSON.stringify(body))
    const { code, out } = await stack.terminal.run('send', '--file', 'event.json', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ target: 'the local stack', messageId: expect.any(String) })
    const [message, ...more] = await stack.drain('events')
    expect(message).toMatchObject(sent)
    expect(more).toEqual([])
    // What is sent is what evaluate takes.
    await takeEvent(message, startOfTest, { checks: [], projects: {}, groups: {} }, stack.handed)
  })

  it('reads standard input where there is some', async () => {
    stack.terminal.io.readInput = async () => '{"projectName":"pay"}'
    for (const args of [['send'], ['send', '--file', '-']])
      expect(await stack.terminal.run(...args)).toMatchObject({ code: 0 })
    expect(await stack.drain('events')).toEqual([{ projectName: 'pay' }, { projectName: 'pay' }])
    stack.terminal.io.readInput = async () => '\n'
    expect(await stack.terminal.run('send')).toMatchObject({ code: 2, err: expect.stringContaining('what? Give') })
    delete stack.terminal.io.readInput
  })

  it.each([
    {
      reason: 'nothing',
      args: [],
      err: 'error: what? Give --project and --summary, or --file, or JSON on standard input',
    },
    { reason: 'no project', args: ['--summary', 'x'], err: 'error: --project is missing: whose alert is it?' },
    { reason: 'no summary', args: ['--project', 'pay'], err: 'error: --summary is missing: what is wrong?' },
    {
      reason: 'nothing to resolve',
      args: ['--project', 'pay', '--action', 'resolve'],
      err: 'error: --dedup-key is missing: what is it that you resolve?',
    },
    {
      reason: 'two sources',
      args: ['--project', 'pay', '--file', 'x'],
      err: 'error: give either --file or the flags of an alert',
    },
    {
      reason: 'a word of its own',
      args: ['--project', 'pay', '--severity', 'high'],
      err: /Allowed choices are critical/,
    },
    {
      reason: 'a title that no phone says',
      args: ['--project', 'pay', '--summary', 'x', '--title', 'pay.example.com'],
      err: "error: --title pay.example.com: a phone can't say it: at most 12 characters without a dot",
    },
    {
      reason: 'too long a project',
      args: ['--project', 'p'.repeat(65), '--summary', 'x'],
      err: /^error: the alert: 1 mistake, nothing was sent\n {2}project: /,
    },
    { reason: 'no file', args: ['--file', 'none.json'], err: 'error: none.json: there is no such file' },
    { reason: 'no JSON', file: '{', args: [], err: /^error: event\.json: is not JSON: / },
    { reason: 'a list', file: '[]', args: [], err: /^error: event\.json: should be one JSON object/ },
    {
      reason: 'several mistakes at once',
      file: JSON.stringify({ ...alert, severity: 'bad', links: [{ href: 'javascript:x' }] }),
      args: [],
      err: /2 mistakes, nothing was sent\n {2}severity: .*\n {2}links\.0\.href: /,
    },
    { reason: 'a probe report', file: '{"v":1,"kind":"report"}', args: [], err: /kind: .*"alerts"/ },
  ])('refuses $reason', async ({ args, file, err }) => {
    if (file) stack.terminal.write('event.json', file)
    const result = await stack.terminal.run('send', ...(file ? ['--file', 'event.json'] : args))
    expect(result).toMatchObject({ code: 2, out: '' })
    expect(result.err).toMatch(err)
    expect(await stack.drain('events')).toEqual([])
  })
})
