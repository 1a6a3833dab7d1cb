import type { Instant, Language } from '../../shared/contracts/words.ts'
import { type DrillStory, drillStory, drillSummary } from '../words/drill-story.ts'
import type { Player } from './cast.ts'
import { inWords, type Score } from './score.ts'
import type { StageEvent, Trouble } from './stage.ts'
import { STORM_ALERTS } from './storm.ts'

/** One line of the timeline; undefined for what needs no line. `from`: when the rehearsal began, UTC ms. */
export function lineOf(event: StageEvent, cast: Player[], from: Instant, language: Language): string | undefined {
  const text = textOf(event, cast, drillStory[language])
  return text && `${seconds(event.at - from).padStart(9)}  ${text}`
}

function textOf(event: StageEvent, cast: Player[], say: DrillStory): string | undefined {
  switch (event.type) {
    case 'target':
      return say.target[event.is]
    case 'verdict':
      return say.verdict(event.verdict)
    case 'listening':
      return say.listens(nameOf(event.phone, cast))
    case 'key':
      return say.presses(nameOf(event.phone, cast), event.key)
    case 'ended':
      return say.ended(nameOf(event.phone, cast), event.reason)
    case 'trouble':
      return say.note(troubleIn(event.trouble, say))
    default:
      return inWords(event, cast, say)
  }
}

/** What went wrong, in words. */
export function troubleIn(trouble: Trouble, say: DrillStory): string {
  switch (trouble.of) {
    case 'call':
      return say.trouble.call(trouble.to, trouble.reason)
    case 'request':
      return say.trouble.request(trouble.operation, `${trouble.code} ${trouble.message}`)
    case 'contact event':
      return say.trouble.contactEvent(trouble.reason)
    case 'message':
      return say.trouble.message(trouble.channel, trouble.reason)
    case 'function':
      return say.trouble.function(trouble.name, trouble.reason)
    case 'rehearsal':
      return trouble.reason
  }
}

function nameOf(number: string, cast: Player[]): string {
  return cast.find(({ phone }) => phone === number)?.name ?? number
}

/** How it went, after the timeline. */
export function summaryOf(score: Score, language: Language): string {
  const { detectedMs, firstCallMs, escalations, resolvedMs, storm, calls, messages, failures = [] } = score
  const say = drillSummary[language]
  if (!score.ok) return [say.failed, ...failures.map((failure) => `  ${failure}`)].join('\n')
  const next = escalations.map(({ layer, fromEventMs }) => say.next(layer, seconds(fromEventMs)))
  return [
    say.fine(calls, messages),
    say.detected(seconds(detectedMs), seconds(firstCallMs), next),
    say.recovered(seconds(resolvedMs)),
    say.storm(STORM_ALERTS, seconds(storm.otherCallMs), seconds(storm.joinedMs)),
  ].join('\n')
}

function seconds(ms: number | null): string {
  return ms === null ? '?' : `${(ms / 1000).toFixed(2)} s`
}
