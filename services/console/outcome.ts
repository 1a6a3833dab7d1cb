import type { Outcome } from '../../shared/engine/console/action.ts'
import { standingOf } from '../../shared/messages/console-standing.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import type { Notice } from './pages/layout.tsx'
import type { View } from './view.ts'

/** Why an action was not done, for whoever asked for it. */
export function refusalText(acted: Exclude<Outcome, { result: 'done' | 'unknown' }>, view: View): string {
  const { say, language, timezone, now } = view
  if (acted.result === 'burning') {
    const since = timeSeenFrom(now, acted.since, timezone)
    return say.stillBurning(acted.check, words[language].sees[acted.verdict], since)
  }
  return say[acted.result](standingOf(acted.incident, now, language, timezone).text)
}

/** What is said of what was just done, by the word that stands in the address. */
export function doneNotice(done: string | undefined, { say }: View): Notice | undefined {
  if (done === undefined || !Object.hasOwn(say.result, done)) return undefined
  return { text: say.result[done as keyof typeof say.result], tone: 'good' }
}
