import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { CompiledStatusPage, Impact, PostState } from '../../contracts/status-page.ts'
import type { Bilingual, Instant } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import { type Post, type Told, toldIn, toldNext } from '../../incidents/status/post.ts'
import type { StoreIo } from '../../store/io.ts'
import { keepPost, readPosts } from '../../store/status-posts.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'

/** The very same said again within so long is one press of a button that came twice, or was tried again for a lost answer, ms. */
const AGAIN_MS = 300_000

/** What somebody tells outsiders. What it leaves out stays as it was told last, or comes from the incident. */
export interface Update {
  text: Partial<Bilingual>
  heading?: Partial<Bilingual>
  state?: PostState
  impact?: Impact
  components?: string[]
}

/** Where something was told, and as what. */
export interface Posted {
  page: string
  of: string
  state: PostState
}

type Pages = Record<string, CompiledStatusPage>
type Subject = Pick<Incident, 'project' | 'groupKey' | 'generation' | 'openedAt' | 'component' | 'state'>
type Io = Pick<StoreIo, 'incidents' | 'log' | 'now'> & Pick<EngineIo, 'token'>

/** The components of a page that an incident's check is behind. */
export function affectedBy({ component }: Pick<Subject, 'component'>, { components }: CompiledStatusPage): string[] {
  if (component === undefined) return []
  return Object.entries(components).flatMap(([id, { checks }]) => (checks.includes(component) ? [id] : []))
}

/** The pages on which outsiders may see an incident, by their names. */
export function pagesOf(subject: Pick<Subject, 'component'>, pages: Pages): Pages {
  return Object.fromEntries(Object.entries(pages).filter(([, page]) => affectedBy(subject, page).length > 0))
}

/**
 * Tells outsiders of an incident, on each of these pages. Rejects when the table does: it may be told on some of them, which are not told
 * again by another try.
 */
export async function postUpdate(subject: Subject, update: Update, pages: Pages, io: Io): Promise<Posted[]> {
  const posted: Posted[] = []
  for (const [slug, page] of Object.entries(pages)) {
    const before = toldOf(subject, toldIn(await readPosts(slug, io)))
    const post = postOf(subject, update, { page, before, at: io.now() })
    if (before === undefined || !isSame(before, post)) await keepPost(slug, post, io.token(), io)
    posted.push({ page: slug, of: post.of, state: post.state })
  }
  return posted
}

function isSame(before: Told, post: Post): boolean {
  const [newest] = before.posts
  const { state, impact, components, heading = before.heading, text } = post
  const isSoon = newest !== undefined && post.at - newest.at < AGAIN_MS
  const last = { state: before.state, impact: before.impact, components: before.components, heading: before.heading }
  return isSoon && isDeepStrictEqual({ ...last, text: newest.text }, { state, impact, components, heading, text })
}

/** Puts down in an incident's timeline what outsiders were told of it, and by whom. */
export async function noteUpdate(
  incident: Incident,
  { posted, text, by }: { posted: Posted[]; text: Partial<Bilingual>; by: string },
  io: EngineIo,
): Promise<void> {
  const where = posted.map(({ page, state }) => `/status/${page} (${state})`).join(', ')
  const said = [...new Set([text.zh, text.en])].filter(Boolean).join(' / ')
  const event = { type: 'note', generation: incident.generation, by, text: `${where}: ${said}` } as const
  await dispatchToIncident(incident, { event }, io)
}

/** What outsiders were told of an incident: of this generation, or of an earlier one if that still goes on for them. */
export function toldOf({ project, groupKey, generation }: Subject, all: Told[]): Told | undefined {
  return all.find(
    ({ incident, resolvedAt }) =>
      incident?.project === project &&
      incident.groupKey === groupKey &&
      (resolvedAt === undefined || incident.generation === generation),
  )
}

function postOf(
  subject: Subject,
  { text, heading, state, impact, components }: Update,
  { page, before, at }: { page: CompiledStatusPage; before: Told | undefined; at: Instant },
): Post {
  const { project, groupKey, generation } = subject
  const affected = components ?? before?.components ?? affectedBy(subject, page)
  return {
    of: before?.of ?? nameOf(subject),
    at: before === undefined ? at : toldNext(before, at),
    state: state ?? before?.state ?? 'investigating',
    text,
    ...(heading && { heading }),
    impact: impact ?? before?.impact ?? impactOf(subject, affected, page),
    components: affected,
    incident: { project, groupKey, generation },
  }
}

/** What an incident does to components, as far as that can be told: one of several checks down is a part of them. */
export function impactOf({ state }: Pick<Subject, 'state'>, affected: string[], page: CompiledStatusPage): Impact {
  if (state === 'degraded') return 'degraded'
  return affected.every((id) => page.components[id]?.checks.length === 1) ? 'major' : 'partial'
}

/** The same wherever it is told, and nothing that says what it is called inside. */
export function nameOf({ project, groupKey, openedAt }: Pick<Subject, 'project' | 'groupKey' | 'openedAt'>): string {
  return createHash('sha256')
    .update(JSON.stringify([project, groupKey, openedAt]))
    .digest('hex')
    .slice(0, 10)
}
