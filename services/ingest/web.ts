import { bytesOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import type { InboundRequest, Reply } from '../../shared/ingest/format.ts'

/** A request to the function's URL. Its `x-forwarded-*` headers are anybody's: nothing reads them. */
export function requestOf(request: UrlRequest): InboundRequest {
  return {
    method: request.requestContext.http.method.toUpperCase(),
    path: request.rawPath,
    query: new URLSearchParams(request.rawQueryString),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: request.isBase64Encoded ? bytesOf(request) : (request.body ?? ''),
  }
}

/** A reply as a function URL answers it: a text as it is, anything else as JSON; never to be kept by a cache. */
export function urlAnswerOf({ status, body, headers = {} }: Reply): UrlAnswer {
  const isText = typeof body === 'string'
  return {
    statusCode: status,
    headers: {
      'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
    body: isText ? body : JSON.stringify(body),
  }
}
