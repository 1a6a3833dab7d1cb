import type { Failure } from '../contracts/failure.ts'
import type { Instant, Language } from '../contracts/words.ts'
import { EVERYBODY } from '../incidents/incident.ts'
import type { Recipient } from '../incidents/notice.ts'
import { endOf } from '../incidents/pause/pause.ts'
import type { TimelineEntry } from '../incidents/timeline-entry.ts'
import { doer, viaText } from './action-words.ts'
import { oneLine } from './cut.ts'
import { factIn, summaryIn } from './facts.ts'
import { failureText, type VendorWords } from './failure.ts'
import { missingText } from './needed.ts'
import { raisedText } from './raised.ts'
import { sourceText } from './source-text.ts'
import { timelineWords } from './timeline-words.ts'
import { timeSeenFrom } from './times.ts'
import { words } from './words.ts'

type Of<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>

/** What somebody else wrote is cut at so many characters; the summary of an alert may be longer. */
const QUOTED_CHARACTERS = 200

/** A note is read where it is written: whole. */
const NOTE_CHARACTERS = 1024

/** One line of an incident's history for people, without its time. Times in it are written in `timezone` (IANA). */
export function timelineText(
  entry: TimelineEntry,
  language: Language,
  timezone: string,
  vendors: VendorWords = {},
): string {
  const say = timelineWords[language]
  const { brackets, severity } = words[language]
  switch (entry.kind) {
    case 'opened': {
      const summary = quoted(summaryIn(language, entry))
      const source = quoted(sourceText(entry.source))
      const told = source === 'unknown' || summary.includes(source)
      const said = say.opened(severity[entry.severity], summary, told ? undefined : source)
      return said + again(entry, language, timezone)
    }
    case 'changed':
      return (
        say.changed(severity[entry.severity], quoted(summaryIn(language, entry))) + outgrown(entry, language, timezone)
      )
    case 'raised':
      return raisedText(entry, language)
    case 'layer':
      return layer(entry, language)
    case 'layer-ended':
      return say.ended(placeOf(entry, language), factIn(language, entry.why))
    case 'call':
      return (
        say.call(entry.name, entry.call, outcomeIn(language, entry.outcome), entry.number) +
        because(entry.failure, language, vendors)
      )
    case 'message':
      return (
        say.notified[entry.status](recipientIn(language, entry.to), say.what[entry.what]) +
        because(entry.failure, language, vendors)
      )
    case 'fallback': {
      const { reach } = words[language]
      return say.fallback(entry.name, reach[entry.from], reach[entry.to]) + because(entry.failure, language, vendors)
    }
    case 'exhausted':
      return say.exhausted(entry.rounds, timeSeenFrom(entry.at, entry.repeatAt, timezone))
    case 'paused':
      return paused(entry, language, timezone)
    case 'resumed':
      return say.resumed
    case 'duty':
      return say.duty[entry.why](entry.region)
    case 'acknowledged':
      return (
        say.acknowledged(entry.action.by?.name) +
        brackets(
          [
            viaText(entry.action, language),
            ...(entry.until === undefined ? [] : [say.pagesAgain(timeSeenFrom(entry.at, entry.until, timezone))]),
            ...(entry.missing === undefined ? [] : [missingText(entry.missing, language)]),
          ].join(words[language].comma),
        )
      )
    case 'reopened':
      return say.reopened[entry.lapse.why](doer(entry.lapse.by ?? entry.lapse.action, language))
    case 'escalated':
      return say.escalated(doer(entry.action, language), {
        layer: entry.layer,
        to: entry.to?.join(words[language].list),
        policy: entry.policy,
      })
    case 'merged':
      return say.merged[entry.what](doer(entry.action, language), entry.number)
    case 'resolved':
      if (entry.action.via === 'system') return say.recovered
      if (entry.action.via === 'removed') return say.removed
      if (entry.action.via === 'unrenewed') return say.unrenewed
      if (entry.action.via === 'calm') return say.calm
      if (entry.action.via === 'once') return say.once
      if (entry.action.via === 'unproven') return say.unproven
      return say.resolved(entry.action.by?.name) + brackets(viaText(entry.action, language))
    case 'sender-silent':
      return say.senderSilent
    case 'mended':
      return say.mended(entry.notes.map((note) => quoted(factIn(language, note))))
    case 'note':
      return say.note(quoted(entry.by), oneLine(entry.text, NOTE_CHARACTERS))
  }
}

function paused(entry: Of<'paused'>, language: Language, timezone: string): string {
  const end = endOf(entry)
  const time = end === undefined ? undefined : timeSeenFrom(entry.at, end, timezone)
  return timelineWords[language].paused(time, quoted(factIn(language, entry.cause)))
}

/** `02:13:07`, or `11-22 02:13:07` when that is another day in the zone than `reference`. */
export function timelineTime(reference: Instant, at: Instant, timezone: string): string {
  const second = String(Math.floor(at / 1000) % 60).padStart(2, '0')
  return `${timeSeenFrom(reference, at, timezone)}:${second}`
}

function again({ at, closedTooSoon }: Of<'opened'>, language: Language, timezone: string): string {
  if (closedTooSoon === undefined) return ''
  const time = timeSeenFrom(at, closedTooSoon.at, timezone)
  return words[language].brackets(words[language].closedTooSoon(doer(closedTooSoon, language), time))
}

function outgrown({ at, outgrown: before }: Of<'changed'>, language: Language, timezone: string): string {
  if (before === undefined) return ''
  const { action, severity } = before
  const { brackets, ...say } = words[language]
  return brackets(say.outgrown(doer(action, language), say.severity[severity], timeSeenFrom(at, action.at, timezone)))
}

function layer(entry: Of<'layer'>, language: Language): string {
  const say = timelineWords[language]
  const { list, brackets } = words[language]
  const place = placeOf(entry, language)
  const told = [...entry.names, ...(entry.chat ?? [])]
  const said = told.length === 0 ? say.nobody(place) : say.reaching(place, told.join(list))
  const notes = entry.notes.map((note) => factIn(language, note)).join(list)
  return notes === '' ? said : said + brackets(notes)
}

function placeOf({ round, layer }: { round: number; layer: number }, language: Language): string {
  const say = timelineWords[language]
  return layer === EVERYBODY ? say.everybody : say.place(round + 1, layer + 1)
}

function outcomeIn(language: Language, outcome: Of<'call'>['outcome']): string {
  if (outcome === 'requested' || outcome === 'waiting' || outcome === 'ringing' || outcome === 'listening')
    return timelineWords[language].ringing[outcome]
  return words[language].outcome[outcome]
}

/** `wecom`, a robot; `林悦 短信`, one of a person's own channels. */
function recipientIn(language: Language, to: Recipient): string {
  return 'chat' in to ? to.chat : `${to.name ?? to.contact} ${words[language].reach[to.channel]}`
}

function because(failure: Failure | undefined, language: Language, vendors: VendorWords): string {
  return failure === undefined ? '' : words[language].brackets(failureText(failure, language, vendors))
}

function quoted(text: string): string {
  return oneLine(text, QUOTED_CHARACTERS)
}
