import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach } from 'vitest'
import { type Stack, type StackOptions, startStack } from '../../local/stack.ts'

const hour = 3_600_000
const root = fileURLToPath(new URL('../../', import.meta.url))
/** Where the configuration of the test that runs lies, and its stack's data. */
export let folder: string
const stacks: Stack[] = []
/** What else is to be stopped after the test. */
export const others: { stop(): Promise<void> }[] = []

const oncall = `contacts:
  lin: { name: 林悦, phone: "+8613800000001", email: lin@example.com }
`

/** One check of `url`, which one look decides. */
export function fenghuo(url: string): string {
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

export async function start(options: Partial<StackOptions> & { fenghuo?: string } = {}): Promise<Stack> {
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

export async function post(stack: Stack, path: string, body: unknown = {}, headers: Record<string, string> = {}) {
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
    sightings: {
      name: string
      vantage: string
      verdict: string
      latencyMs?: number
      detail?: { zh: string; en: string }
    }[]
  }[]
  incidents: { title: { zh: string; en: string }; status: string; timeline: { kind: string }[] }[]
  calls: { contactId: string; status: string; name?: string; said: string[]; keys: { key: string }[] }[]
  messages: { channel: string; text: string; to?: string }[]
  channels: { name: string; mode: string }[]
}

export async function page(stack: Stack): Promise<PageState> {
  const response = await fetch(`${stack.addresses.console}/_local/state`)
  return (await response.json()) as PageState
}

/** A service that can be broken. */
export async function service() {
  const state = { status: 200 }
  const server = createServer((_, response) => response.writeHead(state.status).end())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  others.push({ stop: () => new Promise((done) => server.close(() => done())) })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { state, url: `http://127.0.0.1:${port}/` }
}

/** How long the stack may take for what it does by itself. */
export const waiting = { timeout: 15_000, interval: 50 }

/** A folder before each test; after it all that was started is stopped. */
export function stopsAfterEach(): void {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fenghuo-stack-'))
    await writeFile(join(folder, 'oncall.yml'), oncall)
  })

  afterEach(async () => {
    for (const stack of stacks.splice(0)) await stack.stop()
    for (const other of others.splice(0)) await other.stop()
    await rm(folder, { recursive: true })
  })
}
