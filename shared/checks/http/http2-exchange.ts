import http2 from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { Fault, fact } from '../run/fault.ts'
import type { Answer } from './exchange.ts'
import { HEADER_LIMIT_BYTES } from './header-limit.ts'
import { onRefusal, type Refused } from './http2-refusal.ts'
import { interimCounter } from './interim.ts'
import type { HttpRequest } from './request-head.ts'

const { NGHTTP2_NO_ERROR } = http2.constants

/** A header of the smallest size takes 32 bytes of the limit (RFC 9113, section 6.5.2). */
const MOST_HEADERS = HEADER_LIMIT_BYTES / 32

/** Does what `exchange` does by HTTP/2, over a connection that has agreed on it (ALPN `h2`). */
export function exchangeByHttp2(socket: TLSSocket, request: HttpRequest): Promise<Answer | Refused> {
  const { url, method, headers, body } = request
  const { host, ...rest } = headers
  return new Promise((resolve, reject) => {
    const session = http2.connect(url.origin, {
      createConnection: () => socket,
      settings: { enablePush: false, maxHeaderListSize: HEADER_LIMIT_BYTES },
      maxHeaderListPairs: MOST_HEADERS,
    })
    const stream = session.request({
      ':method': method,
      ':path': url.pathname + url.search,
      ':authority': host,
      ...rest,
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    })
    onRefusal(session, stream, resolve)
    session.on('error', reject)
    stream.once('response', ({ ':status': status = 0, ...others }) => {
      // Node ends the body of a stream that was cancelled or lost its connection as if it were complete.
      const isBroken = () => stream.rstCode !== NGHTTP2_NO_ERROR
      resolve({ status, headers: others, body: stream, isBroken })
    })
    stream.on(
      'headers',
      interimCounter((fault) => socket.destroy(fault)),
    )
    stream.on('error', (error) => {
      // Node's HTTP/2 reads some 144 KiB of headers: what other clients take by HTTP/2 is to be had by HTTP/1.1.
      if (/too many continuation/i.test(error.message)) resolve({ refused: 'http1-required' })
      reject(error)
    })
    stream.on('close', () => reject(new Fault(fact('closed-without-response'))))
    stream.end(body)
  })
}
