import type { z } from 'zod/mini'
import type { incidentWhole } from '../../services/console/api/schemas.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { vantageName } from '../../shared/messages/places.ts'
import { timelineTime } from '../../shared/messages/timeline.ts'
import { duration, latency, timeSeenFrom, utcOffset } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { actionText, titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'
import { incidentWords } from '../words/incidents.ts'
import { aligned } from './aligned.ts'
import type { Said } from './desk.ts'

type Whole = z.infer<typeof incidentWhole>

/** What an incident is and how it stands, as a console tells it. */
export function factsOf(of: Whole, said: Said, io: CliIo): string[] {
  const { language, timezone } = io
  const { label } = incidentWords[language]
  const { comma, colon, brackets, ...spoken } = words[language]
  const now = io.now()
  const openedAt = Date.parse(of.openedAt)
  const opened = timeSeenFrom(now, openedAt, timezone) + brackets(utcOffset(openedAt, timezone))
  const { acknowledged, resolved } = said
  const lines: [string, string | undefined][] = [
    [label.status, `${spoken.status[of.status]}${colon}${oneLine(of.standing[language], 300)}`],
    [label.summary, oneLine(of.summary[language], 1024)],
    [label.opened, opened + comma + duration((resolved?.at ?? now) - openedAt, language)],
    [label.acknowledged, acknowledged && actionText(acknowledged, now, io)],
    [label.resolved, resolved && actionText(resolved, now, io)],
    ...of.sightings.map(({ vantage, verdict, latencyMs }): [string, string] => [
      vantageName(vantage, language),
      [spoken.sees[verdict], latencyMs && latency(latencyMs)].filter(Boolean).join(comma),
    ]),
    ...Object.entries(of.labels).map(([name, value]): [string, string] => [
      label.label,
      oneLine(`${name}=${value}`, 330),
    ]),
    [label.runbook, of.runbook && oneLine(of.runbook, 2048)],
    ...of.links.map(({ href, text }): [string, string] => [
      label.link,
      oneLine(text ? `${text}: ${href}` : href, 2300),
    ]),
    [label.before, of.before === undefined ? undefined : `#${of.before}`],
    [label.after, of.after === undefined ? undefined : `#${of.after}`],
  ]
  return [titleOf(said, io) + colon + spoken.severity[of.severity], ...aligned(lines)]
}

/** The timeline in words, one line an entry. */
export function historyOf({ timeline, openedAt }: Whole, { language, timezone }: CliIo): string[] {
  const start = Date.parse(openedAt)
  return timeline.map(({ at, text }) => `${timelineTime(start, Date.parse(at), timezone)}  ${text[language]}`)
}
