import { descriptors } from '../../shared/channels/descriptors.ts'
import type { Instant, Language } from '../../shared/contracts/words.ts'
import { seriesAround } from '../../shared/engine/verdicts/series-around.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { milestonesOf, outreachIn } from '../../shared/incidents/post-mortem.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { doer } from '../../shared/messages/action-words.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { summaryIn, titleIn } from '../../shared/messages/facts.ts'
import { heldText } from '../../shared/messages/held.ts'
import { postMortem } from '../../shared/messages/post-mortem.ts'
import { timelineText, timelineTime } from '../../shared/messages/timeline.ts'
import { timelineWords } from '../../shared/messages/timeline-words.ts'
import { duration, timeSeenFrom } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { changesAround } from '../../shared/store/changes.ts'
import { listIncidents, neighboursOf, readTimeline } from '../../shared/store/incidents.ts'
import { storeOf } from '../engine.ts'
import { actionText, findIncident, shownIncident, titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'
import { findTarget, type TargetOptions } from '../target.ts'
import { incidentWords } from '../words/incidents.ts'
import { aligned } from './aligned.ts'
import type { Listed, Whole } from './desk.ts'
import { decoration, openedText, seen } from './fact-lines.ts'

type Options = TargetOptions & { config?: string }

export async function listThere(
  which: 'open' | 'resolved',
  limit: number,
  options: Options,
  io: CliIo,
): Promise<Listed[]> {
  const incidents = await listIncidents(which, limit, storeOf(findTarget(options, io), io))
  return incidents.map((incident) => ({
    ...incident,
    title: titleIn(io.language, incident),
    who: whoOf(incident, io.language, io),
    machines: shownIncident(incident, io),
  }))
}

/** Who has it, or who is being paged, and whether by phone. */
function whoOf(incident: Incident, language: Language, io: CliIo): string {
  const { status, acknowledged, ackEnd, resolved, escalation } = incident
  const say = incidentWords[language]
  if (status === 'resolved') return resolved ? actionText(resolved, io.now(), io) : ''
  if (status === 'acknowledged') {
    const end = ackEnd && timelineWords[language].pagesAgain(timeSeenFrom(io.now(), ackEnd.at, io.timezone))
    return [acknowledged && actionText(acknowledged, io.now(), io), end].filter(Boolean).join(words[language].comma)
  }
  if (escalation.phase === 'notified' && escalation.isSilent) return say.silent
  if (escalation.phase !== 'layer') return say.phase[escalation.phase]
  const { list } = words[language]
  const [called, written] = [true, false].map((isCall) => {
    const attempts = escalation.attempts.filter(({ channel }) => (channel === 'phone') === isCall)
    return [...new Set(attempts.map(({ name }) => name))].join(list)
  })
  return called ? say.calling(called) : say.inWriting(written ?? '')
}

export async function readThere(number: number, options: Options, io: CliIo): Promise<Whole> {
  const { incident, entries, neighbours, store } = await wholeOf(number, options, io)
  const { language, timezone } = io
  const timeline = entries.map((entry) => ({ ...entry, text: timelineText(entry, language, timezone, descriptors) }))
  return {
    facts: facts(incident, neighbours, language, io),
    history: history(entries, incident, language, io),
    machines: async () => ({
      ...shownIncident(incident, { language }),
      changes: await changesAround(incident.project, incident.openedAt, store),
      before: neighbours.before?.number,
      after: neighbours.after?.number,
      milestones: milestonesOf(incident, entries),
      timeline,
      told: outreachIn(entries),
      series: await seriesAround(incident, io.now(), store),
    }),
  }
}

export async function postMortemThere(number: number, options: Options, io: CliIo): Promise<string> {
  const { incident, entries, store } = await wholeOf(number, options, io)
  const [series, changes] = await Promise.all([
    seriesAround(incident, io.now(), store),
    changesAround(incident.project, incident.openedAt, store),
  ])
  return postMortem(incident, entries, series, { ...io, title: titleOf(incident, io), channels: descriptors, changes })
}

async function wholeOf(number: number, options: Options, io: CliIo) {
  const { found: incident, target } = await findIncident(number, options, io)
  const store = storeOf(target, io)
  const [entries, neighbours] = await Promise.all([
    readTimeline(incident, store),
    neighboursOf(incident, store.incidents),
  ])
  return { incident, entries, neighbours, store }
}

function facts(
  incident: Incident,
  { before, after }: { before: Incident | undefined; after: Incident | undefined },
  language: Language,
  io: CliIo,
): string[] {
  const { severity, state, status, flapping, openedAt, acknowledged, resolved, closedTooSoon } = incident
  const { label, ...say } = incidentWords[language]
  const { colon, ...spoken } = words[language]
  const now = io.now()
  const who = whoOf(incident, language, io)
  const lines: [string, string | undefined][] = [
    [label.status, spoken.status[status] + (status === 'resolved' || who === '' ? '' : colon + who)],
    [
      label.why,
      closedTooSoon &&
        spoken.closedTooSoon(doer(closedTooSoon, language), timeSeenFrom(now, closedTooSoon.at, io.timezone)),
    ],
    [label.held, flapping && status !== 'resolved' ? heldText(flapping, now, language, io.timezone) : undefined],
    [label.summary, oneLine(summaryIn(language, incident), 1024)],
    [label.source, incident.source === 'unknown' ? undefined : oneLine(incident.source, 255)],
    [label.opened, openedText(openedAt, resolved?.at, io)],
    [label.acknowledged, acknowledged && actionText(acknowledged, now, io)],
    [label.resolved, resolved && actionText(resolved, now, io)],
    ...seen(incident.sightings, language),
    ...decoration(incident, language),
    [label.reached, say.reached(incident.calls, incident.texts)],
    [label.before, before && generationText(before, language, io)],
    [label.after, after && generationText(after, language, io)],
  ]
  const head = [spoken.severity[severity], state && spoken.state[state]].filter(Boolean).join(' ')
  return [titleOf(incident, { language }) + colon + head, ...aligned(lines)]
}

/** The same trouble at another time. */
function generationText({ number, openedAt, resolved }: Incident, language: Language, io: CliIo): string {
  const say = incidentWords[language]
  const opened = timeSeenFrom(io.now(), openedAt, io.timezone)
  const lasted = duration((resolved?.at ?? io.now()) - openedAt, language)
  const byHand = resolved?.by && actionText(resolved, io.now(), io)
  return say.generation(number, opened, lasted, resolved ? (byHand ?? say.recovered) : say.stillOpen)
}

/** The timeline in words, one line an entry. */
export function history(entries: TimelineEntry[], { openedAt }: { openedAt: Instant }, language: Language, io: CliIo) {
  return entries.map((entry) => {
    const time = timelineTime(openedAt, entry.at, io.timezone)
    return `${time}  ${timelineText(entry, language, io.timezone, descriptors)}`
  })
}
