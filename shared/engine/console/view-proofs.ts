import { mapAtMost } from '../../contracts/at-most.ts'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { PersonalReach } from '../../contracts/reach.ts'
import type { Instant } from '../../contracts/words.ts'
import type { TimelineEntry } from '../../incidents/timeline-entry.ts'
import { readSeen } from '../../store/inbound.ts'
import { listIncidents, readTimeline } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'

/** What is read side by side, and of how many projects and incidents. */
const AT_ONCE = 8
const PROJECTS = 100
const INCIDENTS = 10

/** When something that nobody hears of while all is calm last proved itself. */
export interface Proofs {
  /** Which formats of other systems were heard of, the newest first. */
  inbound: { project: string; format: string; at: Instant }[]
  /** By which channels people, or which robots by name, were last told in each project, the newest first. */
  channels: { to: { channel: PersonalReach } | { chat: string }; project: string; at: Instant }[]
}

/** Reads what proved itself lately, by what came in and by the newest incidents that are over. Rejects when a table does. */
export async function viewProofs(
  { projects }: Pick<CompiledConfig, 'projects'>,
  io: Pick<StoreIo, 'incidents' | 'checks' | 'log'>,
): Promise<Proofs> {
  const [seen, resolved] = await Promise.all([
    mapAtMost(AT_ONCE, Object.keys(projects).slice(0, PROJECTS), async (project) =>
      Object.entries(await readSeen(project, io)).map(([format, { at }]) => ({ project, format, at })),
    ),
    listIncidents('resolved', INCIDENTS, io),
  ])
  const told = await mapAtMost(AT_ONCE, resolved, async (incident) =>
    (await readTimeline(incident, io)).flatMap((entry) => {
      const to = reachedBy(entry)
      return to === undefined ? [] : [{ to, project: incident.project, at: entry.at }]
    }),
  )
  const newestFirst = (one: { at: Instant }, other: { at: Instant }) => other.at - one.at
  const channels = new Map<string, Proofs['channels'][number]>()
  for (const proof of told.flat().toSorted(newestFirst)) {
    const name = JSON.stringify([proof.to, proof.project])
    if (!channels.has(name)) channels.set(name, proof)
  }
  return { inbound: seen.flat().toSorted(newestFirst), channels: [...channels.values()] }
}

/** By what an entry shows that somebody was reached: a call that rang is none, for nobody may have had it in the hand. */
function reachedBy(entry: TimelineEntry): Proofs['channels'][number]['to'] | undefined {
  if (entry.kind === 'acknowledged' && entry.action.via === 'phone') return { channel: 'phone' }
  if (entry.kind === 'call')
    return entry.outcome === 'passed' || entry.outcome === 'no-key' ? { channel: 'phone' } : undefined
  if (entry.kind !== 'message' || (entry.status !== 'sent' && entry.status !== 'arrived')) return undefined
  return 'chat' in entry.to ? { chat: entry.to.chat } : { channel: entry.to.channel }
}
