import { STORM_KEY } from '../../contracts/storm.ts'
import { bySeverity, type Instant } from '../../contracts/words.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import type { DatedAlert, Incident, IncidentEvent } from '../../incidents/incident.ts'
import { isStormOfNotices } from '../../incidents/unrenewed.ts'
import { type Chunk, keepMembers, type Members, memberOf, readMembers } from '../../store/storm-members.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { placeNow } from '../regions/duty.ts'
import { allotNumber } from './take-alert.ts'

/** So many of the newest are shown by their own words. */
const LISTED = 20

/** What has happened and does not go on ends by nobody's word: a storm of nothing else is over when so long nothing more has come. */
const QUIET_MS = 600_000

/** Whether the incident of a project's storm is not over, and takes in more alerts. */
export function isRaging(storm: Incident | undefined): storm is Incident & { status: 'open' | 'acknowledged' } {
  return storm !== undefined && storm.status !== 'resolved'
}

/** What comes to a storm of a project at once. */
export interface StormNews {
  joined: DatedAlert[]
  ended: Pick<DatedAlert, 'dedupKey' | 'takenAt'>[]
}

/**
 * Joins alerts that come above their project's limit in one incident, and takes out of it what has recovered: it is over when the last
 * one is, and where none goes on when ten minutes no more has come. Each member is a hash in an item that nobody waits for, so a message of a thousand costs three writes.
 */
export async function takeStorm(
  project: { name: string; title: string; limit: number },
  news: StormNews,
  io: EngineIo,
): Promise<void> {
  let allotted: number | undefined
  let keptIn = -1
  const gather = async (storm: Incident | undefined): Promise<IncidentEvent> => {
    const generation = isRaging(storm) ? storm.generation : (storm?.generation ?? 0) + 1
    // Before the incident is written, so that whoever counts afterwards counts them; one that was over meanwhile starts anew.
    if (keptIn !== generation) {
      await keepMembers(project.name, generation, chunksOf(news), io)
      keptIn = generation
    }
    const members = await readMembers(project.name, generation, io)
    const open = [...members.values()].filter((member) => member.open).length
    const alert = alertOf(project, storm, news, { came: members.size, open }, io.now())
    if (isRaging(storm) || alert.action === 'resolve') return { type: 'alert', alert, projectTitle: project.title }
    allotted ??= await allotNumber(io)
    const place = await placeNow(io)
    return { type: 'alert', alert, projectTitle: project.title, number: allotted, ...(place && { place }) }
  }
  await dispatchToIncident({ project: project.name, groupKey: STORM_KEY }, { gather }, io)
}

/** What came at different times, be it taken together, is ordered by them. What does not go on is over as it comes. */
function chunksOf({ joined, ended: recovered }: StormNews): Chunk[] {
  const ended = [...recovered, ...joined.filter(({ once }) => once)]
  const hashes = (alerts: StormNews['ended'], at: Instant) =>
    alerts.filter(({ takenAt }) => takenAt === at).map(({ dedupKey }) => memberOf(dedupKey))
  const times = new Set([...joined, ...ended].map(({ takenAt }) => takenAt))
  return [...times].map((takenAt) => ({ takenAt, joined: hashes(joined, takenAt), ended: hashes(ended, takenAt) }))
}

function alertOf(
  project: { name: string; limit: number },
  storm: Incident | undefined,
  { joined }: StormNews,
  { came, open }: { came: number; open: number },
  now: Instant,
): DatedAlert {
  const raging = isRaging(storm) ? storm : undefined
  const [goingOn, happened] = [joined.filter(({ once }) => !once), joined.some(({ once }) => once)]
  const worst = [...goingOn.map(({ severity }) => severity), ...(raging ? [raging.severity] : [])].sort(bySeverity)[0]
  const before = Array.isArray(raging?.details?.newest) ? (raging.details.newest as unknown[]) : []
  const newest = [...joined.map(({ dedupKey, summary }) => `${dedupKey}: ${summary}`).slice(0, LISTED), ...before]
  const wentOn = raging !== undefined && !isStormOfNotices(raging)
  const rages = open > 0 || (happened && !wentOn)
  const fact: OwnFact = rages
    ? { code: 'alert-storm', args: { came, open, limit: project.limit } }
    : { code: 'alert-storm-over', args: { came } }
  return {
    action: rages ? 'trigger' : 'resolve',
    dedupKey: STORM_KEY,
    project: project.name,
    summary: '',
    source: 'fenghuo',
    // Nobody is called for what does not go on.
    severity: worst ?? 'info',
    ...(rages && open === 0 ? { until: now + QUIET_MS, endsUnrenewed: true } : {}),
    // It is counted afresh each time: what is counted last is newer, whosever clock is behind.
    takenAt: Math.max(now, (storm?.lastAlertAt ?? 0) + 1),
    fact: fact as NonNullable<DatedAlert['fact']>,
    details: { newest: newest.slice(0, LISTED) },
  }
}

/**
 * What an alert says of a member of a storm: it joins, it ends, or it repeats what is known; undefined if it is no member. Once the
 * storm is over only what comes again is of it.
 */
export function wordOf(
  members: Members | undefined,
  { dedupKey, action, takenAt, once }: DatedAlert,
  rages: boolean,
): 'joins' | 'ends' | 'repeats' | undefined {
  const member = members?.get(memberOf(dedupKey))
  if (member === undefined) return undefined
  if (takenAt < member.takenAt || once) return 'repeats'
  if (!rages) return takenAt === member.takenAt ? 'repeats' : undefined
  if (action === 'acknowledge') return 'repeats'
  if (action === 'resolve') return member.open ? 'ends' : 'repeats'
  return member.open || takenAt === member.takenAt ? 'repeats' : 'joins'
}
