import { bytesOf, type UrlAnswer, type UrlRequest, urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import type { Env } from './deps.ts'

interface App {
  fetch(request: Request, bindings: Env['Bindings']): Response | Promise<Response>
}

/** Answers an event of a function URL by an app, which is told from which address it is. */
export async function answerUrl(app: App, event: unknown): Promise<UrlAnswer> {
  const request = urlRequestOf(event)
  const source = request.requestContext.http.sourceIp
  return urlAnswer(await app.fetch(webRequest(request), source === undefined ? {} : { source }))
}

/**
 * A request to a function URL as the web's own. Its host is the name by which AWS was asked, never what the request says of itself: links
 * that are sent to people begin with it.
 */
function webRequest(request: UrlRequest): Request {
  const { rawPath, rawQueryString, headers, cookies, requestContext } = request
  const { http, domainName = '' } = requestContext
  const { method } = http
  const url = new URL(`https://${domainName || 'localhost'}`)
  url.pathname = rawPath
  url.search = rawQueryString
  const fields = new Headers({ ...headers, host: domainName })
  if (cookies.length > 0) fields.set('cookie', cookies.join('; '))
  const bytes = bytesOf(request)
  const hasBody = method !== 'GET' && method !== 'HEAD' && bytes.length > 0
  return new Request(url, { method, headers: fields, ...(hasBody && { body: new Uint8Array(bytes) }) })
}

/** An answer of the web as a function URL takes it: its bytes in base64, for most are compressed. */
async function urlAnswer(response: Response): Promise<UrlAnswer> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie'))
  const cookies = response.headers.getSetCookie()
  return {
    statusCode: response.status,
    headers,
    ...(cookies.length > 0 && { cookies }),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    isBase64Encoded: true,
  }
}
