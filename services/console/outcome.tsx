import type { Outcome } from '../../shared/engine/console/action.ts'
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

/** What is said of what was just done, by the words that stand in the address: `done`, to the incident `of`, and how many of how many. */
export function doneNotice(
  { done, of, taken, all }: Record<string, string>,
  { view, incidents, back }: { view: View; incidents: Incident[]; back: string },
): Notice | undefined {
  const { say } = view
  if (done === undefined || !Object.hasOwn(say.result, done)) return undefined
  const text = say.result[done as keyof typeof say.result]
  const isPart = /^\d{1,3}$/.test(taken ?? '') && /^\d{1,3}$/.test(all ?? '')
  if (isPart) return { text: say.tookSome(Number(taken), Number(all)), tone: 'bad' }
  const incident = incidents.find(({ number }) => String(number) === of)
  return {
    text,
    tone: 'good',
    ...(incident && { undo: <Undo view={view} incident={incident} done={done} back={back} /> }),
  }
}
