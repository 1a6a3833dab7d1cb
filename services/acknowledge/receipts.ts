import { receiptsAt } from '../../shared/channels/receipts-address.ts'
import { bodyOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { takeReceipts } from '../../shared/engine/take-receipts.ts'
import { takeTextReceipts } from '../../shared/engine/take-text-receipts.ts'

/** Answers what a vendor posts of its calls or texts, as the vendor wants to hear it. */
export async function answerReceipts(request: UrlRequest, secret: string, io: EngineIo): Promise<UrlAnswer> {
  const receipts = receiptsAt(request.rawPath, secret)
  if (receipts === undefined) return json(404, {})
  if (request.requestContext.http.method !== 'POST') return { ...json(405, {}), headers: { allow: 'POST' } }
  const body = bodyOf(request)
  const result = await ('readTexts' in receipts
    ? takeTextReceipts(body, receipts, io)
    : takeReceipts(body, receipts, io))
  return result === 'taken' ? json(200, receipts.answer) : json(503, {})
}

function json(statusCode: number, body: object): UrlAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  return { statusCode, headers, body: JSON.stringify(body) }
}
