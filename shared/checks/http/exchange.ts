import http from 'node:http'
import type { Socket } from 'node:net'
import { Fault, fact } from '../run/fault.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import { type BodyUse, type HttpResponse, receive } from './body.ts'
import { interimCounter } from './interim.ts'

/** Node's own default, written down because an error says it. */
const HEADER_LIMIT_BYTES = 16_384

export interface HttpRequest {
  url: URL
  method: string
  /** Names in lower case, `host` among them. */
  headers: Record<string, string>
  body?: string
}

/**
 * Sends a request over an open connection by HTTP/1.1 and reads the answer; measures `firstByte` and `download`. `bodyFor`
 * is asked once the status is known. The caller closes the connection.
 */
export function exchange(
  socket: Socket,
  { url, method, headers, body }: HttpRequest,
  bodyFor: (status: number) => BodyUse,
  clock: PhaseClock,
): Promise<HttpResponse> {
  clock.begin('firstByte')
  return new Promise((resolve, reject) => {
    const outgoing = http.request({
      createConnection: () => socket,
      method,
      path: url.pathname + url.search,
      headers,
      setHost: false,
      insecureHTTPParser: false,
      maxHeaderSize: HEADER_LIMIT_BYTES,
    })
    const answered = (response: http.IncomingMessage, use: BodyUse) => {
      // Before Node itself says goodbye, in TLS with a message of its own: a server that has said all it has does without.
      response.prependOnceListener('end', () => socket.destroy())
      receive({ status: response.statusCode ?? 0, headers: response.headers }, response, use, clock).then(
        resolve,
        reject,
      )
    }
    outgoing.once('response', (response) => answered(response, bodyFor(response.statusCode ?? 0)))
    outgoing.on(
      'information',
      interimCounter((fault) => socket.destroy(fault)),
    )
    outgoing.once('upgrade', (response) => answered(response, 'skip'))
    outgoing.on('error', (error) => reject(isHangUp(error) ? new Fault(fact('closed-without-response')) : error))
    outgoing.end(body)
  })
}

/** Node gives one code to a reset by the peer and to its own finding that the peer just closed. */
function isHangUp(error: Error): boolean {
  return error.message === 'socket hang up'
}
