import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock } from './clock.ts'
import { type FeishuSimulator, startFeishuSimulator } from './feishu.ts'

const START = 1_795_230_185_000
const HOUR = 3_600_000
const secret = 'demo-secret'
const text = (content: string) => ({ msg_type: 'text', content: { text: content } })

let clock: ReturnType<typeof manualClock>
let bots: FeishuSimulator
beforeEach(async () => {
  clock = manualClock(START)
  const robots = [{ token: 'open' }, { token: 'signed', secret }, { token: 'keyed', keyword: '烽火' }]
  bots = await startFeishuSimulator({ robots, now: clock.now })
})
afterEach(() => bots.close())

async function post(token: string, body: unknown) {
  const url = `${bots.url}/open-apis/bot/v2/hook/${token}`
  const answer = await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
  return { status: answer.status, ...((await answer.json()) as { code: number; msg: string }) }
}

function signed(atMs: number, key = secret) {
  const timestamp = String(atMs / 1000)
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${key}`).digest('base64'), ...text('x') }
}

it.each<[what: string, token: string, body: unknown, code: number]>([
  ['a text', 'open', text('x'), 0],
  ['no such bot', 'none', text('x'), 19001],
  ['a signature', 'signed', signed(START), 0],
  ['no signature', 'signed', text('x'), 19021],
  ['a signature with another secret', 'signed', signed(START, 'other'), 19021],
  ['an hour old', 'signed', signed(START - HOUR), 0],
  ['over an hour old', 'signed', signed(START - HOUR - 1_000), 19021],
  ['over an hour early', 'signed', signed(START + HOUR + 1_000), 19021],
  ['a time in milliseconds', 'signed', signed(START * 1_000), 19021],
  ['without its keyword', 'keyed', text('x'), 19024],
  ['with its keyword', 'keyed', text('烽火 x'), 0],
  ['a body of 20 KB', 'open', text('x'.repeat(20 * 1024 - 41)), 0],
  ['a larger body', 'open', text('x'.repeat(20 * 1024 - 40)), 9499],
  ['no JSON', 'open', '{', 9499],
  ['an unknown type', 'open', { msg_type: 'image', content: { text: 'x' } }, 9499],
  ['an empty text', 'open', text(''), 9499],
  ['a field nobody documents', 'open', { ...text('x'), safe: 0 }, 9499],
])('%s', async (_what, token, body, code) => {
  expect(await post(token, body)).toMatchObject({ status: 200, code })
  expect(bots.received).toHaveLength(code === 0 ? 1 : 0)
  expect(bots.refused.map((refusal) => refusal.code)).toEqual(code === 0 ? [] : [code])
})

it('is found at its own path only, by a POST', async () => {
  expect((await fetch(bots.url, { method: 'POST' })).status).toBe(404)
  expect((await fetch(`${bots.url}/open-apis/bot/v2/hook/open`)).status).toBe(404)
})

describe('each bot may say', () => {
  it('five things in a second', async () => {
    for (let n = 0; n < 5; n++) expect((await post('open', text(`${n}`))).code).toBe(0)
    expect(await post('open', text('6'))).toMatchObject({ code: 11232, msg: 'frequency limited' })
    expect((await post('keyed', text('烽火'))).code).toBe(0)
    clock.advance(1_000)
    expect((await post('open', text('6'))).code).toBe(0)
  })

  it('a hundred in a minute', async () => {
    for (let n = 0; n < 100; n++) {
      clock.advance(200)
      expect((await post('open', text(`${n}`))).code).toBe(0)
    }
    clock.advance(200)
    expect((await post('open', text('101'))).code).toBe(11232)
  })
})
