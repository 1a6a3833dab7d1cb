import type { UrlAnswer, UrlRequest } from '../../shared/clouds/aws/function-url.ts'
import type { Instant, Language } from '../../shared/contracts/words.ts'
import { feedEvents } from '../../shared/oncall/feed.ts'
import { feedAt } from '../../shared/oncall/feed-address.ts'
import { icalendar } from '../../shared/oncall/icalendar.ts'
import type { Directory } from '../../shared/oncall/plan.ts'

export interface CalendarDeps {
  secret: string
  language: Language
  directory(project: string): Promise<Directory>
  now(): Instant
  log(line: Record<string, unknown>): void
}

/** What a gap is called in a calendar. */
const nobody: Record<Language, string> = { zh: '无人值班', en: 'nobody' }

/**
 * Answers a calendar's program. An address that is not ours is not found, be it near to one; on our own trouble the program keeps what it
 * has and asks again.
 */
export async function answerCalendar(request: UrlRequest, deps: CalendarDeps): Promise<UrlAnswer> {
  const { method } = request.requestContext.http
  if (method !== 'GET' && method !== 'HEAD') return { ...text(405, 'GET'), headers: { allow: 'GET, HEAD' } }
  const feed = feedAt(request.rawPath, deps.secret)
  if (feed === undefined) return text(404, 'not found')
  try {
    const events = feedEvents(await deps.directory(feed.project), feed.name, nobody[deps.language], deps.now())
    if (events === undefined) return text(404, 'not found')
    const body = icalendar(`${feed.project} ${feed.name}`, events, deps.now())
    return { statusCode: 200, headers: headersOf('text/calendar; charset=utf-8'), body }
  } catch (error) {
    deps.log({ level: 'error', event: 'calendar', error: String(error) })
    return text(503, 'try again later')
  }
}

function text(statusCode: number, body: string): UrlAnswer {
  return { statusCode, headers: headersOf('text/plain; charset=utf-8'), body }
}

function headersOf(type: string): Record<string, string> {
  return { 'content-type': type, 'cache-control': 'private, max-age=300', 'x-content-type-options': 'nosniff' }
}
