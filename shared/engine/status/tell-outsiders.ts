import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Incident } from '../../incidents/incident.ts'
import { endOf, type Told, toldIn } from '../../incidents/status/post.ts'
import { listIncidents, readIncident } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'
import { keepPost, readPosts } from '../../store/status-posts.ts'
import { affectedBy, impactOf, nameOf, toldOf } from './post-update.ts'

/** So many of the newest open incidents are looked through. */
const MOST_OPEN = 500

/** What the page itself tells has this name: the same once more is the same item. */
const OWN = 'automatic'

type Io = Pick<StoreIo, 'incidents' | 'log' | 'now'>

/**
 * Tells outsiders, on pages that do so by themselves, of incidents that have lasted for a while, and of the end of what they were told.
 * Each telling is named and dated by its incident, so that it is the same however often this runs.
 */
export async function tellOutsiders({ status = {} }: Pick<CompiledConfig, 'status'>, io: Io): Promise<void> {
  const pages = Object.entries(status).filter(([, page]) => page.automaticAfterMs !== undefined)
  if (pages.length === 0) return
  const open = await listIncidents('open', MOST_OPEN, io)
  for (const [slug, page] of pages) {
    const told = toldIn(await readPosts(slug, io))
    for (const incident of open) await tellOf(incident, told, [slug, page], io)
    for (const one of told) await tellEnd(one, slug, io)
  }
}

async function tellOf(
  incident: Incident,
  told: Told[],
  [slug, page]: [string, CompiledStatusPage],
  io: Io,
): Promise<void> {
  const { project, groupKey, generation, openedAt, status, escalation } = incident
  const components = affectedBy(incident, page)
  const at = openedAt + (page.automaticAfterMs ?? 0)
  const cause = escalation.phase === 'paused' ? escalation.pause?.cause : undefined
  const isPlanned = cause?.code === 'maintenance' || (cause?.code === 'silenced' && cause.args.maintenance)
  if (components.length === 0 || status === 'resolved' || isPlanned || at > io.now()) return
  if (toldOf(incident, told) !== undefined) return
  const post = {
    of: nameOf(incident),
    at,
    state: 'investigating' as const,
    text: {},
    impact: impactOf(incident, components, page),
    components,
    incident: { project, groupKey, generation },
  }
  await keepPost(slug, post, OWN, io)
}

async function tellEnd(told: Told, slug: string, io: Io): Promise<void> {
  const { incident, resolvedAt } = told
  if (incident === undefined || resolvedAt !== undefined) return
  const newest = await readIncident(incident, io.incidents)
  const isSame = newest?.generation === incident.generation
  if (isSame && newest.status !== 'resolved') return
  // What is forgotten, or has begun anew, is over since nobody knows when.
  const over = isSame ? newest.resolved?.at : undefined
  await keepPost(slug, endOf(told, {}, over ?? io.now()), OWN, io)
}
