import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer, type RequestOptions, type request } from 'node:https'
import { type AddressInfo, isIP, type LookupFunction } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { event, requestFault, signatureFault } from './webhook.ts'

const TLS = fileURLToPath(new URL('../samples/tls/', import.meta.url))

/** An event as it came. */
export interface Received {
  host: string
  path: string
  headers: IncomingHttpHeaders
  type: string
  data: Record<string, unknown>
}

/** How the receiver answers to the next request in place of a 204. */
export interface Planned {
  status: number
  headers?: Record<string, string>
  body?: string
}

/**
 * The public internet as a test has it: names mean the addresses given, and behind every public address is one receiver of webhooks, on this
 * machine and over TLS. It takes a question without a signature, and what is signed by `key` alone. Connections are noted by address.
 */
export class PublicHook {
  readonly names: Record<string, string[]> = {}
  readonly connected: string[] = []
  readonly received: Received[] = []
  readonly planned: Planned[] = []
  key: string | undefined
  readonly #server = createServer({ key: readFileSync(`${TLS}smtp.key.pem`), cert: readFileSync(`${TLS}smtp.pem`) })
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
    this.#server.on('request', async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const received = { method: request.method ?? '', headers: request.headers, body: Buffer.concat(chunks) }
      expect(requestFault(received)).toBeUndefined()
      const { type, data } = event.parse(JSON.parse(received.body.toString()))
      this.received.push({
        host: request.headers.host?.split(':')[0] ?? '',
        path: request.url ?? '',
        headers: request.headers,
        type,
        data,
      })
      const { status, headers, body } = this.planned.shift() ?? { status: this.#isTaken(type, received) ? 204 : 401 }
      response.writeHead(status, headers).end(body)
    })
  }

  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  /** In place of `resolve4` and `resolve6` of a `Resolver` of `node:dns/promises`. */
  async resolve(host: string, family: 4 | 6): Promise<string[]> {
    const found = this.names[host]?.filter((address) => isIP(address) === family)
    const code = found === undefined ? 'ENOTFOUND' : 'ENODATA'
    if (!found?.length) throw Object.assign(new Error(`query ${code} ${host}`), { code })
    return found
  }

  /** In place of `request` of `node:https`, by which it is sent: the address to which it would have gone is noted, and the receiver answers. */
  request(send: typeof request, url: URL, options: RequestOptions, answered: Parameters<typeof request>[2]) {
    const lookup: LookupFunction = (host, asked, done) =>
      options.lookup?.(host, { ...asked, all: true }, (error, found) => {
        if (error === null && Array.isArray(found)) this.connected.push(...found.map(({ address }) => address))
        const own = [{ address: '127.0.0.1', family: 4 }]
        return asked.all ? done(error, own) : done(error, '127.0.0.1', 4)
      })
    const { port } = this.#server.address() as AddressInfo
    const ca = readFileSync(`${TLS}ca.pem`)
    return send(url, { ...options, port, lookup, ca, servername: 'localhost' }, answered)
  }

  #isTaken(type: string, received: Parameters<typeof requestFault>[0]): boolean {
    if (type === 'subscription.confirm') return received.headers['webhook-signature'] === undefined
    const { key: secret } = this
    return secret !== undefined && signatureFault(received, { secret, now: this.#now }) === undefined
  }
}
