import type { VendorRequest } from '../server.ts'

const STATUS: Record<string, number> = {
  ResourceNotFoundException: 404,
  ContactNotFoundException: 410,
  LimitExceededException: 429,
  ThrottlingException: 429,
  TooManyRequestsException: 429,
  DestinationNotAllowedException: 403,
  OutboundContactNotPermittedException: 403,
  AccessDeniedException: 403,
  InvalidSignatureException: 403,
  IncompleteSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  UnknownOperationException: 404,
  InternalServiceException: 500,
}

/** The HTTP status of an error, by its name. */
export function statusOf(type: string): number {
  return STATUS[type] ?? 400
}

/** The operation's name in the API Reference. */
export function operationOf({ method, path }: VendorRequest): string {
  if (method === 'PUT' && path === '/contact/outbound-voice') return 'StartOutboundVoiceContact'
  if (method === 'POST' && path === '/contact/stop') return 'StopContact'
  if (method === 'GET' && /^\/contacts\/[^/]+\/[^/]+$/.test(path)) return 'DescribeContact'
  if (method === 'GET' && /^\/contact-flows\/[^/]+\/[^/]+$/.test(path)) return 'DescribeContactFlow'
  if (method === 'GET' && /^\/instance\/[^/]+$/.test(path)) return 'DescribeInstance'
  if (method === 'POST' && path === '/phone-number/list') return 'ListPhoneNumbersV2'
  return 'unknown'
}
