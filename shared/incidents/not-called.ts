import type { FactOf } from '../contracts/fact.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import type { PlanNote } from '../oncall/notes.ts'
import { onCall } from '../oncall/on-call.ts'
import { nameOfPage } from '../oncall/pages.ts'
import type { Directory, Plan } from '../oncall/plan.ts'
import { EVERYBODY, type Incident } from './incident.ts'
import type { PauseCause } from './pause/pause.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/** Why somebody whom a project knows was not called about an incident. */
export type NotCalled =
  | FactOf<{
      /** Their layer, from 0, was not reached before somebody took it (`by`, or a system), or it was over. */
      'ended-before': { layer: number; ended: 'acknowledged' | 'resolved'; by: string; at: Instant }
      /** Their layer comes later. */
      'turn-comes': { layer: number }
      'reached-in-writing': { severity: Severity }
      'severity-pages-nobody': { severity: Severity }
      /** A call was wanted and none rang. */
      'never-rang': { outcome: 'requested' | 'waiting' | 'failed' }
      'kept-quiet': { cause: PauseCause }
      'off-duty': { schedules: string[]; at: Instant }
      'not-named': { policy: string }
    }>
  | PlanNote

/** What is known of an incident and of those who might have been called. */
export interface Calling {
  incident: Incident
  entries: TimelineEntry[]
  /** The plan as of when it opened. */
  plan: Plan
  policy: { name: string; pages: string[][] }
  directory: Directory
  severity: Severity
}

/** Everybody of a project's directory whose phone did not ring, and why not; in the directory's order. */
export function notCalled(of: Calling): { contact: string; name: string; why: NotCalled }[] {
  return Object.entries(of.directory.contacts).flatMap(([contact, { name }]) => {
    const outcomes = of.entries.flatMap((entry) =>
      entry.kind === 'call' && entry.name === name ? [entry.outcome] : [],
    )
    const last = outcomes.at(-1)
    if (last === undefined) return [{ contact, name, why: whyUncalled(contact, name, of) }]
    if (outcomes.some((one) => one !== 'requested' && one !== 'waiting' && one !== 'failed')) return []
    return [
      { contact, name, why: { code: 'never-rang', args: { outcome: last as 'requested' | 'waiting' | 'failed' } } },
    ]
  })
}

function whyUncalled(contact: string, name: string, of: Calling): NotCalled {
  const { plan, entries, severity, policy, directory } = of
  if (!plan.pages) return { code: 'severity-pages-nobody', args: { severity } }
  if (entries.some((entry) => entry.kind === 'layer' && entry.names.includes(name)))
    return { code: 'reached-in-writing', args: { severity } }
  const layer = plan.layers.findIndex(({ targets }) => targets.some((target) => target.contact === contact))
  if (layer < 0) {
    const note = plan.layers
      .flatMap(({ notes }) => notes)
      .find(({ args }) => 'contact' in args && args.contact === contact)
    const off = policy.pages
      .flat()
      .map(nameOfPage)
      .filter((page) => isOffDuty(directory, page, contact, plan.at))
    if (note !== undefined) return note
    if (isOfSilentLayer(contact, of)) return { code: 'not-for-severity', args: { severity } }
    if (off.length > 0) return { code: 'off-duty', args: { schedules: [...new Set(off)], at: plan.at } }
    return { code: 'not-named', args: { policy: policy.name } }
  }
  return whyUnreached(layer, of)
}

/** Whether a layer names somebody that pages nobody for this severity. */
function isOfSilentLayer(contact: string, { plan, policy, directory }: Calling): boolean {
  return plan.layers.some(({ tellsOnly, notes }, index) => {
    if (!tellsOnly && !notes.some(({ code }) => code === 'not-for-severity')) return false
    const pages = policy.pages[index] ?? []
    return pages.some((page) => page === contact || onCall(directory, page, plan.at).contacts.includes(contact))
  })
}

/** Whether somebody belongs to a schedule without being on call in it. */
function isOffDuty(directory: Directory, schedule: string, contact: string, at: Instant): boolean {
  const found = ownProperty(directory.schedules, schedule)
  if (found === undefined) return false
  const layers = 'layers' in found ? found.layers : [found]
  const isMember = layers.some(({ rotation }) => rotation.flat().includes(contact))
  return isMember && !onCall(directory, schedule, at).contacts.includes(contact)
}

function whyUnreached(layer: number, { incident, entries }: Calling): NotCalled {
  const begun = entries.some((entry) => entry.kind === 'layer' && entry.layer !== EVERYBODY)
  const pause = entries.findLast((entry) => entry.kind === 'paused')
  if (pause !== undefined && !begun) return { code: 'kept-quiet', args: { cause: pause.cause } }
  const { status, acknowledged, resolved } = incident
  const end = acknowledged ?? resolved
  if (status === 'open' || end === undefined) return { code: 'turn-comes', args: { layer } }
  const ended = acknowledged === undefined ? 'resolved' : 'acknowledged'
  return { code: 'ended-before', args: { layer, ended, by: end.by?.name ?? '', at: end.at } }
}
