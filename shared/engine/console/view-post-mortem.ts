import type { Instant } from '../../contracts/words.ts'
import { type Milestones, milestonesOf, type Outreach, outreachIn, type Series } from '../../incidents/post-mortem.ts'
import type { StoreIo } from '../../store/io.ts'
import { seriesAround } from '../verdicts/series-around.ts'
import type { IncidentView } from './view-incident.ts'

/** What a post-mortem begins with, beside the incident and its timeline. */
export interface PostMortemView {
  milestones: Milestones
  /** Who was told what. */
  told: Outreach[]
  /** What its check looked like around it; empty for what is no check's. */
  series: Series[]
}

/** Reads what is known for a post-mortem of an incident. Rejects when the table does. */
export async function viewPostMortem(
  { incident, timeline }: IncidentView,
  now: Instant,
  io: Pick<StoreIo, 'checks' | 'log'>,
): Promise<PostMortemView> {
  const series = await seriesAround(incident, now, io)
  return { milestones: milestonesOf(incident, timeline), told: outreachIn(timeline), series }
}
