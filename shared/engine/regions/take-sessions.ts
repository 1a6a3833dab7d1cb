import { forEachAtMost } from '../../contracts/at-most.ts'
import { ENDED_KEPT_MS, type EndedSessions, keepEnded } from '../../store/ended-sessions.ts'
import type { EngineIo } from '../io.ts'

/** A region, as far as ended sessions are read of it. */
interface Ending {
  sessions(): Promise<EndedSessions[]>
}

/**
 * Takes over whose sessions were ended at another region's console: a cookie of that one opens this one, too. Each region reads each other, so
 * who has left is signed out of all within a minute of watch. What every session has outlived is not taken: tables forget it at different times,
 * and would bring it back to each other for ever.
 */
export async function takeEndedSessions(
  own: Ending,
  other: Ending,
  io: Pick<EngineIo, 'incidents' | 'now'>,
): Promise<void> {
  const theirs = (await other.sessions()).filter(({ at }) => at > io.now() - ENDED_KEPT_MS)
  if (theirs.length === 0) return
  const known = new Map((await own.sessions()).map(({ who, at }) => [who, at]))
  const news = theirs.filter(({ who, at }) => at > (known.get(who) ?? Number.NEGATIVE_INFINITY))
  await forEachAtMost(news, (ended) => keepEnded(ended, io))
}
