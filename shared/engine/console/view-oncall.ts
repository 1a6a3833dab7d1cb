import type { Instant } from '../../contracts/words.ts'
import { nextOnCall, onCall } from '../../oncall/on-call.ts'
import { overrideSpan } from '../../oncall/override.ts'
import type { Contact, Directory, Override } from '../../oncall/plan.ts'
import { gapsBetween, type Shift, shiftsBetween } from '../../oncall/shifts.ts'

/** So far ahead the calendar goes. */
const AHEAD_MS = 28 * 86_400_000

/** A schedule as people look at it; what pages asks the same functions. */
export interface ScheduleView {
  name: string
  /** One whose row knows it. */
  project: string
  /** All of them that were read. */
  projects: string[]
  /** IANA name. */
  timezone: string
  now: string[]
  /** Until when these have it. */
  until: Instant
  next: string[]
  /** Of the time that is shown, whole ones. */
  shifts: Shift[]
  gaps: { start: Instant; end: Instant }[]
  /** How long each has it in the time ahead, ms, the longest first. */
  load: { contact: string; ms: number }[]
  overrides: (Override & { start: Instant; end: Instant })[]
  /** By id. */
  contacts: Record<string, Contact>
}

/** Reads every schedule of some projects, each once, from the beginning of a week until four weeks ahead. Rejects when a row can't be read. */
export async function viewOnCall(
  projects: string[],
  directory: (project: string) => Promise<Directory>,
  from: Instant,
  now: Instant,
): Promise<ScheduleView[]> {
  const rows = await Promise.all(projects.map(async (project) => ({ project, of: await directory(project) })))
  const owners = new Map<string, { project: string; of: Directory }>()
  for (const row of rows) for (const name of Object.keys(row.of.schedules)) if (!owners.has(name)) owners.set(name, row)
  return [...owners].map(([name, { project, of }]) => ({
    ...scheduleView(name, of, from, now),
    project,
    projects: rows.flatMap((row) => (Object.hasOwn(row.of.schedules, name) ? [row.project] : [])),
  }))
}

function scheduleView(
  name: string,
  of: Directory,
  from: Instant,
  now: Instant,
): Omit<ScheduleView, 'project' | 'projects'> {
  const timezone = of.schedules[name]?.timezone ?? 'UTC'
  const shifts = shiftsBetween(of, name, from, now + AHEAD_MS)
  const present = shifts.find(({ start, end }) => start <= now && now < end)
  return {
    name,
    timezone,
    now: onCall(of, name, now).contacts,
    until: present?.end ?? now,
    next: nextOnCall(of, name, now),
    shifts,
    gaps: gapsBetween(of, name, now, now + AHEAD_MS),
    load: loadOf(shifts, now),
    overrides: of.overrides
      .filter((override) => 'away' in override || override.schedule === name)
      .map((override) => ({ ...override, ...overrideSpan(override, timezone) }))
      .filter(({ end }) => end > now),
    contacts: of.contacts,
  }
}

function loadOf(shifts: Shift[], now: Instant): ScheduleView['load'] {
  const load = new Map<string, number>()
  for (const { contacts, start, end } of shifts) {
    const ms = Math.min(end, now + AHEAD_MS) - Math.max(start, now)
    if (ms > 0) for (const contact of contacts) load.set(contact, (load.get(contact) ?? 0) + ms)
  }
  return [...load].map(([contact, ms]) => ({ contact, ms })).toSorted((one, other) => other.ms - one.ms)
}
