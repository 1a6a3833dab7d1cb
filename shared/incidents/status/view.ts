import { type ComponentState, componentStates } from '../../contracts/status-page.ts'
import type { Instant, VerdictWord } from '../../contracts/words.ts'
import type { Told } from './post.ts'

/** Days of history that outsiders are shown, today's included. */
export const STATUS_DAYS = 90

/** How a component has been. */
export interface ComponentDays {
  /** Which share of the time it answered on each day by UTC, the oldest first; undefined: nothing is known. */
  days: (number | undefined)[]
  /** Over those of them of which something is known. */
  uptime?: number
}

/** On how many of some days something is known, and how many days ago the first of those was; with none, `count` is 0. */
export function judgedOf(days: ComponentDays['days']): { count: number; firstBack: number } {
  const first = days.findIndex((share) => share !== undefined)
  return { count: days.filter((share) => share !== undefined).length, firstBack: days.length - 1 - first }
}

export interface ComponentView extends ComponentDays {
  /** The key in the configuration. */
  id: string
  state: ComponentState
}

/** Work that is planned, or goes on. */
export interface PlannedWork {
  /** Absent: it has begun. */
  from?: Instant
  until: Instant
  components: string[]
}

/** All that outsiders are shown on a page. */
export interface StatusView {
  /** When it was read. */
  at: Instant
  /** The worst of its components'. */
  state: ComponentState
  components: ComponentView[]
  /** What goes on and was told by somebody. */
  open: Told[]
  /** Windows of the configuration, work planned by a command, and what somebody has announced: the next one first. */
  planned: (PlannedWork & { told?: Told })[]
  /** What is over, the newest first. */
  past: Told[]
}

/** What its checks make of a component: one of several that is down is a part of it. */
export function stateOfChecks(verdicts: VerdictWord[]): ComponentState {
  const known = verdicts.filter((one) => one !== 'unknown')
  if (known.length === 0) return 'unknown'
  if (known.every((one) => one === 'down')) return 'major'
  if (known.includes('down')) return 'partial'
  return known.includes('degraded') ? 'degraded' : 'operational'
}

/** The worst of several states; with none, all is well. */
export function worstState(states: ComponentState[]): ComponentState {
  return componentStates[Math.max(0, ...states.map((one) => componentStates.indexOf(one)))] ?? 'operational'
}
