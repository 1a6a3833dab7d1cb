import type { UrlAnswer, UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import { type CalendarIo, takeCalendarRequest } from '../../shared/engine/answers/take-calendar-request.ts'
import { feedAt } from '../../shared/oncall/feed-address.ts'

const statusOf = { taken: 200, 'not-found': 404, unavailable: 503 }

/** Answers a calendar's program. An address that is not ours is not found, be it near to one. */
export async function answerCalendar(request: UrlRequest, secret: string, io: CalendarIo): Promise<UrlAnswer> {
  const { method } = request.requestContext.http
  if (method !== 'GET' && method !== 'HEAD') return { ...calendar(405), headers: { allow: 'GET, HEAD' } }
  const feed = feedAt(request.rawPath, secret)
  if (feed === undefined) return calendar(404)
  const answer = await takeCalendarRequest(feed, io)
  return calendar(statusOf[answer.result], 'calendar' in answer ? answer.calendar : '')
}

function calendar(statusCode: number, body = ''): UrlAnswer {
  const headers = {
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'private, max-age=300',
    'x-content-type-options': 'nosniff',
  }
  return { statusCode, headers, body }
}
