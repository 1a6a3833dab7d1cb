import type { Instant } from '../../shared/contracts/words.ts'
import type { Player } from './cast.ts'
import { inWords, type Score } from './score.ts'
import type { StageEvent } from './stage.ts'
import { STORM_ALERTS } from './storm.ts'

/** One line of the timeline; undefined for what needs no line. `from`: when the rehearsal began, UTC ms. */
export function lineOf(event: StageEvent, cast: Player[], from: Instant): string | undefined {
  const text = textOf(event, cast)
  return text && `${seconds(event.at - from).padStart(9)}  ${text}`
}

function textOf(event: StageEvent, cast: Player[]): string | undefined {
  switch (event.type) {
    case 'target':
      return event.is === 'down' ? 'THE SERVER GOES DOWN' : 'THE SERVER IS BACK'
    case 'verdict':
      return `the check is seen ${event.verdict}`
    case 'listening':
      return `${nameOf(event.phone, cast)} answers and listens`
    case 'key':
      return `${nameOf(event.phone, cast)} presses ${event.key}`
    case 'ended':
      return `${nameOf(event.phone, cast)}'s call is over: ${event.reason}`
    case 'trouble':
      return `note: ${event.text}`
    default:
      return inWords(event, cast)
  }
}

function nameOf(number: string, cast: Player[]): string {
  return cast.find(({ phone }) => phone === number)?.name ?? number
}

/** How it went, after the timeline. */
export function summaryOf(score: Score): string {
  const { detectedMs, firstCallMs, escalations, resolvedMs, storm, calls, messages, failures = [] } = score
  if (!score.ok) return ['The rehearsal FAILED:', ...failures.map((failure) => `  ${failure}`)].join('\n')
  const next = escalations.map(({ layer, fromEventMs }) => `layer ${layer} called ${seconds(fromEventMs)} later`)
  return [
    `Everything happened, once: ${calls} calls, ${messages} messages.`,
    `Detected after ${seconds(detectedMs)}, first call ${seconds(firstCallMs)} later; after each call's end ${next.join(', ')}.`,
    `Recovery told after ${seconds(resolvedMs)}.`,
    `In a storm of ${STORM_ALERTS} alerts another project's call after ${seconds(storm.otherCallMs)}; all of them joined after ${seconds(storm.joinedMs)}.`,
  ].join('\n')
}

function seconds(ms: number | null): string {
  return ms === null ? '?' : `${(ms / 1000).toFixed(2)} s`
}
