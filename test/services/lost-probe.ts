import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished, vi } from 'vitest'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import { httpCheck } from '../checks/records.ts'
import { closedTarget } from '../checks/targets.ts'
import { lostAt } from '../delivery/last-resort-vendors.ts'
import { configFile } from './probe-config.ts'
import { senderEnv, startQueue } from './queue.ts'

const minute = 60_000

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

/** What the probe has logged of its last resort, oldest first. `console.log` is a mock. */
export const loggedNotices = () =>
  vi
    .mocked(console.log)
    .mock.calls.map(([line]) => JSON.parse(String(line)))
    .filter(({ event }) => String(event).startsWith('last resort'))
