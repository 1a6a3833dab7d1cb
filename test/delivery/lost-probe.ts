import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished, vi } from 'vitest'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import { lastResortTemplates } from '../../shared/messages/last-resort.ts'
import { httpCheck } from '../checks/records.ts'
import { closedTarget } from '../checks/targets.ts'
import { senderEnv, startQueue } from '../services/queue.ts'
import { startTencentSmsSimulator } from '../simulators/tencent-sms.ts'
import { startWecomSimulator } from '../simulators/wecom-robot.ts'
import { configFile } from './probe-config.ts'

const minute = 60_000

/** When the first run finds no queue: 02:13 in Shanghai. */
export const lostAt = Date.UTC(2026, 10, 21, 18, 13)

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
export async function lostProbe(more: Env, urgentWhen: CompiledCheck['urgentWhen'] = ['down']) {
  const queue = await refusingQueue()
  const checks = [httpCheck({ http: await closedTarget() }, { name: 'web', urgentWhen })]
  const env = { ...senderEnv, ...more, AWS_REGION: 'ap-southeast-1', EVENTS_QUEUE_URL: queue.url }
  const atMinute = async (at: number, run: (id: string) => Promise<unknown>) => {
    vi.setSystemTime(lostAt + at * minute)
    return run(`run-${at}`).then(
      () => 'sent',
      () => 'not sent',
    )
  }
  return { queue, atMinute, env: { ...env, FENGHUO_CONFIG: configFile(checks) } }
}

/** A WeCom group whose robot has the key `last-resort`, until the test ends. */
export const group = async () => {
  const wecom = await startWecomSimulator({ keys: ['last-resort'], now: Date.now })
  onTestFinished(() => wecom.close())
  return wecom
}

/** Tencent Cloud's text messages until the test ends, and what a probe on SCF needs to send them. */
export async function scfTexts(to: string) {
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
  const env = {
    FENGHUO_TENCENT_URL: sms.url,
    TENCENTCLOUD_SECRETID: 'AKIDtest',
    TENCENTCLOUD_SECRETKEY: 'key',
    LAST_RESORT_SMS_TO: to,
    LAST_RESORT_SMS_SIGN: '示例科技',
    LAST_RESORT_SMS_TEMPLATE: '2100009',
    LAST_RESORT_SMS_APP: '1400006666',
  }
  return { sms, env }
}

/** What the probe has logged of its last resort, oldest first. `console.log` is a mock. */
export const loggedNotices = () =>
  vi
    .mocked(console.log)
    .mock.calls.map(([line]) => JSON.parse(String(line)))
    .filter(({ event }) => String(event).startsWith('last resort'))
