import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock } from './clock.ts'
import type { MessageEvent } from './messages.ts'
import { startWecomSimulator, type WecomMessage, type WecomSimulator } from './wecom-robot.ts'

const START = Date.parse('2026-11-21T03:00:00Z')
const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8')) as object
const text = (content: string) => ({ msgtype: 'text', text: { content } })
const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } })

let clock: ReturnType<typeof manualClock>
let robot: WecomSimulator
let told: MessageEvent<WecomMessage>[]
beforeEach(async () => {
  clock = manualClock(START)
  told = []
  robot = await startWecomSimulator({ keys: ['k1', 'k2'], now: clock.now, onEvent: (event) => told.push(event) })
})
afterEach(() => robot.close())

async function post(body: unknown, key = 'k1') {
  const answer = await fetch(`${robot.url}/cgi-bin/webhook/send?key=${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { errcode: number; errmsg: string }
}

describe('messages', () => {
  it('keeps what the group saw, and tells it', async () => {
    expect(await post(sample('wecom-robot-text'))).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await post(markdown('**down** <@LinYue>'), 'k2')).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await post(sample('wecom-robot-markdown'))).toMatchObject({ errcode: 0 })
    expect(await post(sample('wecom-robot-markdown-v2'))).toMatchObject({ errcode: 0 })
    expect(robot.received.slice(0, 2)).toEqual([
      {
        at: START,
        key: 'k1',
        msgtype: 'text',
        content: 'web-cpu-high ALARM',
        mentions: ['wangqing', '@all'],
        mentionedMobiles: ['13800001111', '@all'],
      },
      {
        at: START,
        key: 'k2',
        msgtype: 'markdown',
        content: '**down** <@LinYue>',
        mentions: ['LinYue'],
        mentionedMobiles: [],
      },
    ])
    expect(told.map(({ type }) => type)).toEqual(['message', 'message', 'message', 'message'])
  })

  it.each([
    ['text of 2048 bytes', text(`${'火'.repeat(682)}ab`), 0],
    ['text of 2049 bytes', text('火'.repeat(683)), 40058],
    ['markdown of 4096 bytes', markdown(`${'火'.repeat(1365)}a`), 0],
    ['markdown of 4098 bytes', markdown('火'.repeat(1366)), 40058],
    ['an empty text', text(' \n'), 44004],
    ['no JSON', '{', 40008],
    ['a JSON list', [], 40008],
    ['an unknown msgtype', { msgtype: 'voicemail', voicemail: {} }, 40008],
    ['no msgtype', { text: { content: 'x' } }, 40008],
    ['text without content', { msgtype: 'text', text: {} }, 40058],
    ['mentions in markdown', { msgtype: 'markdown', markdown: { content: 'x', mentioned_list: ['@all'] } }, 40058],
    ['a field nobody documents', { ...text('x'), safe: 0 }, 40058],
    ['a mobile that is a number', { msgtype: 'text', text: { content: 'x', mentioned_mobile_list: [138] } }, 40058],
  ])('%s', async (_what, body, errcode) => {
    expect((await post(body)).errcode).toBe(errcode)
    expect(robot.received).toHaveLength(errcode === 0 ? 1 : 0)
    expect(robot.refused.map((refusal) => refusal.code)).toEqual(errcode === 0 ? [] : [errcode])
  })

  it('knows its keys', async () => {
    expect(await post(text('x'), 'k3')).toEqual({ errcode: 93000, errmsg: 'invalid webhook url' })
  })

  it('is found at its own path only', async () => {
    const answers = [await fetch(robot.url), await fetch(`${robot.url}/cgi-bin/webhook/send?key=k1`)]
    expect(answers.map(({ status }) => status)).toEqual([404, 404])
  })
})

describe('20 messages a minute', () => {
  it('for each robot; a refused one does not count', async () => {
    for (let n = 0; n < 20; n++) {
      await post('{')
      expect((await post(text(`${n}`))).errcode).toBe(0)
    }
    expect((await post(text('21'))).errcode).toBe(45009)
    expect((await post(text('1'), 'k2')).errcode).toBe(0)
    clock.advance(59_999)
    expect((await post(text('21'))).errcode).toBe(45009)
    clock.advance(1)
    expect((await post(text('21'))).errcode).toBe(0)
  })
})

describe('planned failures', () => {
  it('come in order, once each, and only then the robot works again', async () => {
    robot.fail({ kind: 'rate-limit' }, { kind: 'error', code: -1, message: 'system busy' })
    expect((await post(text('x'))).errcode).toBe(45009)
    expect(await post(text('x'))).toEqual({ errcode: -1, errmsg: 'system busy' })
    expect(robot.received).toEqual([])
    expect((await post(text('x'))).errcode).toBe(0)
    expect(robot.failuresLeft).toBe(0)
  })

  const send = () =>
    fetch(`${robot.url}/cgi-bin/webhook/send?key=k1`, {
      method: 'POST',
      body: '{"msgtype":"text","text":{"content":"x"}}',
    })

  it.each([false, true])('http, garbage and reset; the message taken: %s', async (taken) => {
    robot.fail({ kind: 'http', status: 500, taken }, { kind: 'garbage', taken }, { kind: 'reset', taken })
    expect((await send()).status).toBe(500)
    const garbage = await send()
    expect([garbage.status, await garbage.text()]).toEqual([200, expect.stringContaining('<html>')])
    await expect(send()).rejects.toThrow('fetch failed')
    expect(robot.received).toHaveLength(taken ? 3 : 0)
    expect(robot.requests).toHaveLength(3)
  })

  it('a timeout drops the connection after its time, or when the simulator closes', async () => {
    robot.fail({ kind: 'timeout', ms: 10 }, { kind: 'timeout', taken: true })
    await expect(send()).rejects.toThrow('fetch failed')
    const hanging = expect(send()).rejects.toThrow('fetch failed')
    while (robot.received.length === 0) await new Promise(setImmediate)
    await robot.close()
    await hanging
  })

  it('answers take as long as they are told to', async () => {
    const slow = await startWecomSimulator({ keys: ['k1'], now: clock.now, latencyMs: 30 })
    const since = performance.now()
    await fetch(`${slow.url}/cgi-bin/webhook/send?key=k1`, { method: 'POST', body: JSON.stringify(text('x')) })
    expect(performance.now() - since).toBeGreaterThanOrEqual(29)
    await slow.close()
  })

  it('a taken port is said so', async () => {
    const port = Number(new URL(robot.url).port)
    await expect(startWecomSimulator({ keys: [], now: clock.now, port })).rejects.toThrow('EADDRINUSE')
  })
})
