import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The way out of one region to the others. */
export interface WayOut {
  /** Scheme, host and port: the region's `FENGHUO_REGIONS_URL`. */
  url: string
  /** True: what is sent is neither delivered nor answered. */
  isCut: boolean
  stop(): Promise<void>
}

/** Which service of which region a request is signed for (IAM User Guide, "Create a signed AWS API request": the credential's scope). */
const SCOPE = /Credential=[^/]+\/\d{8}\/([a-z0-9-]+)\/([a-z]+)\/aws4_request/

/**
 * Passes each request on to the region and service that it is signed for, as AWS's own addresses would lead it there. A region that is not
 * there, `addressOf` gives undefined or nobody listens, breaks the connection.
 */
export async function startWayOut(addressOf: (region: string, service: string) => string | undefined): Promise<WayOut> {
  const way = { isCut: false }
  const server: Server = createServer((incoming, response) => {
    if (way.isCut) return
    const [, region = '', service = ''] = SCOPE.exec(incoming.headers.authorization ?? '') ?? []
    const address = addressOf(region, service)
    if (address === undefined) return void response.destroy()
    passOn(incoming, response, address)
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', done)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(way, {
    url,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  })
}

/** The host is signed: it stays as it was. */
function passOn(incoming: IncomingMessage, response: ServerResponse, address: string): void {
  const { method, url = '/', headers } = incoming
  const outgoing = request(new URL(url, address), { method, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  outgoing.on('error', () => response.destroy())
  incoming.pipe(outgoing)
}
