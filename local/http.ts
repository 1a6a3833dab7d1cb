import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Larger than any event that Lambda takes (6 MB, Lambda quotas). */
const maxBodyBytes = 8 * 1024 * 1024

/** A request refused with a status and a plain sentence. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface Served {
  /** `http://127.0.0.1:port` */
  url: string
  port: number
  stop(): Promise<void>
}

/**
 * Serves on the loopback address alone, and only to who asks for a loopback name: a page on the internet whose name was
 * pointed at this machine (DNS rebinding) is refused. Rejects with the system's error when the port is taken.
 */
export async function serveLocally(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Served> {
  const server = createServer((request, response) => {
    guarded(request, response).catch((error: unknown) => {
      const status = error instanceof Refused ? error.status : 500
      if (response.headersSent) response.destroy()
      else json(response, status, { error: error instanceof Error ? error.message : String(error) })
    })
  })
  async function guarded(request: IncomingMessage, response: ServerResponse) {
    if (!isLoopback(request.headers.host)) throw new Refused(421, 'only loopback names are served here')
    await answer(request, response)
  }
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** Any port: somebody may reach us through a tunnel. */
export function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '')
}

/** Refuses what another site's page sends on behalf of the person who looks at it. A program sends no `Origin`. */
export function refuseForeign(request: IncomingMessage): void {
  const { origin, host } = request.headers
  if (origin !== undefined && origin !== `http://${host}`) throw new Refused(403, 'this may only come from this page')
}

/** By its events, for an iterator of them takes longer than a small body does. */
export function readBody(request: IncomingMessage, limitBytes = maxBodyBytes): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limitBytes) request.destroy(new Refused(413, `more than ${limitBytes} bytes`))
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

export async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse((await readBody(request)).toString('utf8'))
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(400, 'the body is not JSON')
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body ?? null))
}
