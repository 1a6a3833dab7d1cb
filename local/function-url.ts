import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './http.ts'
import type { LocalFunction } from './invoke.ts'

interface UrlAnswer {
  statusCode?: number
  headers?: Record<string, string>
  cookies?: string[]
  body?: string
  isBase64Encoded?: boolean
}

/** Answers a request as a Lambda function URL does (Lambda guide, "Invoking function URLs", payload format 2.0). */
export async function serveFunctionUrl(
  target: Pick<LocalFunction, 'invoke'>,
  request: IncomingMessage,
  response: ServerResponse,
  now: number,
): Promise<void> {
  const answer = await target.invoke(await urlEvent(request, now)).catch(() => undefined)
  if (answer === undefined) {
    response.writeHead(502, { 'content-type': 'text/plain' }).end('Internal Server Error')
    return
  }
  const { statusCode = 200, headers = {}, cookies = [], body = '', isBase64Encoded } = shape(answer)
  response.writeHead(statusCode, { ...headers, ...(cookies.length > 0 && { 'set-cookie': cookies }) })
  response.end(isBase64Encoded ? Buffer.from(body, 'base64') : body)
}

/** An answer without a `statusCode` is a body of its own. */
function shape(answer: unknown): UrlAnswer {
  if (answer !== null && typeof answer === 'object' && 'statusCode' in answer) return answer as UrlAnswer
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) }
}

async function urlEvent(request: IncomingMessage, now: number): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const rawPath = url.pathname
  const { cookie, ...others } = request.headers
  const headers = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]))
  const bytes = await readBody(request)
  const isText = /^(text\/|application\/(json|xml|javascript))/.test(headers['content-type'] ?? '')
  const query = [...url.searchParams.keys()].map((key) => [key, url.searchParams.getAll(key).join(',')])
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: url.search.slice(1),
    ...(cookie && { cookies: cookie.split('; ') }),
    headers,
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toISOString(),
      timeEpoch: now,
    },
    ...(bytes.length > 0 && { body: bytes.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: bytes.length > 0 && !isText,
  }
}
