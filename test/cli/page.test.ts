import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { startOfTest } from './terminal.ts'

let stack: TestStack
/** What happens elsewhere while the command waits, second by second. */
let seconds: (() => Promise<unknown>)[]
let now: number

beforeEach(async () => {
  now = startOfTest
  seconds = []
  stack = await startTestStack('local', {
    now: () => now,
    wait: async (ms) => {
      now += ms
      await seconds.shift()?.()
    },
  })
})
afterEach(() => stack.stop())

const of = { project: 'fenghuo', groupKey: 'test-page:id-1' }
const by = { contact: 'lin', name: '林悦' }

async function evaluate(): Promise<void> {
  for (const body of await stack.drain('events'))
    await takeEvent(body, now, { checks: [], projects: {}, groups: {} }, { ...stack.handed, now: () => now })
}

const acknowledge = () =>
  dispatchToIncident(
    of,
    { event: { type: 'acknowledge', generation: 1, via: 'phone', key: '1', by } },
    { ...stack.handed, now: () => now },
  )

describe('fenghuo page --test', () => {
  it('raises an alert that says it is a test, and tells how to end it', async () => {
    seconds = [evaluate]
    const { code, out, err } = await stack.terminal.run('page', '--test', '--json')
    expect(code).toBe(0)
    const { messageId, incident } = JSON.parse(out)
    expect(incident).toMatchObject({
      id: 'fenghuo#1#test-page:id-1',
      number: 1001,
      title: '测试 Test',
      severity: 'critical',
      summary: '测试告警，并无故障，请认领。Test page by ubuntu: nothing is broken, please acknowledge it.',
    })
    expect(err.split('\n')).toEqual([
      `sent to the events queue of the local stack: message ${messageId}`,
      '#1001 is open. When the phone rings, press the key that it names, or: bin/fenghuo.js ack 1001',
      'when you are done: bin/fenghuo.js resolve 1001',
    ])
  })

  it('--wait tells what happens until somebody presses 1', async () => {
    seconds = [evaluate, async () => {}, acknowledge]
    const { code, out } = await stack.terminal.run('page', '--test', '--wait')
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      '02:13:01  Opened, CRITICAL: 测试告警，并无故障，请认领。Test page by ubuntu: nothing is broken, please acknowledge it. (from fenghuo page --test)',
      '02:13:03  林悦 has it (pressed 1 on the phone)',
      '#1001 was acknowledged: 林悦, 02:13 (pressed 1 on the phone)',
    ])
  })

  it('--wait gives up when its time is up', async () => {
    seconds = [evaluate]
    const { code, out } = await stack.terminal.run('page', '--test', '--wait', '5s')
    expect(code).toBe(1)
    expect(out).toMatch(/#1001: nobody has answered so far$/)
    expect(now).toBe(startOfTest + 7_000)
  })

  it('says when nothing opens', async () => {
    const { code, err } = await stack.terminal.run('page', '--test')
    expect(code).toBe(2)
    expect(err).toContain('error: no incident after 30 s: does evaluate run, and is it healthy?')
  })

  it.each([
    { args: ['page'], err: 'error: phones will ring: say --test.', reason: 'phones ring only when that is meant' },
    { args: ['page', '--test', '--wait', 'long'], err: 'should be a time such as 90s or 10m.', reason: 'no time' },
  ])('refuses: $reason', async ({ args, err }) => {
    const result = await stack.terminal.run(...args)
    expect(result).toMatchObject({ code: 2, out: '' })
    expect(result.err).toContain(err)
    expect(await stack.drain('events')).toEqual([])
  })
})
