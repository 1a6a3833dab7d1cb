import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connectTo } from './one-connection.ts'

/** Of Debian's package of that name. */
const PROGRAM = 'prometheus-alertmanager'

/** Debian's Alertmanager, which tells a webhook of each group at once. */
export interface Alertmanager {
  /** Takes a list of alerts as Prometheus posts it, which is JSON, all over one connection. */
  take(alerts: string): Promise<void>
  /** Resolves with the time of the next notice. */
  notice(): Promise<number>
  stop(): Promise<void>
}

/** Starts one with nothing in it. Rejects where it is not installed (Debian's `prometheus-alertmanager`). */
export async function startAlertmanager(): Promise<Alertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-alertmanager-'))
  const hook = createServer((incoming, response) => {
    incoming.resume().on('end', () => response.end())
  })
  const port = await free()
  await new Promise<void>((done) => hook.listen(0, '127.0.0.1', done))
  const { port: hookPort } = hook.address() as AddressInfo
  const config = join(folder, 'am.yml')
  await writeFile(
    config,
    `route: { receiver: hook, group_by: [alertname], group_wait: 0s, group_interval: 5m, repeat_interval: 4h }
receivers: [{ name: hook, webhook_configs: [{ url: 'http://127.0.0.1:${hookPort}/' }] }]
`,
  )
  const child = spawn(
    PROGRAM,
    [
      `--config.file=${config}`,
      `--storage.path=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  )
  await once(child, 'spawn')
  const { ask, close } = connectTo(port)
  while ((await ask('GET', '/-/ready').catch(() => 0)) !== 200) await wait(20)
  return {
    async take(alerts) {
      const status = await ask('POST', '/api/v2/alerts', alerts)
      if (status !== 200) throw new Error(`Alertmanager answered ${status}`)
    },
    async notice() {
      await once(hook, 'request')
      return performance.now()
    },
    async stop() {
      await ended(child)
      close()
      hook.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function free(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
