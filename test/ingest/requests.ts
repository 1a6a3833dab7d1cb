import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { alert } from '../../shared/contracts/alert.ts'
import type { IngestIo } from '../../shared/engine/ingest/ingest-io.ts'
import { takeRequest } from '../../shared/engine/ingest/take-request.ts'
import type { InboundRequest, Reply } from '../../shared/ingest/format.ts'
import { hashOfKey } from '../../shared/ingest/keys.ts'
import { seenRecorder } from '../../shared/store/inbound.ts'
import { MemoryTable } from '../store/memory-table.ts'

export const KEY = '0123456789abcdef0123456789abcdef'
export const now = Date.parse('2026-11-28T12:00:00Z')

const folder = join(import.meta.dirname, '../samples/inbound')

/** A sample as its sender writes it: keys that begin with `_` are notes of ours. */
export function sample(name: string): unknown {
  const body: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  return Object.fromEntries(Object.entries(body).filter(([key]) => !key.startsWith('_')))
}

export function sampleText(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** A request of a sender. A body that is neither text nor bytes is sent as JSON. */
export function request(path: string, body?: unknown, rest: Partial<InboundRequest> = {}): InboundRequest {
  const url = new URL(path, 'https://in.example.com')
  const sent = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body ?? '')
  const headers = { 'content-type': 'application/json', ...rest.headers }
  return { method: 'POST', path: url.pathname, query: url.searchParams, body: sent, ...rest, headers }
}

/** The way in of the projects `pay` (whose key is `KEY`) and `shop`, with a queue that checks what the contract takes. */
export class WayIn {
  now = now
  /** What the queue has, alert by alert. */
  alerts: unknown[] = []
  batches: string[][] = []
  logged: Record<string, unknown>[] = []
  queueFails = false
  readonly table = new MemoryTable()
  certificate = ''
  fetched: string[] = []
  /** What lies in S3. */
  objects: Record<string, string> = {}
  /** What `inbound` of the project `pay` says. */
  readonly options: Record<string, unknown> = {}
  #names = 0

  readonly io: IngestIo = {
    keys: [
      { project: 'pay', hash: hashOfKey(KEY), perMinute: 600 },
      { project: 'shop', hash: hashOfKey('fedcba9876543210fedcba9876543210'), perMinute: 600 },
    ],
    projects: {
      pay: { name: 'pay', title: '支付', severity: 'critical', options: this.options },
      shop: { name: 'shop', title: '商城', severity: 'error', options: {} },
    },
    checks: this.table,
    seen: seenRecorder(),
    now: () => this.now,
    fetchText: async (url) => {
      this.fetched.push(url)
      return this.certificate
    },
    fetchObject: async (bucket, key) => {
      const found = this.objects[`${bucket}/${key}`]
      if (found === undefined) throw new Error('S3 answered 404')
      return Buffer.from(found)
    },
    token: () => `made-${++this.#names}`,
    waitOf: () => 0,
    cameAt: now,
    send: async (messages) => {
      if (this.queueFails) throw new Error('SQS not reached')
      this.batches.push(messages)
      for (const message of messages) {
        const { alerts } = JSON.parse(message) as { alerts: unknown[] }
        this.alerts.push(...alerts.map((one) => alert.parse(one)))
      }
    },
    log: (entry) => void this.logged.push(entry),
  }

  take(one: InboundRequest): Promise<Reply> {
    return takeRequest(one, this.io)
  }
}
