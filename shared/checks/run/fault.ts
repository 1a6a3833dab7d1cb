import type { Seen } from '../kind.ts'

/** Why an observation is not `up`, in a short phrase for people. It may end up in a message, so it holds no secret. */
export class Fault extends Error {
  readonly outcome: 'down' | 'unknown'

  /** `unknown` says that the probe itself could not do its work, whatever the target is like. */
  constructor(detail: string, outcome: 'down' | 'unknown' = 'down') {
    super(detail)
    this.outcome = outcome
  }
}

/** What a check has seen when it ended with `error`. */
export function seenFault(error: unknown): Pick<Seen, 'outcome' | 'detail'> {
  const fault = isFault(error) ? error : faultOf(error)
  return { outcome: fault.outcome, detail: fault.message }
}

/** By its shape: what is loaded when it is needed comes in a bundle with a class `Fault` of its own. */
function isFault(error: unknown): error is Fault {
  return error instanceof Error && 'outcome' in error
}

/** The target's faults by Node's error codes. */
const targetFaults: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  EPIPE: 'connection reset',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not a TLS server',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not a TLS server',
  ETIMEDOUT: 'connection timed out',
  HPE_HEADER_OVERFLOW: 'response headers over 16 KiB',
  Z_BUF_ERROR: 'compressed body cut short',
  Z_DATA_ERROR: 'compressed body damaged',
}

/** The probe's own faults by Node's error codes: they say nothing about the target. */
const ownFaults: Record<string, string> = {
  EADDRNOTAVAIL: 'the probe has no free local port',
  EMFILE: 'the probe has too many open files',
  ENOBUFS: 'the probe is out of network buffers',
  ENOMEM: 'the probe is out of memory',
  ERR_HTTP2_INVALID_CONNECTION_HEADERS: 'a configured header is not allowed in HTTP/2',
  ERR_INVALID_CHAR: 'a configured header holds a character that HTTP cannot carry',
}

function faultOf(error: unknown): Fault {
  if (error instanceof AggregateError && error.errors.length > 0) return faultOf(error.errors.at(-1))
  const { code, reason, message } = error as { code?: unknown; reason?: unknown; message?: unknown }
  const name = String(code ?? '')
  const own = ownFaults[name]
  if (own !== undefined) return new Fault(own, 'unknown')
  const known = targetFaults[name]
  if (known !== undefined) return new Fault(known)
  if (name.startsWith('HPE_')) return new Fault(`malformed HTTP response: ${String(reason ?? name)}`)
  if (name.startsWith('ERR_SSL_')) return new Fault(`TLS handshake failed: ${readable(name.slice('ERR_SSL_'.length))}`)
  if (name.startsWith('ERR_HTTP2_')) return new Fault(`HTTP/2 failed: ${http2Reason(String(message))}`)
  return new Fault(String(message ?? error))
}

/** By their numbers: RFC 9113, section 7. */
const http2Errors = [
  'no error',
  'protocol error',
  'internal error',
  'flow control error',
  'settings timeout',
  'stream closed',
  'frame size error',
  'refused stream',
  'cancel',
  'compression error',
  'connect error',
  'enhance your calm',
  'inadequate security',
  'http/1.1 required',
]

/** Node ends its messages with `error code NGHTTP2_REFUSED_STREAM` or `error code 11`. */
function http2Reason(message: string): string {
  const code = /error code (?:NGHTTP2_)?(\w+)$/.exec(message)?.[1]
  return code === undefined ? message.toLowerCase() : (http2Errors[Number(code)] ?? readable(code))
}

function readable(constant: string): string {
  return constant.toLowerCase().replaceAll('_', ' ')
}
