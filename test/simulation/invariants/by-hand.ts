import { parseReference } from '../../../shared/incidents/reference.ts'
import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import type { Outcome } from '../run.ts'
import { isHandOver, linesOf } from './history.ts'

const HOUR = 3_600_000

/** A key that is pressed is written down within this, ms: of some the function dies, and watch follows. */
const PRESSED_MS = 180_000

/** What people do to an incident counts once, and what is given back is nobody's. */
export function handsCountOnce(outcome: Outcome): string[] {
  return [
    ...pressesCountOnce(outcome),
    ...handOversCountOnce(outcome),
    ...whatIsReturnedIsNobodys(outcome),
    ...whatIsPutOffComesBack(outcome),
  ]
}

/** A press of a card's button is one press, however often the chat brings it. */
function pressesCountOnce(outcome: Outcome): string[] {
  return countedOnce(outcome, outcome.deciders.presses, ({ kind }) => kind === 'escalated', 'button')
}

function handOversCountOnce(outcome: Outcome): string[] {
  const handed = outcome.deciders.handed.map(({ incident }) => incident)
  return countedOnce(outcome, handed, isHandOver, 'console')
}

function countedOnce(
  outcome: Outcome,
  asked: string[],
  isIt: (line: TimelineEntry) => boolean,
  via: 'button' | 'console',
): string[] {
  return [...Map.groupBy(asked, (incident) => incident)].flatMap(([incident, { length: most }]) => {
    const lines = linesOf(outcome, parseReference(incident)).filter(
      (line) => isIt(line) && line.kind === 'escalated' && line.action.via === via,
    )
    return lines.length > most ? [`${incident} goes on ${lines.length} times, and was passed on ${most} times`] : []
  })
}

/** Who gives back what they have is told so once it pages again, and it is nobody's until somebody takes it. */
function whatIsReturnedIsNobodys(outcome: Outcome): string[] {
  return outcome.deciders.returned.flatMap((incident) => {
    const lines = linesOf(outcome, parseReference(incident))
    const back = lines.findLastIndex((line) => line.kind === 'reopened' && line.lapse.why === 'given-back')
    if (back < 0) return [`${incident} was given back, and nothing says so`]
    const goesOn = lines
      .slice(back)
      .some(({ kind }) => kind === 'layer' || kind === 'acknowledged' || kind === 'resolved')
    return goesOn ? [] : [`page lost: ${incident} was given back, and pages nobody`]
  })
}

/** Key 4 takes it for an hour, by the clock of whoever wrote it down. */
function whatIsPutOffComesBack({ timelines }: Outcome): string[] {
  return [...timelines].flatMap(([name, lines]) =>
    lines.flatMap((line) => {
      if (line.kind !== 'acknowledged' || line.action.key !== '4') return []
      const lastsMs = (line.until ?? Number.POSITIVE_INFINITY) - line.at
      return Math.abs(lastsMs - HOUR) > PRESSED_MS ? [`${name} is put off by ${lastsMs / 1000} s by key 4`] : []
    }),
  )
}
