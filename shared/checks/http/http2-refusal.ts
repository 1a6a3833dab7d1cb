import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2'
import { Fault, fact } from '../run/fault.ts'

/** Error codes (RFC 9113, section 7). */
const REFUSED_STREAM = 7
const HTTP_1_1_REQUIRED = 13

/** A request that the target has not looked at: it may be sent again, or by HTTP/1.1. */
export interface Refused {
  refused: 'unprocessed' | 'http1-required'
}

/**
 * Calls `refuse` when the target says that it has not looked at a request: by the code of its stream, or because the session ends before
 * it (RFC 9113, sections 6.8 and 8.7). Listens before anybody else does who takes the same events for failures.
 */
export function onRefusal(
  session: ClientHttp2Session,
  stream: ClientHttp2Stream,
  refuse: (how: Refused) => void,
): void {
  const refuseBy = (code: number) => {
    if (code === HTTP_1_1_REQUIRED) refuse({ refused: 'http1-required' })
    if (code === REFUSED_STREAM) refuse({ refused: 'unprocessed' })
  }
  session.on('goaway', (code, lastStreamId) => {
    refuseBy(code)
    if (stream.id === undefined || stream.id > lastStreamId) refuse({ refused: 'unprocessed' })
  })
  stream.on('error', () => refuseBy(stream.rstCode))
  stream.on('close', () => refuseBy(stream.rstCode))
}

/** Of a target that refuses once more, or that no other way leads to. */
export function refusalFault({ refused }: Refused): Fault {
  return new Fault(
    fact('http2-failed', { error: refused === 'http1-required' ? 'HTTP_1_1_REQUIRED' : 'REFUSED_STREAM' }),
  )
}
