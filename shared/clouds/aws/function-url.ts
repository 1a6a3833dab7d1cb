/** A request to a Lambda function URL (payload format 2.0). */
export interface UrlRequest {
  rawPath: string
  rawQueryString: string
  headers: Record<string, string>
  /** Each `name=value`. */
  cookies: string[]
  body?: string
  isBase64Encoded: boolean
  /** `domainName`: the name by which the function was asked, as Lambda or API Gateway has it, whatever headers say. */
  requestContext: { http: { method: string; sourceIp?: string }; domainName?: string }
}

export interface UrlAnswer {
  statusCode: number
  headers: Record<string, string>
  /** Each the value of a `Set-Cookie`. */
  cookies?: string[]
  body: string
  /** What is no text is given so. */
  isBase64Encoded?: boolean
}

/** Whether an event is a request to a function URL: other triggers have no path. */
export function isUrlEvent(event: unknown): boolean {
  const { rawPath, requestContext } = Object(event)
  return typeof rawPath === 'string' && typeof requestContext?.http?.method === 'string'
}

/** The request that an event is, with what Lambda leaves out of it where there is none. Throws if it is another event. */
export function urlRequestOf(event: unknown): UrlRequest {
  if (!isUrlEvent(event)) throw new Error('This is no request to a function URL')
  const given = event as Partial<UrlRequest> & Pick<UrlRequest, 'rawPath' | 'requestContext'>
  return { rawQueryString: '', headers: {}, cookies: [], isBase64Encoded: false, ...given }
}

/** What a request carries, as text; empty if nothing. */
export function bodyOf(request: UrlRequest): string {
  return bytesOf(request).toString()
}

/** What a request carries, as it was sent. */
export function bytesOf({ body = '', isBase64Encoded }: UrlRequest): Buffer {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}
