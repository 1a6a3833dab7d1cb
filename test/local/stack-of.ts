import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach } from 'vitest'
import { localEnv } from '../../cli/drill/local-env.ts'
import { phonesIn } from '../../local/phones.ts'
import { type Stack, startStack } from '../../local/stack.ts'
import type { StackOptions } from '../../local/stack-options.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { dynamoTable } from '../../shared/clouds/aws/table.ts'
import { inBoth } from '../../shared/contracts/words.ts'
import { measure } from '../../shared/engine/console/measure.ts'
import { titleIn } from '../../shared/messages/facts.ts'
import { listIncidents } from '../../shared/store/incidents.ts'

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

/** What a stack has seen, opened and sent, and the calls that go on. */
export async function told(stack: Stack) {
  const { addresses, config, journal, sandboxes } = stack
  const dynamodb = dynamoDb(localEnv(addresses))
  const table = (name: string) => dynamoTable(dynamodb, addresses.tables[name] ?? '')
  const store = { incidents: table('incidents'), checks: table('checks'), log: () => undefined, now: Date.now }
  const [{ checks }, open, resolved] = await Promise.all([
    measure(config, store),
    listIncidents('open', 50, store),
    listIncidents('resolved', 5, store),
  ])
  return {
    checks: checks.map(({ id, verdict = 'unknown', seen }) => ({
      id,
      verdict,
      seen: seen.map(({ vantage, outcome }) => `${vantage} ${outcome}`),
    })),
    incidents: [...open, ...resolved].map((incident) => ({
      title: inBoth((language) => titleIn(language, incident)),
      status: incident.status,
    })),
    calls: phonesIn(sandboxes, { contacts: {} }).flatMap(({ call }) => call ?? []),
    messages: journal.messages(),
  }
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
