import type * as z from 'zod/mini'
import { inBoth } from '../../../shared/contracts/words.ts'
import type { IncidentView, Strip } from '../../../shared/engine/console/view-incident.ts'
import type { PostMortemView } from '../../../shared/engine/console/view-post-mortem.ts'
import { titleIn } from '../../../shared/messages/facts.ts'
import type { VendorWords } from '../../../shared/messages/failure.ts'
import { postMortem } from '../../../shared/messages/post-mortem.ts'
import { timelineText } from '../../../shared/messages/timeline.ts'
import type { Reading } from './resources.ts'
import type { postMortem as postMortemSchema } from './schemas/post-mortem.ts'

const iso = (at: number) => new Date(at).toISOString()

/** What one vantage saw, run by run. */
export function runsResource({ vantage, points }: Strip) {
  return {
    vantage,
    points: points.map(({ at, outcome, latencyMs }) => ({ at: iso(at), verdict: outcome, latencyMs })),
  }
}

export function postMortemResource(
  { incident, timeline, changes }: IncidentView,
  { milestones, told, series }: PostMortemView,
  vendors: VendorWords,
  { timezone }: Reading,
): z.infer<typeof postMortemSchema> {
  return {
    milestones,
    told: told.map((entry) => ({
      at: iso(entry.at),
      text: inBoth((language) => timelineText(entry, language, timezone, vendors)),
    })),
    vantages: series.map(runsResource),
    markdown: inBoth((language) => {
      const title = `#${incident.number} ${incident.projectTitle} / ${titleIn(language, incident)}`
      return postMortem(incident, timeline, series, { title, language, timezone, channels: vendors, changes })
    }),
  }
}
