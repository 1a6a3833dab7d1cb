import { receiptsAt } from '../../shared/channels/receipts/receipts-address.ts'
import { bodyOf, type UrlAnswer, type UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import { takeReceipts } from '../../shared/engine/answers/take-receipts.ts'
import type { ReplyDeps } from '../../shared/engine/answers/take-reply.ts'
import { takeTextReceipts } from '../../shared/engine/answers/take-text-receipts.ts'
import { takePostedReplies } from '../../shared/engine/answers/take-text-reply.ts'
import type { EngineIo } from '../../shared/engine/io.ts'

/** Answers what a vendor posts of its calls or texts, or of texts of people, as the vendor wants to hear it. */
export async function answerReceipts(
  request: UrlRequest,
  secret: string,
  deps: ReplyDeps,
  io: EngineIo,
): Promise<UrlAnswer> {
  const receipts = receiptsAt(request.rawPath, secret)
  if (receipts === undefined) return json(404, {})
  if (request.requestContext.http.method !== 'POST') return { ...json(405, {}), headers: { allow: 'POST' } }
  const body = bodyOf(request)
  if ('readReplies' in receipts) {
    const taken = await takePostedReplies(body, receipts, deps, io)
    if (taken !== 'none') return answerOf(taken, receipts.answer)
  }
  const result = await ('readTexts' in receipts
    ? takeTextReceipts(body, receipts, io)
    : takeReceipts(body, receipts, io))
  return answerOf(result, receipts.answer)
}

/** Trouble of ours has the vendor post it again. */
function answerOf(result: 'taken' | 'unavailable', answer: object): UrlAnswer {
  return result === 'taken' ? json(200, answer) : json(503, {})
}

function json(statusCode: number, body: object): UrlAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  return { statusCode, headers, body: JSON.stringify(body) }
}
