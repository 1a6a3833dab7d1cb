import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { localCredentials } from '../../local/resources.ts'
import { type Stack, startStack } from '../../local/stack.ts'
import { told } from '../local/stack-of.ts'
import { type FcSimulator, startFcSimulator } from '../simulators/fc/simulator.ts'
import { type ScfSimulator, startScfSimulator } from '../simulators/scf/scf.ts'
import type { Run } from '../simulators/scf/state.ts'

const root = resolve(import.meta.dirname, '../..')
const program = join(root, 'node_modules/serverless/bin/serverless.js')
const parts = ['package.json', 'tsconfig.json', 'plugins', 'services', 'shared']
const clouds = ['tencent', 'aliyun'] as const
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const scfKeys = { secretId: 'AKIDexample', secretKey: 'tencent-secret' }
const fcKeys = { accountId: '1234567890123456', accessKeyId: 'LTAI5tExample', accessKeySecret: 'aliyun-secret' }

const oncallYml = 'contacts: { lin: { name: 林悦, phone: "+8613800000001" } }\n'
const fenghuoYml = (port: number) => `
language: zh
timezone: Asia/Shanghai
vantages: { sg: aws/ap-southeast-1, gz: tencent/ap-guangzhou, hz: aliyun/cn-hangzhou }
channels:
  phone: [{ to: "+", type: connect, instance: "\${CONNECT_INSTANCE_ID}", caller: "+6531580000" }]
  wecom: { type: wecom-robot, key: "\${WECOM_KEY}" }
policies:
  default:
    layers: [{ page: lin, calls: 1, ackTimeout: 5m }]
    channels: { critical: [phone, chat] }
projects:
  pay:
    title: 支付
    chat: [wecom]
    checks: { web: { title: 收银台, http: "http://127.0.0.1:${port}/", interval: 1m, timeout: 10s, confirm: 1/1 } }
`

let folder: string
let target: Server
let status = 200
let stack: Stack
let scf: ScfSimulator
let fc: FcSimulator
const runs: Run[] = []
/** When the clouds' own clock was stopped; until then it is this machine's. */
let stoppedAt: number | undefined
/** How far it has been moved on since, ms. */
let ahead = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-three-clouds-'))
  target = createServer((_, response) => void response.writeHead(status).end())
  await new Promise<void>((done) => target.listen(0, '127.0.0.1', done))
  await writeFile(join(folder, 'fenghuo.yml'), fenghuoYml((target.address() as AddressInfo).port))
  await writeFile(join(folder, 'oncall.yml'), oncallYml)
  for (const cloud of clouds) await copyOf(cloud)

  stack = await startStack({
    root,
    dataDir: join(folder, 'data'),
    port: 0,
    config: join(folder, 'fenghuo.yml'),
    oncall: join(folder, 'oncall.yml'),
    env: {},
    now: Date.now,
    interactive: false,
    timers: { probe: HOUR, watch: HOUR },
    clouds: ['aws'],
  })
  const there = {
    now: () => (stoppedAt ?? Date.now()) + ahead,
    environment: { AWS_ENDPOINT_URL_SQS: stack.addresses.sqs },
  }
  scf = await startScfSimulator({ ...there, ...scfKeys, transitionMs: 100, onRun: (run) => runs.push(run) })
  fc = await startFcSimulator({ ...there, ...fcKeys, region: 'cn-hangzhou' })
})
afterAll(async () => {
  await Promise.all([scf?.close(), fc?.close(), stack?.stop()])
  target?.close()
  await rm(folder, { recursive: true })
})

it('deploys to three clouds, lets their timers fire, pages nobody for what one of them sees, and once for what all see', async () => {
  const first = await deployBoth()
  expect(first.tencent).toContain('Deployed fenghuo to stage dev (Tencent Cloud SCF, ap-guangzhou)')
  expect(first.aliyun).toContain('Deployed fenghuo to stage dev')
  expect(first.tencent).toContain('kafka is left out: tencent/ap-guangzhou has no check of kafka-lag')
  expect(writes().length).toBeGreaterThan(0)
  const second = await deployBoth()
  expect([second.tencent, second.aliyun]).toEqual([
    expect.stringContaining('Nothing differs'),
    expect.stringContaining('Nothing differs'),
  ])
  expect(writes()).toEqual([])

  await stopClock()
  await minutes(2)
  await vi.waitFor(async () => expect(await page()).toMatchObject({ verdict: 'up', seen: ['up', 'up', 'up'] }), waiting)

  status = 503
  await look()
  await vi.waitFor(async () => expect(await page()).toMatchObject({ seen: ['down', 'up', 'up'] }), waiting)
  expect(await page()).toMatchObject({ verdict: 'up', incidents: [] })
  expect(stack.sandboxes.phones.calls).toEqual([])

  await minutes(2)
  const call = await vi.waitFor(() => {
    const [ringing] = stack.sandboxes.phones.calls ?? []
    expect(ringing).toMatchObject({ state: 'ringing', to: '+8613800000001' })
    return ringing
  }, waiting)
  await vi.waitFor(async () => {
    const { verdict, seen, messages } = await page()
    expect({ verdict, seen }).toEqual({ verdict: 'down', seen: ['down', 'down', 'down'] })
    const told = messages.find(({ text }) => text.includes('不可用'))?.text
    for (const place of ['AWS 新加坡', '腾讯云广州', '阿里云杭州']) expect(told).toContain(place)
  }, waiting)
  await stack.sandboxes.phones.answer(call?.contactId ?? '')
  await stack.sandboxes.phones.press(call?.contactId ?? '', '1')
  await vi.waitFor(async () => expect((await page()).incidents).toEqual(['收银台 acknowledged']), waiting)

  status = 200
  await look()
  await minutes(2)
  await vi.waitFor(async () => {
    expect(await page()).toMatchObject({ verdict: 'up', seen: ['up', 'up', 'up'], incidents: ['收银台 resolved'] })
  }, waiting)
  expect(stack.sandboxes.phones.calls).toHaveLength(1)
  expect(stack.sandboxes.phones.refused).toEqual([])

  const six = (run: object) => Array.from({ length: 6 }, () => expect.objectContaining(run))
  expect(runs).toEqual(six({ functionName: 'fenghuo-dev-uptime', by: 'schedule-1', version: '1', statusCode: 200 }))
  expect(fc.runs.flatMap(({ result }) => result.errorType ?? [])).toEqual([])
  expect(fc.runs).toEqual(six({ functionName: 'fenghuo-dev-uptime', kind: 'timer', qualifier: 'live' }))
  expect(fc.misfires).toEqual([])
})

const waiting = { timeout: 30_000, interval: 50 }

/** From here on the clouds' time is that of `minutes`. What came due while they were deployed to has run, and is forgotten. */
async function stopClock(): Promise<void> {
  stoppedAt = Date.now()
  await tick()
  await fc.settled()
  runs.length = 0
  fc.runs.length = 0
}

/** Lets the timers of both clouds fire once in each of so many minutes, however long that takes here. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute++) {
    ahead += MINUTE
    await tick()
  }
}

const tick = () => Promise.all([scf.tick(), fc.tick()])

/** Lets the vantage of AWS look once: the more often it alone saw the target down, the more there would be to tell of. */
async function look(): Promise<void> {
  const response = await fetch(`${stack.addresses.console}/_local/invoke/probe`, {
    method: 'POST',
    body: '{"all":true}',
  })
  expect(response.status).toBe(200)
}

/** What the local stack knows of the check, the incidents by what they are about and their state. */
async function page() {
  const { checks, incidents, messages } = await told(stack)
  return {
    verdict: checks[0]?.verdict,
    seen: checks[0]?.seen.map((one) => one.split(' ')[1]),
    incidents: incidents.map(({ title, status }) => `${title.zh} ${status}`),
    messages,
  }
}

/** The calls that changed something in either cloud since this was asked last. */
function writes(): string[] {
  const calls = [
    ...scf.calls.splice(0).map(({ kind, action }) => [kind, action]),
    ...fc.calls.splice(0).map(({ kind, operation }) => [kind, operation]),
  ]
  return calls.flatMap(([kind, name]) => (kind === 'write' && name !== undefined ? [name] : []))
}

/** A tree to deploy from: what is packaged for one cloud lies where another's would. */
async function copyOf(cloud: string): Promise<void> {
  const own = [...parts, `serverless.${cloud}.yml`]
  for (const part of own) await cp(join(root, part), join(folder, cloud, part), { recursive: true })
  await cp(join(folder, 'fenghuo.yml'), join(folder, cloud, 'fenghuo.yml'))
  await symlink(join(root, 'node_modules'), join(folder, cloud, 'node_modules'))
}

/** Deploys to both clouds side by side; what each printed. */
async function deployBoth(): Promise<Record<(typeof clouds)[number], string>> {
  const [tencent, aliyun] = await Promise.all([deploy('tencent'), deploy('aliyun')])
  return { tencent, aliyun }
}

function deploy(cloud: string): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    TMPDIR: folder,
    HTTPS_PROXY: 'http://127.0.0.1:1',
    FENGHUO_SENDER_KEY_ID: localCredentials.accessKeyId,
    FENGHUO_SENDER_KEY_SECRET: localCredentials.secretAccessKey,
    FENGHUO_EVENTS_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/000000000000/fenghuo-local-events',
    FENGHUO_TENCENT_URL: scf.url,
    TENCENTCLOUD_SECRET_ID: scfKeys.secretId,
    TENCENTCLOUD_SECRET_KEY: scfKeys.secretKey,
    FENGHUO_ALIYUN_URL: fc.url,
    ALIBABA_CLOUD_ACCOUNT_ID: fcKeys.accountId,
    ALIBABA_CLOUD_ACCESS_KEY_ID: fcKeys.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: fcKeys.accessKeySecret,
  }
  const command = [program, 'deploy', '--config', `serverless.${cloud}.yml`]
  return new Promise((done, failed) => {
    execFile(process.execPath, command, { cwd: join(folder, cloud), env, timeout: 150_000 }, (error, out, err) => {
      if (error) failed(new Error(out + err))
      else done(out + err)
    })
  })
}
