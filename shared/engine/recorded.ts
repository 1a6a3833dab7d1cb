import { mapAtMost } from '../contracts/at-most.ts'
import type { Instant } from '../contracts/words.ts'
import type { Incident } from '../incidents/incident.ts'
import { onePerThing, type Recorded } from '../incidents/report.ts'
import { listIncidents, readTimeline } from '../store/incidents.ts'
import type { StoreIo } from '../store/io.ts'

/** As many incidents as a report looks through; the newest come first. */
const MOST = 5_000

/** Timelines that are read side by side. */
const AT_ONCE = 16

/**
 * What is remembered of all incidents of some projects that were not over before `from`, with the history of each. `isWhole`: there were not so many that
 * older ones were left out.
 */
export async function recordedSince(
  from: Instant,
  isMeant: (project: string) => boolean,
  store: Pick<StoreIo, 'incidents' | 'log'>,
  most = MOST,
): Promise<{ recorded: Recorded[]; isWhole: boolean }> {
  const [open, resolved] = await Promise.all(
    (['open', 'resolved'] as const).map((which) => listIncidents(which, most, store)),
  )
  const listed = [...(open ?? []), ...(resolved ?? [])].filter(({ project }) => isMeant(project))
  const incidents = onePerThing(listed).filter((one) => endOf(one) >= from)
  const recorded = await mapAtMost(AT_ONCE, incidents, async (incident) => ({
    incident,
    entries: await readTimeline({ project: incident.project, groupKey: incident.groupKey }, store),
  }))
  // All that are open are of the time, however long ago they began.
  const hasAllOpen = (open?.length ?? 0) < most
  const hasAllResolved = (resolved?.length ?? 0) < most || (resolved?.at(-1)?.openedAt ?? 0) < from
  return { recorded, isWhole: hasAllOpen && hasAllResolved }
}

function endOf({ status, resolved, lastAlertAt }: Incident): Instant {
  return status === 'resolved' ? (resolved?.at ?? lastAlertAt) : Number.POSITIVE_INFINITY
}
