import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { DAY_MS } from '../../contracts/milliseconds.ts'
import type { CompiledStatusPage, ComponentState } from '../../contracts/status-page.ts'
import type { Instant } from '../../contracts/words.ts'
import { type Told, toldIn } from '../../incidents/status/post.ts'
import {
  type ComponentDays,
  type PlannedWork,
  STATUS_DAYS,
  type StatusView,
  stateOfChecks,
  worstState,
} from '../../incidents/status/view.ts'
import type { StoreIo } from '../../store/io.ts'
import { readSilences } from '../../store/silences.ts'
import { readPosts } from '../../store/status-posts.ts'
import { readVerdicts } from '../../store/verdicts.ts'
import { plannedWork } from './planned-work.ts'

/** How a page's components have been: `readComponentDays` reads it, and whoever shows it keeps it for a while. */
export type Days = Record<string, ComponentDays>

type Io = Pick<StoreIo, 'checks' | 'incidents' | 'log' | 'now'>

/** Reads all that outsiders are shown on a page. Rejects when a table does. */
export async function viewStatus(
  slug: string,
  page: CompiledStatusPage,
  { config, days }: { config: Pick<CompiledConfig, 'checks' | 'maintenance'>; days: Days },
  io: Io,
): Promise<StatusView> {
  const now = io.now()
  const [posts, checked, silences] = await Promise.all([
    readPosts(slug, io),
    page.automaticAfterMs === undefined ? new Map<string, ComponentState>() : checkedStates(page, io),
    readSilences(io),
  ])
  const windows = await plannedWork(page, config, silences, now)
  const told = toldIn(posts).filter(({ resolvedAt = now }) => resolvedAt > now - STATUS_DAYS * DAY_MS)
  const open = told.filter(({ planned, resolvedAt }) => planned === undefined && resolvedAt === undefined)
  const planned = announced(told, windows, now)
  const components = Object.keys(page.components).map((id) => {
    const isWorkedOn = planned.some((work) => work.from === undefined && work.components.includes(id))
    const impacts = open.filter((one) => one.components.includes(id)).map(({ impact = 'degraded' }) => impact)
    // What is worked on as was announced may be down; what somebody has told counts all the same.
    const seen = isWorkedOn ? 'maintenance' : (checked.get(id) ?? 'operational')
    return { id, state: worstState([seen, ...impacts]), ...(days[id] ?? { days: [] }) }
  })
  return {
    at: now,
    state: worstState(components.map(({ state }) => state)),
    components,
    open,
    planned,
    past: told.filter((one) => !open.includes(one) && !planned.some((work) => work.told === one)),
  }
}

/** What checks make of each component. */
async function checkedStates(page: CompiledStatusPage, io: Io): Promise<Map<string, ComponentState>> {
  const ids = [...new Set(Object.values(page.components).flatMap(({ checks }) => checks))]
  const known = new Map((await readVerdicts(ids, io)).map(({ id, verdict }) => [id, verdict]))
  return new Map(
    Object.entries(page.components).map(([id, { checks }]) => [
      id,
      stateOfChecks(checks.map((check) => known.get(check) ?? 'unknown')),
    ]),
  )
}

/**
 * What is planned or goes on: by windows of the configuration, by work that a command has planned, and by what somebody has announced and
 * not ended.
 */
function announced(told: Told[], windows: PlannedWork[], now: Instant): StatusView['planned'] {
  const byHand = told.flatMap((one) => {
    if (one.planned === undefined || one.resolvedAt !== undefined || one.planned.until <= now) return []
    const { from, until } = one.planned
    return [{ ...(from > now && { from }), until, components: one.components, told: one }]
  })
  return [...byHand, ...windows].toSorted((one, other) => (one.from ?? 0) - (other.from ?? 0))
}
