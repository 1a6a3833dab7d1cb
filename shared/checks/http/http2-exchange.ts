import type { ClientHttp2Stream } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { Fault, fact } from '../run/fault.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import { type BodyUse, type HttpResponse, receive } from './body.ts'
import type { HttpRequest } from './exchange.ts'
import { interimCounter } from './interim.ts'

/** RFC 9113, section 7. */
const NO_ERROR = 0

/** Does what `exchange` does by HTTP/2, over a connection that has agreed on it (ALPN `h2`). */
export async function exchangeByHttp2(
  socket: TLSSocket,
  { url, method, headers, body }: HttpRequest,
  bodyFor: (status: number) => BodyUse,
  clock: PhaseClock,
): Promise<HttpResponse> {
  // Most probes never need it, and it costs a start a few milliseconds and a megabyte.
  const http2 = await import('node:http2')
  const { host, ...rest } = headers
  clock.begin('firstByte')
  return new Promise((resolve, reject) => {
    const session = http2.connect(url.origin, { createConnection: () => socket, settings: { enablePush: false } })
    session.on('error', reject)
    const stream = session.request({
      ':method': method,
      ':path': url.pathname + url.search,
      ':authority': host,
      ...rest,
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    })
    let isAnswered = false
    stream.once('response', (received) => {
      isAnswered = true
      const { ':status': status = 0, ...others } = received
      receive({ status, headers: others }, stream, bodyFor(status), clock)
        .then((response) => wholeOf(response, stream))
        .then(resolve, reject)
    })
    stream.on(
      'headers',
      interimCounter((fault) => socket.destroy(fault)),
    )
    stream.on('error', reject)
    stream.on('close', () => {
      if (!isAnswered) reject(new Fault(fact('closed-without-response')))
    })
    stream.end(body)
  })
}

/** Node ends the body of a stream that was cancelled or lost its connection as if it were complete. */
function wholeOf(response: HttpResponse, { rstCode }: ClientHttp2Stream): HttpResponse {
  if (rstCode !== NO_ERROR && !response.isCut) throw new Fault(fact('body-cut-short'))
  return response
}
