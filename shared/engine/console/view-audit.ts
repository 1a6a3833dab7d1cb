import { mapAtMost } from '../../contracts/at-most.ts'
import { DAY_MS, MINUTE_MS } from '../../contracts/milliseconds.ts'
import type { Instant } from '../../contracts/words.ts'
import { dayOf } from '../../evaluation/history.ts'
import type { Action, Via } from '../../incidents/notice.ts'
import type { TimelineEntry } from '../../incidents/timeline-entry.ts'
import { type AuditEntry, type Door, readAudit } from '../../store/audit.ts'
import { listIncidentsUntil, readTimeline } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'

/** Timelines that are read side by side, and of how many incidents of each list. */
const AT_ONCE = 16
export const INCIDENTS = 200

/** A program that acknowledges each minute is not to fill the page: of so many of the day's requests the newest are looked through. */
export const REQUESTS = 2_000

/** What somebody did, by whichever way. */
export type Deed =
  | { kind: 'asked'; at: Instant; entry: AuditEntry }
  /** It stands in the timeline of an incident, and in no request that is kept with its address. */
  | {
      kind: 'told'
      at: Instant
      who: string
      contact: string
      via: Via
      number: number
      project: string
      entry: TimelineEntry
    }

/** By which doors requests are kept that stand in timelines as done this way. */
const doorOf: Partial<Record<Via, Door>> = {
  console: 'console',
  api: 'api',
  link: 'link',
  'group-link': 'link',
  cli: 'cli',
}

/** A request is kept when it begins, and its deed is done within so long, ms: no function has longer, and clocks differ. */
const ONE_DEED_MS = 2 * MINUTE_MS

/**
 * What people did on the day, of UTC, of a time: the newest first; when the days beside it begin; whether all incidents that began on it were
 * looked through; and whether there may be older requests. Rejects when a table does.
 */
export async function viewAudit(
  day: Instant,
  io: Pick<StoreIo, 'incidents' | 'log'>,
): Promise<{ deeds: Deed[]; isAll: boolean; hasOlder: boolean; before: Instant; after: Instant }> {
  const from = dayOf(day)
  const until = from + DAY_MS
  const [asked, ...lists] = await Promise.all([
    readAudit(from, REQUESTS, io),
    listIncidentsUntil('open', INCIDENTS, until - 1, io),
    listIncidentsUntil('resolved', INCIDENTS, until - 1, io),
  ])
  const then = lists
    .flatMap(({ incidents }) => incidents)
    .filter(({ resolved }) => (resolved?.at ?? Number.POSITIVE_INFINITY) >= from)
  const isAsked = requestsOf(asked)
  const told = await mapAtMost(AT_ONCE, then, async (incident) => {
    const entries = await readTimeline(incident, io)
    return entries.flatMap((entry): Deed[] => {
      const { via, by } = actionOf(entry) ?? {}
      if (entry.at < from || entry.at >= until || by === undefined || via === undefined) return []
      const { number, project } = incident
      if (isAsked(number, via, entry.at)) return []
      const { contact, name: who } = by
      return [{ kind: 'told', at: entry.at, who, contact, via, number, project, entry }]
    })
  })
  const deeds = asked.map((entry): Deed => ({ kind: 'asked', at: entry.at, entry }))
  return {
    deeds: [...deeds, ...told.flat()].toSorted((one, other) => other.at - one.at),
    isAll: lists.every(({ incidents, isAll }) => isAll || (incidents.at(-1)?.openedAt ?? from) < from),
    hasOlder: asked.length === REQUESTS,
    before: from - DAY_MS,
    after: until,
  }
}

/** Whether a deed is of somebody whose name, id or address has these letters. */
export function isBy(deed: Deed, who: string): boolean {
  const sought = who.toLowerCase()
  const names = deed.kind === 'told' ? [deed.who] : [deed.entry.who, deed.entry.name ?? '', deed.entry.from]
  return names.some((one) => one.toLowerCase().includes(sought))
}

/** Whether what was done to an incident by a way is among requests; what is older than all that were read is taken for asked. */
function requestsOf(asked: AuditEntry[]): (number: number, via: Via, at: Instant) => boolean {
  const times = new Map<string, Instant[]>()
  const isCut = asked.length === REQUESTS
  const oldest = isCut ? (asked.at(-1)?.at ?? 0) : 0
  for (const { via, path, at } of asked) {
    const number = /\/incidents\/(\d+)/.exec(path)?.[1]
    if (number === undefined) continue
    const key = `${via} ${number}`
    times.set(key, [...(times.get(key) ?? []), at])
  }
  return (number, via, at) => {
    const door = doorOf[via]
    if (door === undefined) return false
    if (at < oldest + ONE_DEED_MS) return true
    return times.get(`${door} ${number}`)?.some((one) => Math.abs(at - one) < ONE_DEED_MS) ?? false
  }
}

function actionOf(entry: TimelineEntry): Action | undefined {
  // Of two that are merged the one that goes into the other tells of it.
  if (entry.kind === 'merged' && (entry.what === 'member' || entry.what === 'member-gone')) return undefined
  return 'action' in entry ? entry.action : undefined
}
