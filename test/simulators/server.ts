import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Failure, failurePlan, isRefusal, type Refusal, type Spoilt } from './failures.ts'

/** A request as it came over the wire. */
export interface VendorRequest {
  method: string
  /** Without the query. */
  path: string
  /** Without the question mark, as sent. */
  query: string
  params: URLSearchParams
  headers: IncomingHttpHeaders
  /** The body's bytes: signatures are over these. */
  body: Buffer
  /** The address that it came from, over the wire. */
  from?: string
}

export interface VendorAnswer {
  status: number
  headers?: Record<string, string>
  /** Written as JSON; bytes as they are. */
  body: unknown
}

/** One vendor: how it answers, and how it refuses. */
export interface Vendor {
  answer(request: VendorRequest): VendorAnswer | Promise<VendorAnswer>
  /** The vendor's words for a planned refusal. */
  refuse(failure: Refusal, request: VendorRequest): VendorAnswer
  /** The name failures may ask for; vendors with one operation leave it out. */
  operation?(request: VendorRequest): string
}

export interface ServerOptions {
  /** 0 or absent: any free port. */
  port?: number
  /** How long every answer takes, real milliseconds. Default 0. */
  latencyMs?: number
  /** Whether a request reaches the vendor: another is reset, as if the line were cut. Default: all do. */
  reaches?(request: VendorRequest): boolean
}

/** What every HTTP simulator has. */
export interface VendorServer {
  /** Scheme, host and port, without a slash at the end. */
  url: string
  /** Every request that came, whatever became of it, oldest first. */
  requests: VendorRequest[]
  /** Queues what happens to the next requests. */
  fail(...failures: Failure[]): void
  /** Planned failures that have not happened yet. */
  readonly failuresLeft: number
  /** Drops every connection, those of unanswered requests too. */
  close(): Promise<void>
}

/** Listens on 127.0.0.1 and speaks for `vendor`, or fails as planned. */
export async function startVendorServer(vendor: Vendor, options: ServerOptions = {}): Promise<VendorServer> {
  const plan = failurePlan<Failure>()
  const requests: VendorRequest[] = []
  const sockets = new Set<Socket>()

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming)
    if (options.reaches?.(request) === false) return spoil({ kind: 'reset' }, response)
    requests.push(request)
    const operation = vendor.operation?.(request)
    const failure = plan.take((planned) => {
      if (planned.operation !== undefined && planned.operation !== operation) return false
      if (!planned.after) return true
      planned.after -= 1
      return false
    })
    const lateMs = (options.latencyMs ?? 0) + (failure?.kind === 'slow' ? failure.ms : 0)
    if (lateMs > 0) await new Promise((resolve) => setTimeout(resolve, lateMs))
    if (failure === undefined || failure.kind === 'slow') return write(response, await vendor.answer(request))
    if (isRefusal(failure)) return write(response, vendor.refuse(failure, request))
    if (failure.taken) await vendor.answer(request)
    spoil(failure, response)
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      if (!response.destroyed && !response.headersSent) response.writeHead(500).end(`simulator failed: ${error}`)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (...failures) => plan.add(failures.map((failure) => ({ ...failure }))),
    get failuresLeft() {
      return plan.left
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

async function read(incoming: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const url = incoming.url ?? '/'
  const mark = url.indexOf('?')
  const query = mark < 0 ? '' : url.slice(mark + 1)
  return {
    method: incoming.method ?? '',
    path: mark < 0 ? url : url.slice(0, mark),
    query,
    params: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.concat(chunks),
    from: incoming.socket.remoteAddress ?? '',
  }
}

function write(response: ServerResponse, answer: VendorAnswer): void {
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(JSON.stringify(answer.body))
  const type = bytes.length > 0 ? { 'content-type': 'application/json' } : {}
  response.writeHead(answer.status, { ...type, ...answer.headers }).end(bytes)
}

function spoil(failure: Spoilt, response: ServerResponse): void {
  switch (failure.kind) {
    case 'http':
      response.writeHead(failure.status, { 'content-type': 'text/plain' }).end('Service Unavailable')
      return
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end(failure.body ?? '<html>502 Bad Gateway</html>')
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'timeout':
      if (failure.ms === undefined) return
      setTimeout(() => response.socket?.destroy(), failure.ms).unref()
  }
}

/** The body as a JSON object, or undefined when it is none. */
export function jsonObject(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** UTF-8 bytes of a text, as every vendor counts them. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
