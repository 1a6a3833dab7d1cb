import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, it, vi } from 'vitest'
import type { Stack } from '../../local/stack.ts'
import { fenghuo, folder, service, start, stopsAfterEach, told } from '../local/stack-of.ts'
import { becomes, endsWith } from './told.ts'

// Debian's own clients, each fed until it fires and until it is over: `.ci/run` installs them.

const run = promisify(execFile)
const waiting = { timeout: 60_000, interval: 250 }

stopsAfterEach()

const clients: ChildProcess[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map(ended))
})

function ended(client: ChildProcess): Promise<unknown> {
  if (client.exitCode !== null || client.signalCode !== null) return Promise.resolve()
  const exit = new Promise((done) => client.once('exit', done))
  client.kill('SIGTERM')
  return exit
}

function client(command: string, ...args: string[]): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore' })
  clients.push(child)
  return child
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

/** An Alertmanager with a PagerDuty receiver and a webhook, both to us. */
async function alertmanager(stack: Stack): Promise<string> {
  const { url, keys } = stack.addresses.ingest
  const config = await write(
    'am.yml',
    `route: { receiver: both, group_by: [alertname], group_wait: 1s, group_interval: 5s, repeat_interval: 1h }
receivers:
  - name: both
    pagerduty_configs: [{ routing_key: ${keys.pay}, url: '${url}/v2/enqueue', description: 'paged' }]
    webhook_configs: [{ url: '${url}/alertmanager/${keys.pay}' }]
`,
  )
  const address = `127.0.0.1:${await freePort()}`
  await mkdir(join(folder, 'am'))
  client(
    'prometheus-alertmanager',
    `--config.file=${config}`,
    `--storage.path=${join(folder, 'am')}`,
    `--web.listen-address=${address}`,
    '--cluster.listen-address=',
  )
  return address
}

/** A Prometheus whose rule fires for the first of these instances, and then for others. It sends to a target of its own configuration. */
async function prometheus(target: string, instances: string[]) {
  const firing = (some: string[]) => {
    // A rule that is gone ends nothing: it stays, and does not fire.
    const rule = (name: string) =>
      `{ alert: InstanceDown, expr: 'vector(1) == ${some.includes(name) ? 1 : 2}', labels: { instance: ${name}, severity: critical }, annotations: { summary: ${name} is down } }`
    return write('rules.yml', `groups: [{ name: g, rules: [${instances.map(rule)}] }]\n`)
  }
  await firing(instances.slice(0, 1))
  const config = await write(
    'prometheus.yml',
    `global: { evaluation_interval: 2s }
rule_files: [${join(folder, 'rules.yml')}]
alerting: { alertmanagers: [{ scheme: http, api_version: v2, ${target} }] }
`,
  )
  const child = client(
    'prometheus',
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'tsdb')}`,
    `--web.listen-address=127.0.0.1:${await freePort()}`,
    '--rules.alert.resend-delay=4s',
  )
  return {
    async fires(...some: string[]) {
      await firing(some)
      child.kill('SIGHUP')
    },
  }
}

it('Prometheus’ rule fires and resolves through Alertmanager, by its PagerDuty receiver and by its webhook', async () => {
  const stack = await start({ fenghuo: fenghuo((await service()).url) })
  const { fires } = await prometheus(`static_configs: [{ targets: ['${await alertmanager(stack)}'] }]`, [
    'web-1',
    'web-2',
  ])
  // The policy tells the chat of what is critical, which the webhook says.
  await becomes(stack, { incidents: ['paged open', 'web-1 is down open'], posts: 1 })
  // Of the group that Alertmanager makes of both there is one page, by the webhook each is its own.
  await fires('web-1', 'web-2')
  await becomes(stack, { incidents: ['paged open', 'web-1 is down open', 'web-2 is down open'], posts: 2 })
  await fires()
  // For each one post begins it, one ends it.
  const over = ['paged resolved', 'web-1 is down resolved', 'web-2 is down resolved']
  await endsWith(stack, { incidents: over, posts: 4 })
}, 180_000)

it('Prometheus fires and resolves without an Alertmanager: what the project groups is one incident', async () => {
  const stack = await start({ fenghuo: `${fenghuo((await service()).url)}    groupBy: [alertname]\n` })
  const { url, keys } = stack.addresses.ingest
  const { fires } = await prometheus(
    `path_prefix: /prometheus/${keys.pay}, static_configs: [{ targets: ['${new URL(url).host}'] }]`,
    ['web-1', 'web-2'],
  )
  await becomes(stack, { incidents: ['web-1 is down open'], posts: 1 })
  await fires('web-1', 'web-2')
  await becomes(stack, { incidents: ['alertname=InstanceDown open'], posts: 1 })
  await fires()
  await endsWith(stack, { incidents: ['alertname=InstanceDown resolved'], posts: 2 })
}, 180_000)

it('monit runs a shell sender, again and again while it fails, and once when it is over', async () => {
  const stack = await start({ fenghuo: fenghuo((await service()).url) })
  const { url, keys } = stack.addresses.ingest
  const port = await freePort()
  const at = (name: string) => join(folder, name)
  const sender = await write(
    'send.sh',
    `#!/bin/sh
echo $1 >> ${at('sent')}
curl -fsS -m 10 --retry 3 -H 'Content-Type: application/json' ${url}/events/${keys.pay} \\
  -d "{\\"id\\":\\"monit/$MONIT_SERVICE\\",\\"status\\":\\"$1\\",\\"summary\\":\\"$MONIT_SERVICE is down\\",\\"severity\\":\\"critical\\"}"
`,
  )
  await chmod(sender, 0o700)
  const config = await write(
    'monitrc',
    `set daemon 2
set pidfile ${at('pid')}
set idfile ${at('id')}
set statefile ${at('state')}
check host demo with address 127.0.0.1
  if failed port ${port} for 1 cycles then exec "${sender} trigger" repeat every 1 cycles
  else if succeeded then exec "${sender} resolved"
`,
  )
  await chmod(config, 0o600)
  client('monit', '-I', '-c', config)
  await becomes(stack, { incidents: ['demo is down open'], posts: 1 })
  const sent = async () => (await readFile(at('sent'), 'utf8')).match(/trigger/g)?.length
  await vi.waitFor(async () => expect(await sent()).toBeGreaterThan(2), waiting)
  await becomes(stack, { incidents: ['demo is down open'], posts: 1 })
  const server = createServer((socket) => socket.end()).listen(port, '127.0.0.1')
  try {
    await endsWith(stack, { incidents: ['demo is down resolved'], posts: 2 })
  } finally {
    server.close()
  }
}, 180_000)

it('curl in a crontab pings as it pings Healthchecks', async () => {
  const jobs = '  data: { title: 数据, chat: [wecom], checks: { nightly: { title: 夜间跑批, heartbeat: 1d } } }\n'
  const stack = await start({ fenghuo: fenghuo((await service()).url) + jobs })
  const { stdout } = await run(process.execPath, [
    new URL('../../bin/fenghuo.js', import.meta.url).pathname,
    ...['heartbeat', 'data/nightly', '--json', '--data', join(folder, 'data'), '--config', join(folder, 'fenghuo.yml')],
  ])
  const [{ ping = '' } = {}] = JSON.parse(stdout) as { ping: string }[]
  const curl = (...args: string[]) => run('curl', ['-fsS', '-m', '10', '--retry', '5', ...args])
  const verdict = async () => (await told(stack)).checks.find(({ id }) => id === 'data/nightly')?.verdict
  expect((await curl('--data-raw', 'disk full', `${ping}/1`)).stdout).toBe('OK\n')
  await vi.waitFor(async () => expect(await verdict()).toBe('down'), waiting)
  await curl(`${ping}/start`)
  await curl(ping)
  await vi.waitFor(async () => expect(await verdict()).toBe('up'), waiting)
}, 180_000)
