import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, it, vi } from 'vitest'
import type { Stack } from '../../local/stack.ts'
import { fenghuo, folder, page, service, start, stopsAfterEach } from '../local/stack-of.ts'

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

/** Incidents of other systems, by what they say: `web-1 is down resolved`. */
async function incidents(stack: Stack): Promise<string[]> {
  const { incidents } = await page(stack)
  return incidents.map(({ title, status }) => `${title.en} ${status}`).toSorted()
}

/** The only incident, and how many posts the chat has had. */
function becomes(stack: Stack, incident: string, posts: number): Promise<void> {
  return vi.waitFor(async () => {
    const { messages } = await page(stack)
    const told = messages.filter(({ channel }) => channel === 'wecom-robot').length
    expect({ incidents: await incidents(stack), told }).toEqual({ incidents: [incident], told: posts })
  }, waiting)
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

it('Alertmanager fires and resolves, by its PagerDuty receiver and by its webhook', async () => {
  const stack = await start({ fenghuo: fenghuo((await service()).url) })
  const url = `http://${await alertmanager(stack)}`
  const fire = (instance: string, ...more: string[]) => {
    const labels = ['alertname=InstanceDown', `instance=${instance}`, 'severity=critical']
    const summary = `--annotation=summary=${instance} is down`
    return run('amtool', [`--alertmanager.url=${url}`, 'alert', 'add', ...labels, summary, ...more])
  }
  const become = (...expected: string[]) =>
    vi.waitFor(async () => expect(await incidents(stack)).toEqual(expected), waiting)
  await vi.waitFor(() => fire('web-1'), waiting)
  await become('paged open', 'web-1 is down open')
  // Of the group that Alertmanager makes of both there is one page, by the webhook each is its own.
  await fire('web-2')
  await become('paged open', 'web-1 is down open', 'web-2 is down open')
  for (const instance of ['web-1', 'web-2']) await fire(instance, `--end=${new Date().toISOString()}`)
  await become('paged resolved', 'web-1 is down resolved', 'web-2 is down resolved')
  // The policy tells the chat of what is critical, which the webhook says: for each one post begins it, one ends it.
  await vi.waitFor(async () => {
    const { messages } = await page(stack)
    expect(messages.filter(({ channel }) => channel === 'wecom-robot')).toHaveLength(4)
  }, waiting)
}, 180_000)

it('Prometheus fires and resolves without an Alertmanager', async () => {
  const stack = await start({ fenghuo: fenghuo((await service()).url) })
  const { url, keys } = stack.addresses.ingest
  const rule = (value: number) =>
    `groups: [{ name: g, rules: [{ alert: Demo, expr: 'vector(1) == ${value}', labels: { severity: critical }, annotations: { summary: demo is down } }] }]\n`
  await write('rules.yml', rule(1))
  const config = await write(
    'prometheus.yml',
    `global: { evaluation_interval: 2s }
rule_files: [${join(folder, 'rules.yml')}]
alerting: { alertmanagers: [{ scheme: http, path_prefix: /prometheus/${keys.pay}, api_version: v2, static_configs: [{ targets: ['${new URL(url).host}'] }] }] }
`,
  )
  const prometheus = client(
    'prometheus',
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'tsdb')}`,
    `--web.listen-address=127.0.0.1:${await freePort()}`,
    '--rules.alert.resend-delay=4s',
  )
  await becomes(stack, 'demo is down open', 1)
  await write('rules.yml', rule(2))
  prometheus.kill('SIGHUP')
  await becomes(stack, 'demo is down resolved', 2)
}, 180_000)

it('monit runs a shell sender, both ways', async () => {
  const stack = await start({ fenghuo: fenghuo((await service()).url) })
  const { url, keys } = stack.addresses.ingest
  const port = await freePort()
  const sender = await write(
    'send.sh',
    `#!/bin/sh
curl -fsS -m 10 --retry 3 -H 'Content-Type: application/json' ${url}/events/${keys.pay} \\
  -d "{\\"id\\":\\"monit/$MONIT_SERVICE\\",\\"status\\":\\"$1\\",\\"summary\\":\\"$MONIT_SERVICE is down\\",\\"severity\\":\\"critical\\"}"
`,
  )
  await chmod(sender, 0o700)
  const at = (name: string) => join(folder, name)
  const config = await write(
    'monitrc',
    `set daemon 2
set pidfile ${at('pid')}
set idfile ${at('id')}
set statefile ${at('state')}
check host demo with address 127.0.0.1
  if failed port ${port} for 1 cycles then exec "${sender} trigger" else if succeeded then exec "${sender} resolved"
`,
  )
  await chmod(config, 0o600)
  client('monit', '-I', '-c', config)
  await becomes(stack, 'demo is down open', 1)
  const server = createServer((socket) => socket.end()).listen(port, '127.0.0.1')
  try {
    await becomes(stack, 'demo is down resolved', 2)
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
  const verdict = async () => (await page(stack)).checks.find(({ id }) => id === 'data/nightly')?.verdict
  expect((await curl('--data-raw', 'disk full', `${ping}/1`)).stdout).toBe('OK\n')
  await vi.waitFor(async () => expect(await verdict()).toBe('down'), waiting)
  await curl(`${ping}/start`)
  await curl(ping)
  await vi.waitFor(async () => expect(await verdict()).toBe('up'), waiting)
}, 180_000)
