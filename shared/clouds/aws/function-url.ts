import * as z from 'zod/mini'

/** A request to a Lambda function URL (payload format 2.0). */
export const urlRequest = z.looseObject({
  rawPath: z.string(),
  rawQueryString: z._default(z.string(), ''),
  headers: z._default(z.record(z.string(), z.string()), {}),
  /** Each `name=value`. */
  cookies: z._default(z.array(z.string()), []),
  body: z.optional(z.string()),
  isBase64Encoded: z._default(z.boolean(), false),
  requestContext: z.looseObject({ http: z.looseObject({ method: z.string() }) }),
})
export type UrlRequest = z.infer<typeof urlRequest>

export interface UrlAnswer {
  statusCode: number
  headers: Record<string, string>
  /** Each the value of a `Set-Cookie`. */
  cookies?: string[]
  body: string
  /** What is no text is given so. */
  isBase64Encoded?: boolean
}

/** What a request carries, as text; empty if nothing. */
export function bodyOf(request: UrlRequest): string {
  return bytesOf(request).toString()
}

/** What a request carries, as it was sent. */
export function bytesOf({ body = '', isBase64Encoded }: UrlRequest): Buffer {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}
