/** Why Connect did not do what it was asked. */
export interface ConnectFault {
  kind: /** Nothing happened; the same request may pass in a moment. */
    | 'busy'
    /** Nothing happened, and never will. */
    | 'refused'
    /** It may have happened: the answer did not arrive, or can't be read. */
    | 'lost'
  /** The vendor's name of the error, or the network's. */
  code: string
  /** For a person: what is wrong, and what to do about it. */
  reason: string
}

const BUSY: Record<string, string> = {
  LimitExceededException: 'the instance has as many calls as its quota allows',
  ThrottlingException: 'too many requests a second',
  TooManyRequestsException: 'too many requests a second',
}

/** Errors of Amazon Connect's API Reference and of AWS's common errors, each with its remedy. */
const REMEDIES: Record<string, string> = {
  DestinationNotAllowedException:
    "the number's country is not in the instance's allow list: ask AWS Support to add it, or route the prefix elsewhere",
  OutboundContactNotPermittedException: 'the instance may not call this number: check its outbound calling settings',
  ResourceNotFoundException:
    'instance, contact flow or caller is not known in this region: check `instance` and `flow`',
  InvalidRequestException: 'Connect takes no such request: check `caller` (claimed to the instance) and `flow`',
  InvalidParameterException: 'Connect takes no such request: check `instance`, `caller` and `flow`',
  AccessDeniedException: 'the function may not place calls: allow connect:StartOutboundVoiceContact on the instance',
  UnrecognizedClientException: 'the AWS credentials are not valid',
  InvalidSignatureException: "the AWS credentials are not valid, or this machine's clock is wrong",
  ExpiredTokenException: 'the AWS credentials have expired',
  CredentialsProviderError: 'there are no AWS credentials',
}

/** The connection was never made, so the request can't have arrived: the network's codes, and what Node and the SDK say. */
const UNREACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']
const UNCONNECTED = /did not establish a connection|before secure TLS connection was established/

/** Reads what the SDK throws. Whatever is not a clear word of the vendor's counts as lost. */
export function readConnectFault(error: unknown): ConnectFault {
  const { name, message, status, code } = describe(error)
  if (UNREACHED.includes(code) || UNCONNECTED.test(message)) {
    const cause = code || name
    return { kind: 'busy', code: cause, reason: `Connect can't be reached (${cause})` }
  }
  const busy = BUSY[name]
  if (busy) return { kind: 'busy', code: name, reason: `${name}: ${busy}` }
  if (
    name === 'CredentialsProviderError' ||
    (isServiceError(error) && status >= 400 && status < 500 && status !== 408)
  ) {
    return { kind: 'refused', code: name, reason: `${name}: ${REMEDIES[name] ?? message}` }
  }
  const what = code || (status > 0 ? `HTTP ${status}, ${name}` : name)
  return { kind: 'lost', code: code || name, reason: `no readable answer from Connect (${what})` }
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
