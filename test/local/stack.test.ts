import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { localSecret } from '../../local/files.ts'
import { type Embedded, startQueueServer } from '../../local/queues.ts'
import { localCredentials } from '../../local/resources.ts'
import { type Stack, type StackOptions, startStack } from '../../local/stack.ts'
import { StartError } from '../../local/start-error.ts'
import { heartbeatUrl } from '../../shared/checks/heartbeat/key.ts'

const hour = 3_600_000
const root = fileURLToPath(new URL('../../', import.meta.url))
let folder: string
const stacks: Stack[] = []
const others: { stop(): Promise<void> }[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-stack-'))
  await writeFile(join(folder, 'oncall.yml'), oncall)
})

afterEach(async () => {
  for (const stack of stacks.splice(0)) await stack.stop()
  for (const other of others.splice(0)) await other.stop()
  await rm(folder, { recursive: true })
})

const oncall = `contacts:
  lin: { name: 林悦, phone: "+8613800000001", email: lin@example.com }
`

/** One check of `url`, which one look decides. */
function fenghuo(url: string): string {
  return `language: zh
timezone: Asia/Shanghai
vantages: { sg: aws/ap-southeast-1 }
channels:
  phone: [{ to: "+", type: connect, instance: "\${CONNECT_INSTANCE_ID}", caller: "+6531580000" }]
  sms: [{ to: "+86", type: tencent-sms, app: "1400006666", sign: 示例, templates: { page: "21", resolved: "22" } }]
  wecom: { type: wecom-robot, key: "\${WECOM_KEY}" }
policies:
  default:
    layers: [{ page: lin, calls: 1 }]
    channels: { critical: [phone, sms, chat] }
projects:
  pay:
    title: 支付
    chat: [wecom]
    checks: { web: { title: 收银台, http: "${url}", confirm: 1/1 } }
`
}

async function start(options: Partial<StackOptions> & { fenghuo?: string } = {}): Promise<Stack> {
  await writeFile(join(folder, 'fenghuo.yml'), options.fenghuo ?? fenghuo('http://127.0.0.1:9/'))
  const stack = await startStack({
    root,
    dataDir: join(folder, 'data'),
    port: 0,
    config: join(folder, 'fenghuo.yml'),
    oncall: join(folder, 'oncall.yml'),
    env: {},
    now: Date.now,
    interactive: false,
    timers: { probe: hour, watch: hour, 'tencent-uptime': hour, 'aliyun-uptime': hour },
    ...options,
  })
  stacks.push(stack)
  return stack
}

async function post(stack: Stack, path: string, body: unknown = {}, headers: Record<string, string> = {}) {
  const response = await fetch(`${stack.addresses.console}/_local/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

interface PageState {
  checks: {
    id: string
    verdict: string
    title: string
    target: string
    sightings: { name: string; vantage: string; verdict: string; latencyMs?: number; detail?: string }[]
  }[]
  incidents: { title: { zh: string; en: string }; status: string; timeline: { kind: string }[] }[]
  calls: { contactId: string; status: string; name?: string; said: string[] }[]
  messages: { channel: string; text: string; to?: string }[]
  channels: { name: string; mode: string }[]
}

async function page(stack: Stack): Promise<PageState> {
  const response = await fetch(`${stack.addresses.console}/_local/state`)
  return (await response.json()) as PageState
}

/** A service that can be broken. */
async function service() {
  const state = { status: 200 }
  const server = createServer((_, response) => response.writeHead(state.status).end())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  others.push({ stop: () => new Promise((done) => server.close(() => done())) })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { state, url: `http://127.0.0.1:${port}/` }
}

describe('the local stack', () => {
  it('rings a phone when a service breaks, takes key 1, and tells of the recovery', async () => {
    const { state, url } = await service()
    const stack = await start({ fenghuo: fenghuo(url) })
    const runs = async () => (await post(stack, 'invoke/probe', { all: true })).status

    expect(await runs()).toBe(200)
    await vi.waitFor(async () => expect((await page(stack)).checks).toMatchObject([{ verdict: 'up' }]), waiting)
    state.status = 503
    await runs()
    const call = await vi.waitFor(async () => {
      const [ringing] = (await page(stack)).calls
      expect(ringing).toMatchObject({ status: 'ringing', name: '林悦' })
      return ringing
    }, waiting)
    const id = call?.contactId ?? ''
    expect((await post(stack, `phone/${id}/press?key=1`)).status, 'nobody has answered').toBe(409)
    expect((await post(stack, `phone/${id}/answer`)).status).toBe(200)
    await vi.waitFor(async () => expect((await page(stack)).calls[0]?.said[0]).toMatch(/支付.*收银台.*请按1/), waiting)
    expect((await post(stack, `phone/${id}/answer`)).status, 'answered twice').toBe(409)
    expect((await post(stack, `phone/${id}/press?key=1`)).status).toBe(200)
    await vi.waitFor(
      async () => expect((await page(stack)).incidents).toMatchObject([{ status: 'acknowledged' }]),
      waiting,
    )

    state.status = 200
    await runs()
    await runs()
    await vi.waitFor(async () => {
      const { incidents, checks, calls, messages } = await page(stack)
      expect(checks).toMatchObject([{ verdict: 'up' }])
      expect(incidents).toMatchObject([{ status: 'resolved' }])
      expect(calls).toEqual([])
      const told = messages.map(({ channel, text }) => `${channel} ${/恢复|认领|告警|不可用/.exec(text)?.[0]}`)
      expect(told.sort()).toEqual([
        'sms 告警',
        'sms 恢复',
        'wecom-robot 不可用',
        'wecom-robot 恢复',
        'wecom-robot 认领',
      ])
    }, waiting)
    expect(stack.sandboxes.phones?.calls).toHaveLength(1)
    expect(stack.sandboxes.phones?.refused).toEqual([])
  })

  it('keeps queues, tables and its secret over a restart', async () => {
    const { state, url } = await service()
    state.status = 503
    const stack = await start({ fenghuo: fenghuo(url) })
    await post(stack, 'invoke/probe', { all: true })
    await vi.waitFor(async () => expect((await page(stack)).incidents).toHaveLength(1), waiting)
    const secret = await readFile(join(folder, 'data/secret'), 'utf8')
    await stack.stop()

    const again = await start({ fenghuo: fenghuo(url) })
    expect((await page(again)).incidents).toHaveLength(1)
    expect(await readFile(join(folder, 'data/secret'), 'utf8')).toBe(secret)
  })

  it('says where everything is while it runs', async () => {
    const stack = await start()
    const file = join(folder, 'data/stack.json')
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      pid: process.pid,
      console: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      sqs: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      dynamodb: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      connect: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      wecom: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      tencent: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      demo: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      ingest: {
        url: stack.addresses.console,
        keys: { pay: expect.stringMatching(/^[0-9a-f]{32}$/), fenghuo: expect.stringMatching(/^[0-9a-f]{32}$/) },
      },
      region: 'ap-southeast-1',
      probes: { probe: 'aws/ap-southeast-1' },
      queues: {
        events: `${stack.addresses.sqs}/000000000000/fenghuo-local-events`,
        eventsDlq: `${stack.addresses.sqs}/000000000000/fenghuo-local-events-dlq`,
        overflow: `${stack.addresses.sqs}/000000000000/fenghuo-local-overflow`,
        escalation: `${stack.addresses.sqs}/000000000000/fenghuo-local-escalation`,
        escalationDlq: `${stack.addresses.sqs}/000000000000/fenghuo-local-escalation-dlq`,
      },
      tables: {
        contacts: 'fenghuo-local-contacts',
        incidents: 'fenghuo-local-incidents',
        checks: 'fenghuo-local-checks',
      },
      functions: ['probe', 'evaluate', 'page', 'acknowledge', 'heartbeat', 'ingest', 'watch'],
    })
    await stack.stop()
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('uses the queues that the environment names, and leaves them running', async () => {
    const server: Embedded = await startQueueServer({ dataDir: join(folder, 'own'), port: 0, region: 'ap-southeast-1' })
    others.push(server)
    const stack = await start({ env: { AWS_ENDPOINT_URL_SQS: server.endpoint } })
    expect(stack.addresses.sqs).toBe(server.endpoint)
    await stack.stop()
    const sqs = new SQSClient({ endpoint: server.endpoint, region: 'ap-southeast-1', credentials: localCredentials })
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}))
    sqs.destroy()
    expect(QueueUrls.map((url) => url.split('/').at(-1))).toContain('fenghuo-local-events')
  })

  it('uses the real vendor where its credentials are set', async () => {
    const stack = await start({ env: { WECOM_KEY: 'a-real-key', FENGHUO_TENCENT_URL: 'http://127.0.0.1:9' } })
    expect((await page(stack)).channels).toMatchObject([
      { name: 'phone', type: 'phone', mode: 'sandbox' },
      { name: 'sms', type: 'sms', mode: 'given' },
      { name: 'wecom', type: 'wecom-robot', mode: 'real' },
    ])
    expect(stack.addresses.wecom).toBeUndefined()
    expect(stack.addresses.tencent).toBe('http://127.0.0.1:9')
  })

  it('watches a URL beside the configured checks', async () => {
    const { url } = await service()
    const stack = await start({ url })
    // One after the other: of two looks at the same moment the one that arrives later may be the older one.
    for (let look = 0; look < 2; look++) await post(stack, 'invoke/probe', { all: true })
    await vi.waitFor(async () => {
      const checks = (await page(stack)).checks.map(({ id, verdict, target }) => ({ id, verdict, target }))
      expect(checks).toContainEqual({ id: 'this-machine/url', verdict: 'up', target: url })
    }, waiting)
  })

  it('serves the page, and no other file', async () => {
    const { addresses } = await start()
    const html = await fetch(addresses.console)
    expect(html.headers.get('content-security-policy')).toContain("default-src 'self'")
    const text = await html.text()
    for (const [, file] of text.matchAll(/(?:src|href)="([\w.-]+\.\w+)"/g)) {
      expect((await fetch(`${addresses.console}/${file}`)).status, file).toBe(200)
    }
    for (const path of ['/console.ts', '/..%2fstack.ts', '/console/index.html', '/nothing.js']) {
      expect((await fetch(`${addresses.console}${path}`)).status, path).toBe(404)
    }
  })

  it('takes events and flow events from other tools, but not from other sites', async () => {
    const stack = await start()
    expect(await post(stack, 'eventbridge', { source: 'aws.emr' })).toEqual({ status: 200, body: { functions: [] } })
    const origin = { origin: 'https://evil.example' }
    expect((await post(stack, 'eventbridge', {}, origin)).status).toBe(403)
    expect((await post(stack, 'demo/break', {}, origin)).status).toBe(403)
    expect(stack.demo.broken).toBe(false)
    expect((await post(stack, 'invoke/nothing')).status).toBe(404)
    expect((await post(stack, 'invoke/probe', { what: 1 })).status, 'the function refuses the event').toBe(502)
    const contact = { Attributes: {}, ContactId: 'unknown', Channel: 'VOICE' }
    const answer = await post(stack, 'contact-flow', {
      Name: 'ContactFlowEvent',
      Details: { ContactData: contact, Parameters: { action: 'answered' } },
    })
    expect(Object.values(answer.body as object).every((value) => typeof value === 'string')).toBe(true)
  })
})

describe('three clouds on one machine', () => {
  const vantages =
    '{ sg: aws/ap-southeast-1, gz: tencent/ap-guangzhou, bj: tencent/ap-beijing, hz: aliyun/cn-hangzhou }'
  const config = (url: string) => fenghuo(url).replace(/vantages: .*/, `vantages: ${vantages}`)

  it('runs the probes of one vantage of each cloud, by their own timers, and leaves out those without checks', async () => {
    const { url } = await service()
    const stack = await start({ fenghuo: config(url) })
    expect(stack.addresses.probes).toEqual({
      probe: 'aws/ap-southeast-1',
      'tencent-uptime': 'tencent/ap-guangzhou',
      'aliyun-uptime': 'aliyun/cn-hangzhou',
    })
    await vi.waitFor(async () => {
      const seen = { verdict: 'up', latencyMs: expect.any(Number) }
      expect((await page(stack)).checks).toMatchObject([
        {
          verdict: 'up',
          sightings: [
            { name: 'sg', vantage: 'aws/ap-southeast-1', ...seen },
            { name: 'gz', vantage: 'tencent/ap-guangzhou', ...seen },
            { name: 'hz', vantage: 'aliyun/cn-hangzhou', ...seen },
          ],
        },
      ])
    }, waiting)
  })

  it('pages nobody for what one vantage alone sees, and somebody when two of three do', async () => {
    const { state, url } = await service()
    const stack = await start({ fenghuo: config(url) })
    const sightings = async () => (await page(stack)).checks[0]?.sightings.map(({ verdict }) => verdict)
    await vi.waitFor(async () => expect(await sightings()).toEqual(['up', 'up', 'up']), waiting)

    state.status = 503
    expect((await post(stack, 'invoke/aliyun-uptime', { all: true })).status).toBe(200)
    await vi.waitFor(async () => expect(await sightings()).toEqual(['up', 'up', 'down']), waiting)
    expect(await page(stack)).toMatchObject({ checks: [{ verdict: 'up' }], incidents: [], calls: [] })

    expect((await post(stack, 'invoke/tencent-uptime', { checks: ['pay/web'] })).status).toBe(200)
    await vi.waitFor(async () => {
      const { checks, incidents, calls } = await page(stack)
      expect(checks).toMatchObject([{ verdict: 'down', detail: expect.stringContaining('503') }])
      expect(incidents).toMatchObject([{ status: 'open' }])
      expect(calls).toMatchObject([{ status: 'ringing' }])
    }, waiting)
  })

  it('refuses, as the vendor’s function does, what is no event of its own', async () => {
    const stack = await start({ fenghuo: config('http://127.0.0.1:9/') })
    const scheduled = { source: 'aws.events', time: '2026-11-21T03:04:05Z' }
    for (const name of ['tencent-uptime', 'aliyun-uptime']) {
      expect((await post(stack, `invoke/${name}`, scheduled)).status, name).toBe(502)
    }
  })

  it('leaves the functions of other clouds to others, and awaits their reports', async () => {
    const stack = await start({ fenghuo: config('http://127.0.0.1:9/'), clouds: ['aws'] })
    expect(stack.addresses.probes).toEqual({ probe: 'aws/ap-southeast-1' })
    expect((await page(stack)).checks[0]?.sightings.map(({ name }) => name)).toEqual(['sg', 'gz', 'hz'])
  })
})

it('hears a job that reports by HTTP, as the deployed function does', async () => {
  const jobs = `  data: { title: 数据, chat: [wecom], checks: { nightly: { title: 夜间跑批, heartbeat: 1d } } }\n`
  const stack = await start({ fenghuo: fenghuo('http://127.0.0.1:9/') + jobs })
  const url = heartbeatUrl(stack.addresses.console, 'data/nightly', localSecret(join(folder, 'data')))
  const verdict = async () => (await page(stack)).checks.find(({ id }) => id === 'data/nightly')?.verdict

  expect((await fetch(url.replace(/key=.*/, 'key=none'))).status).toBe(403)
  expect(await verdict()).toBe('unknown')
  expect((await fetch(`${url}&status=3`, { method: 'POST', body: 'disk full' })).status).toBe(202)
  await vi.waitFor(async () => expect(await verdict()).toBe('down'), waiting)
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(202)
  await vi.waitFor(async () => expect(await verdict()).toBe('up'), waiting)
})

it('takes what pages PagerDuty, at its path and with a key of this machine', async () => {
  const stack = await start()
  const { url, keys } = stack.addresses.ingest
  const send = (routing_key: string | undefined, event_action: string) =>
    fetch(`${url}/v2/enqueue`, {
      method: 'POST',
      body: JSON.stringify({ routing_key, event_action, dedup_key: 'db', payload: { summary: 'db is down' } }),
    })
  const state = async () => (await page(stack)).incidents.find(({ title }) => title.en === 'db is down')?.status

  expect((await send('0'.repeat(32), 'trigger')).status).toBe(400)
  const answer = await send(keys.pay, 'trigger')
  expect({ status: answer.status, body: await answer.json() }).toEqual({
    status: 202,
    body: { status: 'success', message: 'Event processed', dedup_key: 'db' },
  })
  await vi.waitFor(async () => expect(await state()).toBe('open'), waiting)
  expect((await send(keys.pay, 'resolve')).status).toBe(202)
  await vi.waitFor(async () => expect(await state()).toBe('resolved'), waiting)
})

describe('what stops it from starting', () => {
  it('another one that runs with the same data', async () => {
    const { addresses } = await start()
    await expect(start()).rejects.toThrow(`a local stack runs already at ${addresses.console}`)
  })

  it('a file of another one that cannot be read', async () => {
    await mkdir(join(folder, 'data'))
    await writeFile(join(folder, 'data/stack.json'), '{"pid": 1')
    const starting = start()
    await expect(starting).rejects.toThrow(StartError)
    await expect(starting).rejects.toThrow(/stack\.json can't be read .*remove the file$/)
  })

  it('a port that is taken; nothing else is left running', async () => {
    const { url } = await service()
    const port = Number(new URL(url).port)
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await start()
  })

  it.each([
    { url: 'localhost:8080', error: '--check localhost:8080: is not a URL to watch' },
    { url: 'ftp://localhost/', error: '--check ftp://localhost/: is not a URL to watch' },
    { url: 'http://169.254.169.254/', error: "is a cloud's metadata service" },
  ])('--check $url', async ({ url, error }) => {
    await expect(start({ url })).rejects.toThrow(error)
  })

  it('a configuration with mistakes, all of them told', async () => {
    const broken = fenghuo('ftp://x').replace('calls: 1', 'calls: 99')
    await expect(start({ fenghuo: broken })).rejects.toThrow(/fenghuo\.yml:10:[\s\S]*fenghuo\.yml:16:/)
  })

  it('starts without what a check needs, and names all of it', async () => {
    const stack = await start({ fenghuo: fenghuo('http://127.0.0.1:9/${SHOP_PATH}?key=${SHOP_KEY}') })
    expect(stack.unset).toEqual(['SHOP_KEY', 'SHOP_PATH'])
  })

  it('no vantage that this machine could play', async () => {
    const elsewhere = fenghuo('http://127.0.0.1:9/').replace('aws/ap-southeast-1', 'tencent/ap-guangzhou')
    await expect(start({ fenghuo: elsewhere })).rejects.toThrow('add a line such as sg: aws/ap-southeast-1')
  })
})

const waiting = { timeout: 15_000, interval: 50 }
