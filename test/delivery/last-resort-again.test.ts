import { expect, it } from 'vitest'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import type { LastResortResult } from '../../shared/delivery/last-resort.ts'
import { lastResort } from '../../shared/delivery/last-resort-run.ts'
import { someCheck } from '../checks/records.ts'
import { group as groupAt, lostAt, scfTexts as scfTextsAt } from './last-resort-vendors.ts'

const minute = 60_000
let now = lostAt
const clock = () => now
const group = () => groupAt(clock)
const scfTexts = (to: string) => scfTextsAt(to, clock)

interface Line {
  level: string
  told: LastResortResult[]
}

/** The turns of a probe at Tencent that has lost its queue and confirmed that its check is down; and what they log. */
function lostProbe(env: Env) {
  const lines: Line[] = []
  const check = someCheck({ urgentWhen: ['down'] })
  const trouble = { check, outcomes: Array<VerdictWord>(6).fill('down'), since: lostAt }
  const turn = lastResort({
    vantage: 'tencent/ap-guangzhou',
    language: 'zh',
    timezone: 'Asia/Shanghai',
    sentLog: new Map(),
    reportSender: { lostSince: () => lostAt },
    recentOutcomes: { remembered: () => [trouble] },
    now: clock,
    env,
    log: (line) => lines.push(line as unknown as Line),
  })
  const run = (at: number) => {
    now = lostAt + at * minute
    return turn(now + minute)
  }
  return { run, lines }
}

/** The minutes since the queue was lost, of each message. */
const minutesOf = (messages: { at: number }[]) => messages.map(({ at }) => (at - lostAt) / minute)

it('a text that is throttled while the robot is told goes out the next minute, alone', async () => {
  const wecom = await group()
  const { sms, env } = await scfTexts('+8613800000001,+8613800000002')
  const { run, lines } = lostProbe({ FENGHUO_WECOM_URL: wecom.url, LAST_RESORT_WECOM_KEY: 'last-resort', ...env })

  sms.fail({ kind: 'rate-limit' })
  await run(3)
  expect([wecom.received.length, sms.received.length]).toEqual([1, 1])
  await run(4)
  expect(sms.received.map(({ phone }) => phone).sort()).toEqual(['+8613800000001', '+8613800000002'])

  // An hour later each is told when their own hour is over.
  for (const at of [5, 62, 63, 64, 65]) await run(at)
  expect(minutesOf(wecom.received)).toEqual([3, 63])
  expect(minutesOf(sms.received)).toEqual([3, 4, 63, 64])
  expect(lines.map(({ level, told }) => [level, told.length])).toEqual([
    ['warn', 3],
    ['warn', 1],
    ['warn', 2],
    ['warn', 1],
  ])
})

it('a text whose answer was lost is not sent twice within the hour', async () => {
  const { sms, env } = await scfTexts('+8613800000001')
  const { run } = lostProbe(env)
  sms.fail({ kind: 'reset', taken: true })
  for (const at of [3, 4, 10, 62, 63]) await run(at)
  expect(minutesOf(sms.received)).toEqual([3, 63])
})

it('runs beside each other and within the minute leave alone who is being told, or has just refused', async () => {
  const wecom = await group()
  const { sms, env } = await scfTexts('+8613800000001')
  const { run } = lostProbe({ FENGHUO_WECOM_URL: wecom.url, LAST_RESORT_WECOM_KEY: 'last-resort', ...env })
  sms.fail({ kind: 'rate-limit' })
  await Promise.all([run(3), run(3)])
  await run(3 + 50 / 60)
  expect([wecom.requests.length, sms.requests.length]).toEqual([1, 1])
  // The timer is a little early.
  await run(4 - 3 / 60)
  expect([wecom.requests.length, sms.requests.length]).toEqual([1, 2])
})

it('a number that is none is tried less and less often, and the log says so without naming it', async () => {
  const { sms, env } = await scfTexts('+8613800000001,+8610000')
  const { run, lines } = lostProbe(env)
  const refusedAt: number[] = []
  // Nobody has to be told for hours after minute 190: then it starts anew.
  for (const at of [...Array.from({ length: 188 }, (_, index) => index + 3), 400, 401]) {
    const before = sms.refused.length
    await run(at)
    if (sms.refused.length > before) refusedAt.push(at)
  }
  expect(refusedAt).toEqual([3, 4, 6, 10, 18, 34, 66, 126, 186, 400, 401])
  expect(minutesOf(sms.received)).toEqual([3, 63, 123, 183, 400])

  const failed = lines.flatMap(({ told }) => told).filter(({ delivery }) => delivery.status === 'failed')
  expect(failed.map(({ failures, pauseMs }) => [failures, (pauseMs ?? 0) / minute])).toEqual([
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 8],
    [5, 16],
    [6, 32],
    [7, 60],
    [8, 60],
    [9, 60],
    [1, 1],
    [2, 2],
  ])
  expect(lines.slice(0, 2).map(({ level }) => level)).toEqual(['warn', 'error'])
  expect(JSON.stringify(lines)).not.toMatch(/10000|13800000001/)
})

it('a robot that is gone keeps no text waiting, and a number in a refusal is not logged', async () => {
  const wecom = await group()
  const { sms, env } = await scfTexts('+8613800000001')
  const { run, lines } = lostProbe({ FENGHUO_WECOM_URL: wecom.url, LAST_RESORT_WECOM_KEY: 'gone', ...env })
  sms.fail({ kind: 'error', code: 'FailedOperation.Other', message: 'mobile:8613800000001 is not in service' })
  for (const at of [3, 4, 5, 6]) await run(at)
  expect(minutesOf(sms.received)).toEqual([4])
  expect(wecom.refused.map(({ code }) => code)).toEqual([93000, 93000, 93000])
  expect(lines[0]?.told).toMatchObject([
    { channel: 'wecom-robot', failures: 1 },
    {
      channel: 'tencent-sms',
      delivery: {
        status: 'failed',
        failure: { vendor: 'tencent-sms', code: 'FailedOperation.Other', said: 'mobile:… is not in service' },
      },
      pauseMs: minute,
    },
  ])
  expect(JSON.stringify(lines)).not.toMatch(/gone"|13800000001/)
})

it('names in the log what it lacks, and the probe looks on', async () => {
  const { run, lines } = lostProbe({ LAST_RESORT_SMS_TO: '+8613800000001' })
  await run(3)
  expect(lines).toMatchObject([
    { event: 'last resort failed', reason: expect.stringContaining('LAST_RESORT_SMS_APP is not') },
  ])
})
