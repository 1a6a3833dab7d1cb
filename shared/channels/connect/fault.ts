import type { Failure, PlainFailureClass } from '../../contracts/failure.ts'
import { type ErrorTable, meaningOf, type Remedy } from '../../contracts/vendor-errors.ts'
import { quotation } from '../network.ts'

/** How failures name this vendor: the type of its voice route. */
export const VENDOR = 'connect'

/** Connect takes two calls a second: `BUSY_RETRY_MS` and a little. */
export const BUSY_RETRY_MS = 1_000

/** Why Connect did not do what it was asked. */
export interface ConnectFault {
  kind: /** Nothing happened; the same request may pass in a moment. */
    | 'busy'
    /** Nothing happened, and never will. */
    | 'refused'
    /** It may have happened: the answer did not arrive, or can't be read. */
    | 'lost'
  failure: Failure
}

export const raiseQuota: Remedy = {
  zh: '请在 Service Quotas 提高 Concurrent active calls per instance',
  en: 'raise "Concurrent active calls per instance" in Service Quotas',
}

/** Those with a pause may pass later. */
export const errors: ErrorTable = {
  source:
    'docs.aws.amazon.com/connect, API Reference: StartOutboundVoiceContact and Common Errors; Administrator Guide: Countries you can call',
  codes: {
    // As many calls as the instance's quota allows.
    LimitExceededException: {
      class: 'over-quota',
      afterMs: BUSY_RETRY_MS,
      remedy: raiseQuota,
    },
    ThrottlingException: { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    TooManyRequestsException: { class: 'rate-limited', afterMs: BUSY_RETRY_MS },
    DestinationNotAllowedException: {
      class: 'country-closed',
      remedy: {
        zh: '请联系 AWS Support 为该实例开通此国家',
        en: 'have AWS Support allow the country for the instance',
      },
    },
    OutboundContactNotPermittedException: { class: 'not-allowed' },
    ResourceNotFoundException: {
      class: 'no-such-sender',
      remedy: { zh: '请检查实例、流程与地域，再次部署', en: 'check instance, flow and region, and deploy again' },
    },
    InvalidRequestException: { class: 'bad-request' },
    InvalidParameterException: { class: 'bad-request' },
    AccessDeniedException: {
      class: 'not-allowed',
      remedy: {
        zh: '请允许函数 page 执行 connect:StartOutboundVoiceContact',
        en: 'allow connect:StartOutboundVoiceContact to the function page',
      },
    },
    UnrecognizedClientException: { class: 'bad-credentials' },
    InvalidSignatureException: { class: 'bad-credentials' },
    ExpiredTokenException: { class: 'bad-credentials' },
    CredentialsProviderError: { class: 'bad-credentials' },
  },
}

/** The connection was never made, so the request can't have arrived: the network's codes, and what Node and the SDK say. */
const UNREACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']
const UNCONNECTED = /did not establish a connection|before secure TLS connection was established/

/** Reads what the SDK throws. Whatever is not a clear word of the vendor's counts as lost. */
export function readConnectFault(error: unknown): ConnectFault {
  const { name, message, status, code } = describe(error)
  const failing = (kind: PlainFailureClass, code: string): Failure => ({ class: kind, vendor: VENDOR, code })
  if (UNREACHED.includes(code) || UNCONNECTED.test(message))
    return { kind: 'busy', failure: failing('unreachable', code || name) }
  const meaning = meaningOf(errors, name)
  if (meaning?.afterMs !== undefined)
    return { kind: 'busy', failure: { ...failing(meaning.class, name), ...quotation(message) } }
  if (
    name === 'CredentialsProviderError' ||
    (isServiceError(error) && status >= 400 && status < 500 && status !== 408)
  ) {
    return { kind: 'refused', failure: { ...failing(meaning?.class ?? 'refused', name), ...quotation(message) } }
  }
  if (code === '' && status > 200)
    return { kind: 'lost', failure: { class: 'http-status', vendor: VENDOR, status, code: name } }
  if (name === 'SyntaxError') return { kind: 'lost', failure: failing('unreadable-answer', name) }
  const isTimeout = /Abort|Timeout|ETIMEDOUT/.test(code || name)
  return { kind: 'lost', failure: failing(isTimeout ? 'timeout' : 'lost-answer', code || name) }
}

function isServiceError(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.name !== 'SyntaxError'
}

function describe(error: unknown): { name: string; message: string; status: number; code: string } {
  const given = error as { name?: unknown; message?: unknown; code?: unknown; $metadata?: { httpStatusCode?: number } }
  return {
    name: String(given?.name ?? 'Error'),
    message: String(given?.message ?? error),
    status: given?.$metadata?.httpStatusCode ?? 0,
    code: typeof given?.code === 'string' ? given.code : '',
  }
}
