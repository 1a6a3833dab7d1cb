import { receiptsAt } from '../../shared/channels/receipts-address.ts'
import { bodyOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { takeReceipts } from '../../shared/engine/take-receipts.ts'
import { jsonIn } from '../../shared/ingest/text.ts'

/** More than this is no vendor's post. */
const MOST_CHARACTERS = 1_000_000

/**
 * Answers what a vendor posts of its calls. It never throws: on our own trouble the vendor is told to post again, and whatever is none of
 * its posts is dropped, so that it is not posted again for ever.
 */
export async function answerReceipts(request: UrlRequest, secret: string, io: EngineIo): Promise<UrlAnswer> {
  const receipts = receiptsAt(request.rawPath, secret)
  if (receipts === undefined) return json(404, {})
  if (request.requestContext.http.method !== 'POST') return { ...json(405, {}), headers: { allow: 'POST' } }
  const { vendor, answer } = receipts
  try {
    const body = bodyOf(request)
    const read = body.length > MOST_CHARACTERS ? undefined : receipts.read(jsonIn(body))
    if (read === undefined) io.log({ level: 'warn', event: 'receipts unreadable', vendor })
    else await takeReceipts(read, vendor, io)
    return json(200, answer)
  } catch (error) {
    io.log({ level: 'error', event: 'receipts', vendor, error: String(error) })
    return json(503, {})
  }
}

function json(statusCode: number, body: object): UrlAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  return { statusCode, headers, body: JSON.stringify(body) }
}
