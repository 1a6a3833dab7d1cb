import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Observation } from '../../shared/contracts/report.ts'
import { packageService } from '../infrastructure/packaged.ts'
import { senderEnv, startQueue } from '../services/queue.ts'
import { FunctionProcess } from '../simulators/functions/process.ts'
import { unzip, zipEntries } from '../simulators/functions/zip.ts'
import { startSmtpSimulator } from '../simulators/smtp.ts'
import { startWecomSimulator } from '../simulators/wecom-robot.ts'
import { clouds } from './clouds.ts'

const beside = (file: string) => join(import.meta.dirname, file)

type Cloud = keyof typeof clouds
const names = Object.keys(clouds) as Cloud[]

let target: Server
let packages: Record<Cloud, Map<string, Buffer>>
let packagingMs = 0

/** Everything that a probe may run; where nothing answers, a check still has to say so in its own words. */
const fenghuoYml = (port: number) => `
language: zh
timezone: Asia/Shanghai
vantages: { sg: aws/ap-southeast-1, gz: tencent/ap-guangzhou, hz: aliyun/cn-hangzhou }
channels: { wecom: { type: wecom-robot, key: key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
defaults: { chat: [wecom], interval: 1m, timeout: 2s, confirm: 1/1 }
kafka:
  ckafka-1: { type: ckafka, region: ap-guangzhou, secretId: "\${KAFKA_ID}", secretKey: "\${KAFKA_KEY}" }
  alikafka-1: { type: alikafka, region: cn-hangzhou, accessKeyId: "\${KAFKA_ID}", accessKeySecret: "\${KAFKA_KEY}" }
  broker: { type: kafka, brokers: ["127.0.0.1:1"], tls: false }
projects:
  pay:
    title: 支付
    checks:
      web: { title: 收银台, http: "http://127.0.0.1:${port}/" }
      port: { title: 网关, tcp: "127.0.0.1:${port}" }
      chain: { title: 证书, tls: "127.0.0.1:${port}" }
      base: { title: 数据库, tls: "127.0.0.1:${port}", starttls: postgres }
      name: { title: 域名, dns: pay.example.com, type: A, server: "127.0.0.1:1" }
      cities: { title: 各地, vantage-points: "https://pay.example.com/", via: globalping, nodes: [{ country: CN }] }
      lag-t: { title: 积压一, kafka-lag: ckafka-1/orders, from: [gz] }
      lag-a: { title: 积压二, kafka-lag: alikafka-1/orders, from: [hz] }
      lag-k: { title: 积压三, kafka-lag: broker/orders, from: [sg] }
`

beforeAll(async () => {
  target = createServer((_, response) => void response.end('ok'))
  await new Promise<void>((done) => target.listen(0, '127.0.0.1', done))
  const yml = fenghuoYml((target.address() as AddressInfo).port)
  const startedAt = performance.now()
  const packaged = names.map(async (cloud) => {
    const { config } = clouds[cloud]
    const { code, output, files } = await packageService(yml, {}, { config })
    if (code !== 0) throw new Error(output)
    return [cloud, files] as const
  })
  packages = Object.fromEntries(await Promise.all(packaged)) as typeof packages
  packagingMs = performance.now() - startedAt
}, 180_000)
afterAll(() => target?.close())

/** What a probe loads when it reaches no queue. */
function lastResort(cloud: Cloud): string[] {
  const senders = [...(cloud === 'aws' ? [] : [`${cloud}-sms`]), 'smtp', 'wecom-robot']
  return ['last-resort', ...senders.map((type) => `${type}.last-resort`)].map((name) => `${cloud}.${name}.js`).sort()
}

/** What an http check may need: answers that are malformed, cookies, HTTP/2; and what looks at names and certificates. */
function uptime(cloud: Cloud): string[] {
  const names = [
    'certificate-fault',
    'dns',
    'http2-exchange',
    'redirect',
    'repair-head',
    'starttls',
    'tls',
    'wide-context',
  ]
  return names.map((name) => `${cloud}.${name}.js`)
}

function zipOf(cloud: Cloud, name: string): Buffer {
  return packages[cloud].get(`${name}.zip`) ?? expect.unreachable(`${name}.zip of ${cloud}`)
}

describe('sizes', () => {
  test('all three are packaged within a minute', () => expect(packagingMs).toBeLessThan(60_000))

  test.each(['tencent', 'aliyun'] as const)('of a probe for http, tcp, tls and dns on %s', async (cloud) => {
    const zip = zipOf(cloud, 'uptime')
    // Of which 42 kB are root certificates, which are loaded where an issuer is not known.
    expect(zip.length).toBeLessThanOrEqual(208_000)
    expect(await bundles(zip)).toEqual({
      main: expect.any(Number),
      loaded: [...lastResort(cloud), ...uptime(cloud)].sort(),
    })
    expect((await bundles(zip)).main).toBeLessThanOrEqual(60_000)
  })

  test('of the same on AWS, with what its other checks load', async () => {
    const { main, loaded } = await bundles(zipOf('aws', 'probe'))
    expect(main).toBeLessThanOrEqual(60_000)
    expect(loaded).toEqual(
      [
        ...lastResort('aws'),
        ...uptime('aws'),
        ...['kafka-lag', 'kafka-parts', 'protocol', 'read-stored', 'vantage-points'].map((name) => `aws.${name}.js`),
      ].sort(),
    )
  })

  test.each(['tencent', 'aliyun'] as const)('of Kafka by vendor API on %s', async (cloud) => {
    expect(zipOf(cloud, 'kafka').length).toBeLessThanOrEqual(300_000)
    const reader = cloud === 'tencent' ? 'ckafka' : 'alikafka'
    expect((await bundles(zipOf(cloud, 'kafka'))).loaded).toEqual(
      [...['kafka-lag', 'kafka-parts', reader].map((name) => `${cloud}.${name}.js`), ...lastResort(cloud)].sort(),
    )
  })
})

/** The bytes of the entry's bundle, and the bundles beside it. */
async function bundles(zip: Buffer) {
  const files = [...(await zipEntries(zip))].filter(([path]) => path.startsWith('services/probe/'))
  const short = files.map(([path, bytes]) => [path.slice('services/probe/'.length), bytes] as const)
  const main = short.find(([name]) => /^\w+\.js$/.test(name))?.[1] ?? 0
  return {
    main,
    loaded: short
      .map(([name]) => name)
      .filter((name) => !/^\w+\.js$/.test(name))
      .sort(),
  }
}

/** A probe from its zip, in a process of its own on the vendor's Node. */
async function deployed(cloud: Cloud, name: string, env: Record<string, string>) {
  const { node, bootstrap, handler, vantage, context, timer } = clouds[cloud]
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-package-'))
  await unzip(zipOf(cloud, name), folder)
  const configs = await readdir(join(folder, '.build/config'), { recursive: true })
  const config = configs.find((file) => file.endsWith('.json')) ?? expect.unreachable('a compiled configuration')
  const own = { VANTAGE: vantage, FENGHUO_CONFIG: `.build/config/${config}`, KAFKA_ID: 'id', KAFKA_KEY: 'key' }
  const sender = { ...(senderEnv as Record<string, string>), AWS_REGION: 'ap-southeast-1' }
  const process = new FunctionProcess({
    folder,
    handler,
    node,
    bootstrap,
    startMs: 10_000,
    env: { ...sender, ...own, ...env },
  })
  onTestFinished(async () => {
    await process.stop()
    await rm(folder, { recursive: true })
  })
  const invoke = (event: unknown = timer) =>
    process.invoke(Buffer.from(JSON.stringify(event)), { context, timeoutMs: 60_000 })
  return { folder, invoke }
}

/** What a probe says if its package lacks something. */
const broken = /Cannot find|is not a function|is not defined|not a constructor|undefined/

describe.each(names)('on %s', (cloud) => {
  const { functions, version, vantage } = clouds[cloud]

  test.each(functions)('%s is loaded, takes the timer and sends one report', async (name) => {
    const queue = await startQueue()
    const nowhere = 'http://127.0.0.1:1'
    const { invoke } = await deployed(cloud, name, {
      EVENTS_QUEUE_URL: queue.url,
      FENGHUO_TENCENT_URL: nowhere,
      FENGHUO_ALIYUN_URL: nowhere,
      FENGHUO_GLOBALPING_URL: nowhere,
    })
    const { outcome, output } = await invoke()
    expect(outcome, output).toMatchObject({ kind: 'returned' })
    expect(output).toContain('"event":"report sent"')

    const [report, ...others] = await queue.reports()
    expect(others).toEqual([])
    expect(report).toMatchObject({ vantage, runner: { run: 'run', coldStart: true } })
    const seen = Object.fromEntries((report?.observations ?? []).map((one) => [one.check, one] as const))
    for (const { check, fault } of Object.values(seen)) expect(JSON.stringify(fault ?? {}), check).not.toMatch(broken)
    expectAll(seen, name)
  })

  function expectAll(seen: Record<string, Observation>, name: string) {
    const unasked = { outcome: 'unknown', fault: expect.any(Object) }
    const uptime = {
      'pay/web': { outcome: 'up', phases: { connect: expect.any(Number), firstByte: expect.any(Number) } },
      'pay/port': { outcome: 'up' },
      'pay/chain': { outcome: 'down', fault: { code: 'not-tls' } },
      'pay/base': { outcome: 'down', fault: { code: 'not-this-server', args: { protocol: 'postgres' } } },
      'pay/name': { outcome: 'down' },
    }
    const latency = { 'pay/cities': unasked }
    const kafka = { [{ aws: 'pay/lag-k', tencent: 'pay/lag-t', aliyun: 'pay/lag-a' }[cloud]]: unasked }
    const expected = { uptime, latency, kafka, probe: { ...uptime, ...latency, ...kafka } }[name]
    expect(Object.keys(seen).sort()).toEqual(Object.keys(expected ?? {}).sort())
    expect(seen).toMatchObject(expected ?? {})
  }

  test('the last resort works from the package: robot and mail', async () => {
    const wecom = await startWecomSimulator({ keys: ['last-resort'], now: Date.now })
    const smtp = await startSmtpSimulator({ users: { fenghuo: 'pw' }, now: Date.now })
    const refusing = createServer((_, response) => void response.writeHead(403).end('{"__type":"AccessDenied"}'))
    await new Promise<void>((done) => refusing.listen(0, '127.0.0.1', done))
    const clock = join(await mkdtemp(join(tmpdir(), 'fenghuo-clock-')), 'minutes')
    onTestFinished(async () => {
      refusing.close()
      await Promise.all([wecom.close(), smtp.close(), rm(join(clock, '..'), { recursive: true })])
    })
    const { invoke, folder } = await deployed(cloud, functions[0] ?? '', {
      EVENTS_QUEUE_URL: `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/000000000000/events`,
      FENGHUO_WECOM_URL: wecom.url,
      LAST_RESORT_WECOM_KEY: 'last-resort',
      LAST_RESORT_MAIL_TO: 'oncall@example.com',
      LAST_RESORT_MAIL_FROM: 'fenghuo@example.com',
      LAST_RESORT_MAIL_HOST: '127.0.0.1',
      LAST_RESORT_MAIL_PORT: String(smtp.port),
      LAST_RESORT_MAIL_USER: 'fenghuo',
      LAST_RESORT_MAIL_PASSWORD: 'pw',
      NODE_EXTRA_CA_CERTS: smtp.caFile,
      NODE_OPTIONS: `--require ${beside('shifted-clock.cjs')}`,
      CLOCK_FILE: clock,
    })
    // confirm: 1/1 at one vantage alone is 2 of 2, and a queue is lost after two runs.
    for (const [minutes, messages] of [
      ['0', 0],
      ['1', 1],
      ['2', 1],
    ] as const) {
      await writeFile(clock, minutes)
      const { outcome, output } = await invoke({ checks: ['pay/chain'] })
      expect(outcome, output).toMatchObject({ kind: 'threw' })
      expect([wecom.received.length, smtp.received.length], output).toEqual([messages, messages])
    }
    expect(wecom.received[0]?.content).toContain('兜底通知 | 1 项异常')
    expect(smtp.received[0]?.text).toContain('对方不是 TLS 服务')
    expect(await readdir(folder)).not.toContain('node_modules')
  })

  test(`nothing is used that Node ${version} lacks`, async () => {
    if (version > 20) return
    for (const name of functions) {
      const { folder } = await deployed(cloud, name, {})
      const files = await readdir(join(folder, 'services/probe'))
      for (const file of files) {
        const text = await readFile(join(folder, 'services/probe', file), 'utf8')
        expect(text.match(newer[version === 18 ? 18 : 20]), `${cloud} ${file}`).toBeNull()
      }
    }
  })
})

/** Later than SCF's Node 18.15, and than FC's Node 20 (node.green, and the "Added in" of Node's documentation). */
const later20 =
  'Promise\\.withResolvers|Promise\\.try|Array\\.fromAsync|(Object|Map)\\.groupBy|URL\\.parse\\(|\\(0, ?\\w+\\.hash\\)\\(|RegExp\\.escape|\\.isSubsetOf\\('
const newer = {
  18: new RegExp(
    `${later20}|\\.(toSorted|toSpliced|toReversed)\\(|URL\\.canParse\\(|AbortSignal\\.any\\(|\\.(isWellFormed|toWellFormed)\\(`,
  ),
  20: new RegExp(later20),
}
