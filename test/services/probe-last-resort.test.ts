import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { wire as wireFc } from '../../services/probe/aliyun.ts'
import { wire as wireLambda } from '../../services/probe/aws.ts'
import { wire as wireScf } from '../../services/probe/tencent.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { lastResortTemplates } from '../../shared/messages/last-resort.ts'
import { httpCheck } from '../checks/records.ts'
import { closedTarget } from '../checks/targets.ts'
import { startAliyunSmsSimulator } from '../simulators/aliyun-sms.ts'
import { startSmtpSimulator } from '../simulators/smtp.ts'
import { startTencentSmsSimulator } from '../simulators/tencent-sms.ts'
import { startWecomSimulator } from '../simulators/wecom.ts'
import { configFile } from './probe-config.ts'
import { senderEnv, startQueue } from './queue.ts'

const minute = 60_000
const start = Date.UTC(2026, 10, 21, 18, 13)

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  vi.spyOn(console, 'log').mockReturnValue()
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** An SQS that refuses everything, until `mend` gives its place to one that takes everything. */
async function refusingQueue() {
  const server = createServer((_, response) => void response.writeHead(403).end('{"__type":"AccessDenied"}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<unknown>((resolve) => server.close(resolve))
  onTestFinished(() => void close())
  const mend = async () => {
    server.closeAllConnections()
    await close()
    return startQueue('events', port)
  }
  return { url: `http://127.0.0.1:${port}/000000000000/events`, mend }
}

/** A probe whose only check is down, and what it needs to run once a minute. */
async function lostProbe(more: Env, severity: 'critical' | 'warning' = 'critical') {
  const queue = await refusingQueue()
  const checks = [httpCheck({ http: await closedTarget() }, { name: 'web', severity })]
  const env = { ...senderEnv, ...more, AWS_REGION: 'ap-southeast-1', EVENTS_QUEUE_URL: queue.url }
  const atMinute = async (at: number, run: (id: string) => Promise<unknown>) => {
    vi.setSystemTime(start + at * minute)
    return run(`run-${at}`).then(
      () => 'sent',
      () => 'not sent',
    )
  }
  return { queue, atMinute, env: { ...env, FENGHUO_CONFIG: configFile(checks) } }
}

const group = async () => {
  const wecom = await startWecomSimulator({ keys: ['last-resort'], now: Date.now })
  onTestFinished(() => wecom.close())
  return wecom
}

it('on SCF tells the robot and phones what it has confirmed, once an hour, and delivers late when the queue is back', async () => {
  const wecom = await group()
  const slots = lastResortTemplates.zh.numbered.match(/\{\d\}/g)?.length ?? 0
  const sms = await startTencentSmsSimulator({
    secretId: 'AKIDtest',
    secretKey: 'key',
    app: '1400006666',
    signs: ['示例科技'],
    templates: { '2100009': slots },
    individual: true,
    now: Date.now,
  })
  onTestFinished(() => sms.close())
  const { queue, atMinute, env } = await lostProbe({
    VANTAGE: 'tencent/ap-guangzhou',
    FENGHUO_WECOM_URL: wecom.url,
    FENGHUO_TENCENT_URL: sms.url,
    TENCENTCLOUD_SECRETID: 'AKIDtest',
    TENCENTCLOUD_SECRETKEY: 'key',
    LAST_RESORT_WECOM_KEY: 'last-resort',
    LAST_RESORT_SMS_TO: '+8613800000001',
    LAST_RESORT_SMS_SIGN: '示例科技',
    LAST_RESORT_SMS_TEMPLATE: '2100009',
    LAST_RESORT_SMS_APP: '1400006666',
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
        '最后手段 | 1 项异常 | 腾讯云广州',
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
  expect(sms.received.toSorted((a, b) => a.phone.localeCompare(b.phone))).toEqual([
    { phone: '13800000001', ...text },
    { phone: '13800000002', ...text },
  ])
  expect(wecom.received).toHaveLength(1)
})

it('on AWS mails, and what nobody could be told it tells again the next minute', async () => {
  const wecom = await group()
  const smtp = await startSmtpSimulator({ users: { fenghuo: 'pw' }, now: Date.now })
  onTestFinished(() => smtp.close())
  setDefaultCACertificates([smtp.ca])
  const { atMinute, env } = await lostProbe({
    VANTAGE: 'aws/ap-southeast-1',
    FENGHUO_WECOM_URL: wecom.url,
    LAST_RESORT_WECOM_KEY: 'gone',
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
  for (const at of [0, 1, 2, 3]) await run(at)
  expect(smtp.received.map(({ subject, envelope }) => [subject, envelope.to])).toEqual([
    ['[烽火] 最后手段 | 1 项异常 | AWS 新加坡', ['oncall@example.com']],
  ])
  expect(wecom.refused.map(({ errcode }) => errcode)).toEqual([93000])

  await smtp.close()
  for (const at of [63, 64]) await run(at)
  expect(wecom.refused).toHaveLength(3)
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
    'warning',
  )
  const log = vi.mocked(console.log)
  const probe = wireScf(env)
  const context = { time_limit_in_ms: minute, function_name: 'uptime', function_version: '1' }
  for (const at of [0, 1, 2, 3]) await atMinute(at, (id) => probe({ all: true }, { ...context, request_id: id }))
  expect(wecom.received).toHaveLength(1)
  const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)))
  expect(lines.filter(({ event }) => event === 'last resort')).toEqual([
    {
      level: 'warn',
      event: 'last resort',
      vantage: 'tencent/ap-guangzhou',
      checks: ['pay/web'],
      told: [{ channel: 'wecom-robot', delivery: { status: 'sent' } }],
    },
  ])
})
