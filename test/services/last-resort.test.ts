import { setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { wire as wireFc } from '../../services/probe/aliyun.ts'
import { wire as wireLambda } from '../../services/probe/aws.ts'
import { wire as wireScf } from '../../services/probe/tencent.ts'
import type { LastResortResult } from '../../shared/delivery/last-resort.ts'
import { lastResortTemplates } from '../../shared/messages/last-resort.ts'
import { group, lostAt, scfTexts } from '../delivery/last-resort-vendors.ts'
import { startAliyunSmsSimulator } from '../simulators/aliyun-sms.ts'
import { startSmtpSimulator } from '../simulators/smtp.ts'
import { loggedNotices, lostProbe } from './lost-probe.ts'

const minute = 60_000

beforeEach(() => {
  vi.useFakeTimers({ now: lostAt, toFake: ['Date'] })
  vi.spyOn(console, 'log').mockReturnValue()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('on SCF tells the robot and phones what it has confirmed, once an hour, and delivers late when the queue is back', async () => {
  const wecom = await group()
  const { sms, env: texts } = await scfTexts('+8613800000001')
  const { queue, atMinute, env } = await lostProbe({
    VANTAGE: 'tencent/ap-guangzhou',
    FENGHUO_WECOM_URL: wecom.url,
    LAST_RESORT_WECOM_KEY: 'last-resort',
    ...texts,
  })
  const context = { time_limit_in_ms: minute, function_name: 'uptime', function_version: '1' }
  const probe = wireScf(env)
  const run = (at: number) => atMinute(at, (id) => probe({ all: true }, { ...context, request_id: id }))

  // 2 of 3 at one vantage alone are 4 of 6: the first three looks confirm nothing.
  for (const at of [0, 1, 2]) expect(await run(at)).toBe('not sent')
  expect([wecom.received, sms.received]).toEqual([[], []])

  await run(3)
  expect(wecom.received.map(({ content, mentions }) => ({ content, mentions }))).toEqual([
    {
      content: [
        '兜底通知 | 1 项异常 | 腾讯云广州',
        '02:13 起告警队列不可达：由探针直接告知，没有呼叫任何人，请立即查看',
        'pay / 收银台：不可用，起于 02:13，连接被拒绝',
        '烽火 2026-11-22 02:16 (UTC+8)',
      ].join('\n'),
      mentions: ['@all'],
    },
  ])
  expect(sms.received.map(({ phone, variables }) => [phone, variables])).toEqual([
    ['+8613800000001', ['pay', '收银台', '不可用', '02:13', '广州']],
  ])

  for (const at of [4, 30, 62]) await run(at)
  expect([wecom.received.length, sms.received.length]).toEqual([1, 1])
  await run(63)
  expect([wecom.received.length, sms.received.length]).toEqual([2, 2])

  const mended = await queue.mend()
  expect(await run(64)).toBe('sent')
  const runs = (await mended.reports()).map(({ runner }) => runner.run)
  expect(runs.sort()).toEqual([0, 1, 2, 3, 30, 4, 62, 63, 64].map((at) => `run-${at}`))
  expect([wecom.refused, sms.refused]).toEqual([[], []])
})

it('on FC texts with the key of its role, which each invocation brings', async () => {
  const wecom = await group()
  const sms = await startAliyunSmsSimulator({
    accessKeyId: 'STS.role',
    accessKeySecret: 'key',
    securityToken: 'token',
    signs: ['示例科技'],
    templates: { SMS_100009: lastResortTemplates.zh.named },
    now: Date.now,
  })
  onTestFinished(() => sms.close())
  const { atMinute, env } = await lostProbe({
    VANTAGE: 'aliyun/cn-hangzhou',
    FENGHUO_WECOM_URL: wecom.url,
    FENGHUO_ALIYUN_URL: sms.url,
    LAST_RESORT_WECOM_KEY: 'last-resort',
    LAST_RESORT_SMS_TO: '+8613800000001,+8613800000002',
    LAST_RESORT_SMS_SIGN: encodeURIComponent('示例科技'),
    LAST_RESORT_SMS_TEMPLATE: 'SMS_100009',
  })
  const probe = wireFc(env)
  const credentials = { accessKeyId: 'STS.role', accessKeySecret: 'key', securityToken: 'token' }
  const context = { function: { name: 'uptime', timeout: 60 }, credentials }
  for (const at of [0, 1, 2, 3]) {
    await atMinute(at, (requestId) => probe(Buffer.from('{"all":true}'), { ...context, requestId }))
  }
  const variables = { project: 'pay', title: '收银台', state: '不可用', since: '02:13', vantage: '杭州' }
  const text = { sign: '示例科技', template: 'SMS_100009', variables }
  expect(sms.received.toSorted((a, b) => a.phone.localeCompare(b.phone))).toMatchObject([
    { phone: '13800000001', ...text },
    { phone: '13800000002', ...text },
  ])
  expect(wecom.received).toHaveLength(1)
})

it('on AWS mails, and asks a server that greylists when it wants to be asked again', async () => {
  const wecom = await group()
  const smtp = await startSmtpSimulator({ users: { fenghuo: 'pw' }, now: Date.now })
  onTestFinished(() => smtp.close())
  setDefaultCACertificates([smtp.ca])
  const { atMinute, env } = await lostProbe({
    VANTAGE: 'aws/ap-southeast-1',
    FENGHUO_WECOM_URL: wecom.url,
    LAST_RESORT_WECOM_KEY: 'last-resort',
    LAST_RESORT_MAIL_TO: 'oncall@example.com',
    LAST_RESORT_MAIL_FROM: 'Fenghuo <fenghuo@example.com>',
    LAST_RESORT_MAIL_HOST: '127.0.0.1',
    LAST_RESORT_MAIL_PORT: String(smtp.port),
    LAST_RESORT_MAIL_USER: 'fenghuo',
    LAST_RESORT_MAIL_PASSWORD: 'pw',
  })
  const probe = wireLambda(env)
  const run = (at: number) =>
    atMinute(at, (awsRequestId) => probe({ all: true }, { awsRequestId, getRemainingTimeInMillis: () => minute }))
  for (const at of [0, 1, 2]) await run(at)

  smtp.fail({ stage: 'rcpt-to', kind: 'refuse', code: 450, message: '<oncall@example.com> is greylisted' })
  await run(3)
  // The mail may go a minute after the answer, and not a second before.
  await run(4 - 1 / 60)
  expect(smtp.received).toEqual([])
  for (const at of [4, 5, 6]) await run(at)
  expect(smtp.received.map(({ at, subject, envelope }) => [(at - lostAt) / minute, subject, envelope.to])).toEqual([
    [4, '[烽火] 兜底通知 | 1 项异常 | AWS 新加坡', ['oncall@example.com']],
  ])
  expect(wecom.received).toHaveLength(1)
  const reasons = loggedNotices().flatMap(({ told }) =>
    told.map(({ delivery }: LastResortResult) => 'failure' in delivery && delivery.failure.said),
  )
  expect(reasons).toEqual([false, expect.stringContaining('<…> is greylisted'), false])
})

it('nobody is texted for a warning: the robot is told', async () => {
  const wecom = await group()
  const { atMinute, env } = await lostProbe(
    {
      VANTAGE: 'tencent/ap-guangzhou',
      FENGHUO_WECOM_URL: wecom.url,
      // Nobody listens there: a text would be an error in the log.
      FENGHUO_TENCENT_URL: 'http://127.0.0.1:1',
      LAST_RESORT_WECOM_KEY: 'last-resort',
      LAST_RESORT_SMS_TO: '+8613800000001',
      LAST_RESORT_SMS_SIGN: '示例科技',
      LAST_RESORT_SMS_TEMPLATE: '2100009',
      LAST_RESORT_SMS_APP: '1400006666',
    },
    [],
  )
  const probe = wireScf(env)
  const context = { time_limit_in_ms: minute, function_name: 'uptime', function_version: '1' }
  for (const at of [0, 1, 2, 3]) await atMinute(at, (id) => probe({ all: true }, { ...context, request_id: id }))
  expect(wecom.received).toHaveLength(1)
  expect(loggedNotices()).toEqual([
    {
      level: 'warn',
      event: 'last resort',
      vantage: 'tencent/ap-guangzhou',
      checks: ['pay/web'],
      told: [{ channel: 'wecom-robot', troubles: 1, delivery: { status: 'sent' } }],
    },
  ])
})
