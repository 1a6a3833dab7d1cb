import type { Fact } from '../../contracts/fact.ts'
import type { CheckFault } from '../words.ts'

type FaultOf<Code> = Extract<CheckFault, { code: Code }>

/** A fault, by its code and what it needs to be told. */
export function fact<Code extends CheckFault['code']>(
  code: Code,
  ...[args]: Record<never, never> extends FaultOf<Code>['args']
    ? [args?: FaultOf<Code>['args']]
    : [args: FaultOf<Code>['args']]
): FaultOf<Code> {
  return { code, args: args ?? {} } as FaultOf<Code>
}

/** Why an observation is not `up`. It ends up in messages, so it holds no secret. */
export class Fault<F extends Fact<string, object> = CheckFault> extends Error {
  readonly fault: F
  readonly outcome: 'down' | 'unknown'

  /** `unknown` says that the probe itself could not do its work, whatever the target is like. */
  constructor(fault: NoInfer<F>, outcome: 'down' | 'unknown' = 'down') {
    super(fault.code)
    this.fault = fault
    this.outcome = outcome
  }
}

/** What a check has seen when it ended with `error`. */
export function seenFault(error: unknown): Pick<Fault, 'outcome' | 'fault'> {
  const { outcome, fault } = isFault(error) ? error : faultOf(error)
  return { outcome, fault }
}

/** By its shape: what is loaded when it is needed comes in a bundle with a class `Fault` of its own. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Error && 'outcome' in error
}

/** The target's faults by Node's error codes. */
const targetFaults: Record<string, CheckFault> = {
  ECONNREFUSED: fact('connection-refused'),
  ECONNRESET: fact('connection-reset'),
  EHOSTUNREACH: fact('host-unreachable'),
  ENETUNREACH: fact('network-unreachable'),
  EPIPE: fact('connection-reset'),
  ERR_SSL_PACKET_LENGTH_TOO_LONG: fact('not-tls'),
  ERR_SSL_WRONG_VERSION_NUMBER: fact('not-tls'),
  ETIMEDOUT: fact('connection-timed-out'),
  Z_BUF_ERROR: fact('body-damaged', { how: 'cut-short' }),
  Z_DATA_ERROR: fact('body-damaged', { how: 'damaged' }),
}

/** The probe's own faults by Node's error codes: they say nothing about the target. */
const ownFaults: Record<string, CheckFault> = {
  EADDRNOTAVAIL: fact('probe-short-of', { what: 'ports' }),
  EMFILE: fact('probe-short-of', { what: 'files' }),
  ENOBUFS: fact('probe-short-of', { what: 'buffers' }),
  ENOMEM: fact('probe-short-of', { what: 'memory' }),
  ERR_HTTP2_INVALID_CONNECTION_HEADERS: fact('header-unusable', { why: 'http2' }),
  ERR_INVALID_CHAR: fact('header-unusable', { why: 'character' }),
}

function faultOf(error: unknown): Fault {
  if (error instanceof AggregateError && error.errors.length > 0) return faultOf(error.errors.at(-1))
  const { code, message } = error as { code?: unknown; message?: unknown }
  const name = String(code ?? '')
  const own = ownFaults[name]
  if (own !== undefined) return new Fault(own, 'unknown')
  return new Fault(targetFaults[name] ?? saidFault(name, String(message ?? error)))
}

function saidFault(name: string, message: string): CheckFault {
  if (name.startsWith('ERR_SSL_')) return fact('tls-failed', { said: readable(name.slice('ERR_SSL_'.length)) })
  if (name.startsWith('ERR_HTTP2_')) return fact('http2-failed', { error: http2Error(message) })
  return fact('connection-failed', { said: message })
}

/** Node ends its messages with `error code NGHTTP2_REFUSED_STREAM` or `error code 11`. */
function http2Error(message: string): string {
  return /error code (?:NGHTTP2_)?(\w+)$/.exec(message)?.[1] ?? message
}

function readable(constant: string): string {
  return constant.toLowerCase().replaceAll('_', ' ')
}
