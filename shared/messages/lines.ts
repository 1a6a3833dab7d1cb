import type { Sighting } from '../contracts/alert.ts'
import { verdictsWorstFirst } from '../contracts/verdicts.ts'
import type { Language } from '../contracts/words.ts'
import type { Notice } from '../incidents/notice.ts'
import { ofKind } from '../incidents/notice-kinds.ts'
import { doer, viaText } from './action-words.ts'
import { affected, isSeenFromOne } from './affected.ts'
import { type Line, type Span, subject } from './composition.ts'
import { oneLine, SUMMARY_CHARACTERS } from './cut.ts'
import { exhaustion } from './exhaustion.ts'
import { factIn, saysTime } from './facts.ts'
import { joinedLine, summary as summaryOf } from './group-members.ts'
import { heldText } from './held.ts'
import type { Message } from './message.ts'
import { neededLines } from './needed.ts'
import { atHoldsEnd, lapse, pagesAgain, paused } from './pausing.ts'
import { shortVantageNames, vantageName } from './places.ts'
import { raisedText } from './raised.ts'
import { sourceText } from './source-text.ts'
import { duration, latency, timeSeenFrom } from './times.ts'
import { words } from './words.ts'

/** More vantages than this are counted, not listed: a message is read on a phone's screen at night. */
const LISTED_VANTAGES = 10

/** What happened: the lines between the head and who is being called. */
export function detailLines(message: Message): Line[] {
  switch (message.notice.kind) {
    case 'acknowledged':
    case 'ack-ends':
      return [
        { spans: [{ text: subject(message.notice, message.language) }] },
        ...neededLines(message),
        ...pagesAgain(message),
      ]
    case 'partly':
    case 'passed':
      return [{ spans: [{ text: subject(message.notice, message.language) }] }]
    case 'unplaced':
      return [{ spans: [{ text: subject(message.notice, message.language) }] }, ...meanwhile(message)]
    case 'held-taken':
      return [...atHoldsEnd(message), ...neededLines(message), ...pagesAgain(message)]
    case 'resolved':
      return recovery(message)
    case 'held-over':
      return [...recovery(message), ...atHoldsEnd(message)]
    case 'held':
      return [
        ...atHoldsEnd(message),
        since(message),
        ...severities(message),
        ...summary(message),
        ...sightings(message),
      ]
    case 'exhausted':
      return exhaustion(message)
    case 'escalated':
      return [since(message), ...lapse(message), ...severities(message), ...neededLines(message), ...mute(message)]
    case 'grown':
      return [...joinedLine(message), since(message), ...severities(message), ...summary(message)]
    case 'fewer':
      return [since(message), ...mute(message), ...sightings(message)]
    case 'paused':
      return paused(message)
    case 'pause-ends':
      return [...paused(message), since(message), ...summary(message), ...sightings(message)]
    case 'once':
      return [happened(message), ...summary(message), ...source(message)]
    case 'sender-silent':
      return [since(message), ...senderSilent(message)]
    case 'flapping':
      return [...held(message), ...sightings(message)]
    default:
      return [
        since(message),
        ...closedTooSoon(message),
        ...lapse(message),
        ...severities(message),
        ...neededLines(message),
        ...held(message),
        ...mute(message),
        ...summary(message),
        ...sightings(message),
        ...source(message),
      ]
  }
}

/** Who is being called, until when, and who is next. Recoveries and acknowledgements have none. */
export function callingLine(message: Message): Line[] {
  const { notice, language, timezone } = message
  if (!ofKind(notice.kind).namesCalled) return []
  const say = words[language]
  if (notice.calling.length === 0)
    return notice.until === undefined ? [] : [{ spans: [{ text: say.noneCalled }, ...afterwards(notice)], keep: true }]
  const isTried = notice.calling.every(({ contact }) => notice.unplaced.some((one) => one.contact === contact))
  const people = notice.calling.flatMap((person, index): Span[] => {
    const mention: Span = { text: person.name, mention: person }
    return index === 0 ? [mention] : [{ text: say.list }, mention]
  })
  return [
    {
      spans: [
        { text: soFar(message) + (notice.withoutPhone ? say.texting : isTried ? say.trying : say.calling) },
        ...people,
        ...afterwards(notice),
      ],
      keep: true,
    },
  ]

  function afterwards({ at, until, next }: Notice): Span[] {
    if (until === undefined) return []
    const time = timeSeenFrom(at, until, timezone)
    const names = next.map((person) => person.name).join(say.list)
    return [{ text: names ? say.nextAt(time, names) : say.lastAt(time) }]
  }
}

/** How it went with those who were called before. */
function soFar({ notice, language }: Message): string {
  if (notice.kind !== 'escalated' || notice.outgrown !== undefined || notice.lapse !== undefined) return ''
  const say = words[language]
  const { tried } = notice
  const isNobody = tried.length > 0 && tried.every(({ calls, outcome }) => calls === 0 && outcome !== 'unknown')
  return isNobody ? say.notPlaced(tried.map(({ name }) => name).join(say.list)) : say.noneSoFar
}

/** What reaches those whose phone can't be called yet. */
function meanwhile({ notice, language }: Message): Line[] {
  if (notice.meanwhile.length === 0) return []
  const say = words[language]
  return [{ spans: [{ text: say.meanwhile(notice.meanwhile.map((reach) => say.reach[reach]).join(say.list)) }] }]
}

function closedTooSoon({ notice, language, timezone }: Message): Line[] {
  const action = notice.closedTooSoon
  if (action === undefined) return []
  const text = words[language].closedTooSoon(doer(action, language), timeSeenFrom(notice.at, action.at, timezone))
  return [{ spans: [{ text }], keep: true }]
}

/** How the severity has changed, where that explains why people are called. */
function severities({ notice, language, timezone }: Message): Line[] {
  const say = words[language]
  const texts: string[] = []
  if (notice.outgrown !== undefined) {
    const { action, severity } = notice.outgrown
    texts.push(
      say.outgrown(doer(action, language), say.severity[severity], timeSeenFrom(notice.at, action.at, timezone)),
    )
  }
  if (notice.raised !== undefined) texts.push(raisedText(notice.raised, language))
  if (notice.worst !== undefined) texts.push(say.wasWorse(say.severity[notice.worst]))
  return texts.map((text) => ({ spans: [{ text }], keep: true }))
}

function held({ notice, language, timezone }: Message): Line[] {
  if (notice.flapping === undefined) return []
  const text = heldText(notice.flapping, notice.at, language, timezone)
  return [{ spans: [{ text }], keep: true }]
}

/** Until when its sender was to be heard of. */
function senderSilent({ notice, language, timezone }: Message): Line[] {
  if (notice.until === undefined) return []
  const text = words[language].senderSilentFor(timeSeenFrom(notice.at, notice.until, timezone))
  return [{ spans: [{ text }], keep: true }]
}

/** Who saw it and cannot look any more. */
function mute({ notice, language }: Message): Line[] {
  if (notice.mute === undefined) return []
  return [{ spans: [{ text: words[language].mute(namesOf(notice.mute, language)) }], keep: true }]
}

function namesOf(vantages: string[], language: Language): string {
  const say = words[language]
  const names = vantages.slice(0, LISTED_VANTAGES).map((vantage) => vantageName(vantage, language))
  const more = vantages.length - names.length
  return [...names, ...(more > 0 ? [say.moreVantages(more)] : [])].join(say.list)
}

/** When something was that does not go on. */
function happened({ notice, language, timezone }: Message): Line {
  return { spans: [{ text: words[language].since(timeSeenFrom(notice.at, notice.openedAt, timezone)) }] }
}

/** Since when it goes on, for how long, and from how many vantages it is seen: `起于 02:13，已 1 分钟，3 处中 2 处失败`. */
function since(message: Message): Line {
  const { notice, language, timezone } = message
  const say = words[language]
  const opened = timeSeenFrom(notice.at, notice.openedAt, timezone)
  const lasted = notice.at - notice.openedAt
  const text = lasted < 1_000 ? say.since(opened) : say.since(opened, duration(lasted, language))
  const counted = count(message)
  return { spans: [{ text: counted ? text + say.comma + counted : text }], keep: true }
}

function count({ notice, language }: Message): string | undefined {
  const { sightings, state = 'down' } = notice
  const all = sightings.length
  if (all < 2) return undefined
  if (isSeenFromOne(notice)) return words[language].seenFromOne(all)
  const those = affected(notice).filter(({ verdict }) => state === 'partial' || verdict === state)
  return words[language].of[state](those.length, all)
}

/** A check's sightings say it better than what it says of itself. */
function summary(message: Message): Line[] {
  const { state, sightings: seen } = message.notice
  return state !== undefined && seen.length > 0 ? [] : summaryOf(message)
}

function sightings({ notice, language }: Message): Line[] {
  const say = words[language]
  const sorted = notice.sightings.toSorted(
    (a, b) => verdictsWorstFirst.indexOf(a.verdict) - verdictsWorstFirst.indexOf(b.verdict),
  )
  const listed = sorted.slice(0, LISTED_VANTAGES).map((sighting): Line => {
    const name = vantageName(sighting.vantage, language)
    const seen: Span = { text: saw(sighting), tone: sighting.verdict === 'up' ? 'good' : 'bad' }
    return { spans: [{ text: name + say.colon }, seen] }
  })
  const more = sorted.length - listed.length
  return more > 0 ? [...listed, { spans: [{ text: say.moreVantages(more) }] }] : listed

  /** `HTTP 502，213ms`; a fault that says its own time keeps it alone. */
  function saw({ verdict, fault, latencyMs }: Sighting): string {
    const told = verdict === 'up' ? undefined : fault
    const what = told === undefined ? say.sees[verdict] : oneLine(factIn(language, told), SUMMARY_CHARACTERS)
    if (latencyMs === undefined || (told !== undefined && saysTime(told))) return what
    return what + say.comma + latency(latencyMs)
  }
}

/** Where it was seen. */
function source({ notice, language }: Message): Line[] {
  const text = oneLine(sourceText(notice.source), SUMMARY_CHARACTERS)
  // A check whose target is not for everybody to know is its own source: the head line names it already.
  if (!text || text === 'unknown' || text.startsWith(`${notice.project}/`)) return []
  const say = words[language]
  return [{ spans: [{ text: (notice.state ? say.target : say.from) + say.colon + text }] }]
}

function recovery(message: Message): Line[] {
  const { notice, language, timezone } = message
  const say = words[language]
  const from = timeSeenFrom(notice.at, notice.openedAt, timezone)
  const to = timeSeenFrom(notice.openedAt, notice.at, timezone)
  const took = `${from} – ${to}${say.lasted(duration(notice.at - notice.openedAt, language))}`
  const isRemoved = notice.resolved?.via === 'removed'
  const lines = [took, ...(isRemoved ? [say.notRecovered] : nowUp(message))]
  if (notice.neverBack !== undefined) lines.push(say.neverBack(namesOf(notice.neverBack, language)))
  lines.push(...handled(message))
  if (notice.calls + notice.texts > 0) lines.push(say.counts(notice.calls, notice.texts))
  return lines.map((text, index) => ({ spans: [{ text }], keep: index === 0 }))
}

/** `3 处全部正常：广州 141ms，杭州 156ms，新加坡 182ms`. */
function nowUp({ notice: { sightings }, language }: Message): string[] {
  if (sightings.length === 0) return []
  const say = words[language]
  const up = sightings.filter((sighting) => sighting.verdict === 'up')
  const counted = up.length === sightings.length ? say.allUp(up.length) : say.someUp(up.length, sightings.length)
  const names = shortVantageNames(
    sightings.map((sighting) => sighting.vantage),
    language,
  )
  const each = sightings.slice(0, LISTED_VANTAGES).map(({ verdict, latencyMs }, index) => {
    const seen = verdict === 'up' && latencyMs !== undefined ? latency(latencyMs) : say.sees[verdict]
    return `${names[index]} ${seen}`
  })
  if (sightings.length > LISTED_VANTAGES) each.push(say.moreVantages(sightings.length - LISTED_VANTAGES))
  return [counted + say.colon + each.join(say.comma)]
}

/** Who acknowledged and who closed it; that nobody did, when people had been called. */
function handled({ notice, language, timezone }: Message): string[] {
  const say = words[language]
  const { acknowledged, resolved } = notice
  const lines: string[] = []
  if (acknowledged) {
    const time = timeSeenFrom(notice.at, acknowledged.at, timezone)
    const after = duration(acknowledged.at - notice.openedAt, language)
    const detail = say.brackets(viaText(acknowledged, language) + say.comma + say.took(after))
    lines.push(say.acknowledgedBy(acknowledged.by?.name ?? say.via.system, time, detail))
  }
  if (resolved?.by) lines.push(say.closedBy(resolved.by.name, say.via[resolved.via]))
  if (!acknowledged && !notice.outgrown && resolved?.via === 'system' && notice.calls > 0)
    lines.push(say.recoveredAlone)
  return lines
}
