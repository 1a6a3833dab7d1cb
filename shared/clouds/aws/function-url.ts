import * as z from 'zod'

/** A request to a Lambda function URL (payload format 2.0). */
export const urlRequest = z.looseObject({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.looseObject({ http: z.looseObject({ method: z.string() }) }),
})
export type UrlRequest = z.infer<typeof urlRequest>

export interface UrlAnswer {
  statusCode: number
  headers: Record<string, string>
  body: string
}

/** What a request carries, as text; empty if nothing. */
export function bodyOf({ body = '', isBase64Encoded }: UrlRequest): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body
}
