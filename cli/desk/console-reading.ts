import type { z } from 'zod/mini'
import type { incidentWhole } from '../../services/console/api/schemas.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { timelineTime } from '../../shared/messages/timeline.ts'
import { words } from '../../shared/messages/words.ts'
import { actionText, titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'
import { incidentWords } from '../words/incidents.ts'
import { aligned } from './aligned.ts'
import type { Said } from './desk.ts'
import { decoration, openedText, seen } from './fact-lines.ts'

type Whole = z.infer<typeof incidentWhole>

/** What an incident is and how it stands, as a console tells it. */
export function factsOf(of: Whole, said: Said, io: CliIo): string[] {
  const { language } = io
  const { label } = incidentWords[language]
  const { colon, ...spoken } = words[language]
  const now = io.now()
  const { acknowledged, resolved } = said
  const lines: [string, string | undefined][] = [
    [label.status, `${spoken.status[of.status]}${colon}${oneLine(of.standing[language], 300)}`],
    [label.summary, oneLine(of.summary[language], 1024)],
    [label.opened, openedText(Date.parse(of.openedAt), resolved?.at, io)],
    [label.acknowledged, acknowledged && actionText(acknowledged, now, io)],
    [label.resolved, resolved && actionText(resolved, now, io)],
    ...seen(of.sightings, language),
    ...decoration(of, language),
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
