import type { Incident } from '../../../shared/incidents/incident.ts'
import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { onlyFails } from '../faults.ts'
import { generationsOf, nameOf } from '../outcome.ts'
import type { Outcome } from '../run.ts'
import { CANARY, INHIBITS, PLANNED } from '../setting.ts'
import { linesOf } from './history.ts'

/** Who decides on a step has looked in the same invocation for what pauses it: nobody begins to page so long after a pause began, ms. */
const DECIDED_MS = 16_000

/** Deadlines come early by less, ms: a pause may be over so soon. */
const EARLY_MS = 1_000

/** What a pause has left ringing is called off by watch at the latest, which looks once a minute, and what still burns pages; ms. */
const WITHIN_A_MINUTE_MS = 66_000

/** What begins with the same step as something else does so within, ms. */
const AT_ONCE_MS = 5_000

/** What costs no minute. */
const harmless = ['calls', 'texts', 'events', 'stops', 'duplicates', 'lostReports', 'lostAnswers', 'busy'] as const

/** One generation of an incident, with what is known of it. */
interface Life {
  name: string
  incident: Pick<Incident, 'project' | 'groupKey' | 'openedAt'>
  isNewest: boolean
  lines: TimelineEntry[]
}

interface Span {
  from: number
  until: number
  why: string
}

/** Nobody is reached for what is silenced, inhibited or taken for a while, and what still burns afterwards pages within a minute. */
export function pausesAreKept(outcome: Outcome): string[] {
  const { pauses, night } = outcome.setting
  if (!pauses && night === undefined) return []
  return livesIn(outcome).flatMap((life) => [
    ...(pauses ? nobodyIsReachedMeanwhile(outcome, life) : []),
    ...nothingWaitsForLonger(outcome, life),
    ...nobodyIsReachedForWhatSomebodyHas(outcome, life),
    ...whatIsAwakePages(outcome, life),
  ])
}

function livesIn(outcome: Outcome): Life[] {
  return outcome.incidents.flatMap((incident) =>
    generationsOf(incident).map((of) => ({
      name: nameOf(of),
      incident,
      isNewest: of.generation === incident.generation,
      lines: linesOf(outcome, of),
    })),
  )
}

function nobodyIsReachedMeanwhile(outcome: Outcome, life: Life): string[] {
  const { name, incident, lines } = life
  const { faults, rings } = outcome
  const spans = [...silencesOf(outcome, incident), ...inhibitionsOf(outcome, incident, name), ...plannedOf(life)]
  const isWithin = (at: number, after: number) =>
    spans.find(({ from, until }) => from + after < at && at < until - EARLY_MS - 2 * faults.skewMs)
  const begun = lines.flatMap((line) => {
    const span =
      line.kind === 'layer' && line.names.length > 0 ? isWithin(line.at, DECIDED_MS + faults.skewMs) : undefined
    return span === undefined ? [] : [`${name} pages though it is ${span.why}`]
  })
  if (!isPrompt(outcome)) return begun
  const rung = rings.flatMap(({ about, startedAt, token }) => {
    const isOnly = about.length === 1 && about[0]?.incident === name
    const span = isOnly ? isWithin(startedAt, WITHIN_A_MINUTE_MS) : undefined
    return span === undefined ? [] : [`${token} rings for ${name}, which is ${span.why}`]
  })
  return [...begun, ...rung]
}

function silencesOf({ ledger }: Outcome, incident: Record<'project' | 'groupKey', string>): Span[] {
  const values: Record<string, string> = { project: incident.project, key: incident.groupKey }
  return [...ledger.silences.values()]
    .filter(({ matchers: [group = []] }) => group.every(({ name, value }) => values[name] === value))
    .map(({ id, from, endsAt }) => ({ from, until: endsAt, why: `silenced by ${id}` }))
}

/** By what its source has been through, as it was written. */
function inhibitionsOf(
  { ledger, faults }: Outcome,
  incident: Record<'project' | 'groupKey', string>,
  name: string,
): Span[] {
  // A source that its index does not show inhibits nothing for the moment.
  if (incident.project !== 'pay' || incident.groupKey !== INHIBITS.target || faults.indexMisses > 0) return []
  const sources = [...ledger.openedAt].filter(([one]) => one !== name && isSource(one))
  return sources.map(([source, from]) => ({
    from,
    until: ledger.overAt.get(source) ?? Number.POSITIVE_INFINITY,
    why: `inhibited by ${source}`,
  }))
}

/** What is planned: maintenance of a key, and how long errors wait, be it by the clock or after they have begun. */
function plannedOf({ incident, isNewest, lines }: Life): Span[] {
  const spans: Span[] = []
  if (incident.project === 'pay' && incident.groupKey === PLANNED.key)
    spans.push({ from: utc(PLANNED.from), until: utc(PLANNED.to), why: 'under maintenance' })
  const [opened] = lines
  // What gets worse waits no longer.
  const isError =
    opened?.kind === 'opened' && opened.severity === 'error' && !lines.some(({ kind }) => kind === 'changed')
  if (!isError || !isNewest || incident.project === 'fenghuo' || incident.project === CANARY) return spans
  const from = opened.at - DECIDED_MS - EARLY_MS
  spans.push({ from, until: PLANNED.holdUntil, why: 'held' })
  spans.push({ from, until: incident.openedAt + PLANNED.delayMs, why: 'delayed' })
  return spans
}

function utc(time: string): number {
  return Date.parse(`${time.replace(' ', 'T')}:00Z`)
}

function isSource(name: string): boolean {
  return name.startsWith('pay#') && name.endsWith(`#${INHIBITS.source}`)
}

/** A pause ends when it is over, be it by its time or by somebody’s hand. */
function nothingWaitsForLonger(outcome: Outcome, { name, lines }: Life): string[] {
  if (!isPrompt(outcome)) return []
  return lines.flatMap((line, index) => {
    if (line.kind !== 'paused') return []
    const end = endOf(line, outcome)
    const next = lines.slice(index + 1).find(({ kind }) => isAfterPause(kind))
    const waited = (next?.at ?? outcome.world.now) - end
    return waited > WITHIN_A_MINUTE_MS ? [`page late: ${name} waits for ${waited / 1000} s after its pause`] : []
  })
}

function isAfterPause(kind: TimelineEntry['kind']): boolean {
  return kind === 'paused' || kind === 'resumed' || kind === 'acknowledged' || kind === 'resolved'
}

function endOf({ cause, until }: Extract<TimelineEntry, { kind: 'paused' }>, { ledger, incidents }: Outcome): number {
  if (cause.code === 'silenced') return ledger.silences.get(cause.args.silence)?.endsAt ?? until
  if (cause.code !== 'inhibited') return until
  const source = incidents.find(({ number }) => number === cause.args.number)
  const over = source === undefined ? [] : [ledger.overAt.get(nameOf(source))]
  return over[0] ?? Number.POSITIVE_INFINITY
}

/** Somebody has it until they give it back, it gets worse, or their time is over; then it pages again within a minute. */
function nobodyIsReachedForWhatSomebodyHas(outcome: Outcome, { name, isNewest, lines }: Life): string[] {
  const { faults, world } = outcome
  if (faults.skewMs > 0) return []
  let until: number | undefined
  let isHad = false
  return lines
    .flatMap((line) => {
      const isLate = isHad && until !== undefined && line.at > until + WITHIN_A_MINUTE_MS && isPrompt(outcome)
      const late = isLate ? [`page late: ${name} is nobody’s since ${until}, and pages at ${line.at}`] : []
      if (line.kind === 'acknowledged') {
        isHad = true
        until = line.until
        return late
      }
      const isEarly =
        line.kind === 'reopened' &&
        line.lapse.why !== 'given-back' &&
        line.lapse.why !== 'escalated' &&
        line.at < (until ?? 0) - EARLY_MS
      if (line.kind === 'layer' && isHad) return [`${name} pages though somebody has it`]
      if (line.kind === 'reopened' || line.kind === 'resolved' || (line.kind === 'changed' && line.outgrown))
        isHad = false
      return isEarly ? [...late, `${name} is taken from who has it, before their time is over`] : late
    })
    .concat(
      // One whose sender tells of no end is over when it was taken, as is whatever has come again.
      isHad && isNewest && until !== undefined && world.now > until + WITHIN_A_MINUTE_MS && isPrompt(outcome)
        ? [`page lost: the time of who has ${name} is over, and it does not page`]
        : [],
    )
}

/** What is nobody’s any more, and what nothing pauses any more, pages with the step that finds it so, if it is worth it. */
function whatIsAwakePages(outcome: Outcome, { name, incident, lines }: Life): string[] {
  if (outcome.faults.skewMs > 0) return []
  const channels =
    outcome.setting.config.policies[outcome.setting.config.projects[incident.project]?.policy ?? '']?.channels
  return lines.flatMap((line, index) => {
    if (line.kind !== 'resumed' && line.kind !== 'reopened') return []
    const said = lines
      .slice(0, index)
      .flatMap((one) => (one.kind === 'opened' || one.kind === 'changed' ? [one.severity] : []))
    const wakes = said.some((severity) => channels?.[severity].some((reach) => reach !== 'chat'))
    const next = lines.slice(index + 1).find(({ kind }) => isDecision(kind))
    const isLate = wakes && (next?.at ?? outcome.world.now) > line.at + AT_ONCE_MS && isPrompt(outcome)
    return isLate ? [`page late: ${name} was ${line.kind}, and pages nobody for ${AT_ONCE_MS / 1000} s`] : []
  })
}

function isDecision(kind: TimelineEntry['kind']): boolean {
  return kind === 'layer' || isAfterPause(kind)
}

/** Nothing keeps messages and watch from their time. */
function isPrompt({ faults, world }: Outcome): boolean {
  const isWatched = faults.watchRests.until <= faults.watchRests.from && faults.indexMisses === 0
  return isWatched && onlyFails(faults, ...harmless) && world.timeouts === 0
}
