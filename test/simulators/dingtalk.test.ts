import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock } from './clock.ts'
import { type DingtalkSimulator, dingtalkSign, startDingtalkSimulator } from './dingtalk.ts'

const START = 1_795_230_185_000
const HOUR = 3_600_000
const sample = (name: string) => JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8'))
const vector = sample('robot-sign-vectors.selfcomputed').dingtalk
const text = (content: string) => ({ msgtype: 'text', text: { content } })
const markdown = (words: string, atMobiles: string[] = []) => ({
  msgtype: 'markdown',
  markdown: { title: 'title', text: words },
  at: { atMobiles },
})

let clock: ReturnType<typeof manualClock>
let robot: DingtalkSimulator
beforeEach(async () => {
  clock = manualClock(START)
  robot = await startDingtalkSimulator({
    robots: [{ token: 'signed', secret: vector.secret }, { token: 'keyed', keyword: '烽火' }, { token: 'open' }],
    now: clock.now,
  })
})
afterEach(() => robot.close())

async function post(query: Record<string, string>, body: unknown, contentType = 'application/json; charset=utf-8') {
  const answer = await fetch(`${robot.url}/robot/send?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { errcode: number; errmsg: string }
}
const open = { access_token: 'open' }
const signed = (timestamp: string, sign = dingtalkSign(timestamp, vector.secret)) => ({
  access_token: 'signed',
  timestamp,
  sign,
})

describe('security', () => {
  it('takes the signature of the vector, as it stands in a query', async () => {
    const query = `access_token=signed&timestamp=${vector.timestampMs}&sign=${vector.signQuery}`
    const answer = await fetch(`${robot.url}/robot/send?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(text('x')),
    })
    expect(await answer.json()).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(dingtalkSign(vector.timestampMs, vector.secret)).toBe(vector.signBase64)
  })

  it.each([
    ['no such robot', { access_token: 'none' }, 300001, 'token is not exist'],
    ['no signature', { access_token: 'signed' }, 310000, 'invalid timestamp'],
    ['another signature', signed(`${START}`, vector.signBase64.replace('R', 'S')), 310000, 'sign not match'],
    ['an empty signature', signed(`${START}`, ''), 310000, 'sign not match'],
    ['a timestamp in seconds', signed(`${START / 1000}`), 310000, 'invalid timestamp'],
    ['an hour old', signed(`${START - HOUR}`), 0, 'ok'],
    ['over an hour old', signed(`${START - HOUR - 1}`), 310000, 'invalid timestamp'],
    ['over an hour early', signed(`${START + HOUR + 1}`), 310000, 'invalid timestamp'],
    ['without its keyword', { access_token: 'keyed' }, 310000, 'keywords not in content'],
  ])('%s', async (_what, query, errcode, errmsg) => {
    expect(await post(query, text('x'))).toEqual({ errcode, errmsg })
    expect(robot.received).toHaveLength(errcode === 0 ? 1 : 0)
  })

  it('finds the keyword in the text or the title', async () => {
    expect((await post({ access_token: 'keyed' }, text('烽火 x'))).errcode).toBe(0)
    const titled = { msgtype: 'markdown', markdown: { title: '烽火', text: 'x' } }
    expect((await post({ access_token: 'keyed' }, titled)).errcode).toBe(0)
  })
})

describe('messages', () => {
  it('keeps what the group saw', async () => {
    for (const name of ['dingtalk-markdown', 'dingtalk-text', 'dingtalk-actioncard']) {
      expect((await post(open, sample(name))).errcode).toBe(0)
    }
    expect(robot.received[0]).toEqual({
      at: START,
      token: 'open',
      msgtype: 'markdown',
      title: 'web-cpu-high',
      text: '#### web-cpu-high\n> 97% @13800001111',
      atMobiles: ['13800001111'],
      atUserIds: [],
      isAtAll: false,
    })
    expect(robot.received.map(({ msgtype }) => msgtype)).toEqual(['markdown', 'text', 'actionCard'])
  })

  it.each([
    ['a mobile that the markdown does not name', markdown('x', ['13800001111']), 40035],
    ['a mobile that it names', markdown('x @13800001111', ['13800001111']), 0],
    ['a body of 20 KB', text('x'.repeat(20 * 1024 - 40)), 0],
    ['a larger body', text('x'.repeat(20 * 1024 - 39)), 40035],
    ['no JSON', '{', 40035],
    ['an unknown msgtype', { msgtype: 'image' }, 400105],
    ['an empty text', text(' '), 40035],
    ['markdown without a title', { msgtype: 'markdown', markdown: { text: 'x' } }, 40035],
    ['a field nobody documents', { ...text('x'), safe: 0 }, 40035],
    ['isAtAll in the wrong place', { ...text('x'), isAtAll: true }, 40035],
  ])('%s', async (_what, body, errcode) => {
    expect(await post(open, body)).toMatchObject({ errcode })
    expect(robot.received).toHaveLength(errcode === 0 ? 1 : 0)
    expect(robot.refused.map((refusal) => refusal.code)).toEqual(errcode === 0 ? [] : [errcode])
  })

  it('wants JSON called JSON', async () => {
    expect((await post(open, text('x'), 'text/plain')).errcode).toBe(43004)
  })
})

describe('20 messages a minute', () => {
  it('and after the 21st none for ten minutes, for that robot alone', async () => {
    for (let n = 0; n < 20; n++) expect((await post(open, text(`${n}`))).errcode).toBe(0)
    clock.advance(30_000)
    expect((await post(open, text('21'))).errcode).toBe(130101)
    expect((await post(signed(`${START}`), text('x'))).errcode).toBe(0)
    clock.advance(10 * 60_000 - 1)
    expect((await post(open, text('21'))).errcode).toBe(130101)
    clock.advance(1)
    expect((await post(open, text('21'))).errcode).toBe(0)
  })
})

it('fails as planned, in its own words', async () => {
  robot.fail(
    { kind: 'rate-limit' },
    { kind: 'error', code: 410100, message: 'limited' },
    { kind: 'reset', taken: true },
  )
  expect((await post(open, text('x'))).errcode).toBe(130101)
  expect(await post(open, text('x'))).toEqual({ errcode: 410100, errmsg: 'limited' })
  await expect(post(open, text('x'))).rejects.toThrow('fetch failed')
  expect(robot.received).toHaveLength(1)
})
