import type { Outcome } from '../../shared/engine/console/action.ts'
import { silenceMissed } from '../../shared/messages/console/results.ts'
import { standingOf } from '../../shared/messages/console/standing.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { Undo } from './pages/actions.tsx'
import type { Notice } from './pages/layout.tsx'
import type { Incident } from './pages/pieces.tsx'
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

/** Regions that could not be told of a silence, as the address has them that leads to what was done. */
export function missedIn(regions: string[] = []): string {
  return regions.length > 0 ? `&missed=${regions}` : ''
}

/**
 * What is said of what was just done, by the words that stand in the address: `done`, to the incident `of`, how many of how many, and where
 * not.
 */
export function doneNotice(
  { done, of, taken, all, missed }: Record<string, string>,
  { view, incidents, back }: { view: View; incidents: Incident[]; back: string },
): Notice | undefined {
  const { say } = view
  if (done === undefined || !Object.hasOwn(say.result, done)) return undefined
  const text = say.result[done as keyof typeof say.result]
  const isPart = /^\d{1,3}$/.test(taken ?? '') && /^\d{1,3}$/.test(all ?? '')
  if (isPart) return { text: say.tookSome(Number(taken), Number(all)), tone: 'bad' }
  // Whatever else stands there is of an address that somebody has made up.
  const isNotEverywhere = /^[a-z\d-]{3,40}(,[a-z\d-]{3,40})*$/.test(missed ?? '')
  const incident = incidents.find(({ number }) => String(number) === of)
  return {
    text: isNotEverywhere ? `${text} ${silenceMissed[view.language](String(missed))}` : text,
    tone: isNotEverywhere ? 'bad' : 'good',
    ...(incident && { undo: <Undo view={view} incident={incident} done={done} back={back} /> }),
  }
}
