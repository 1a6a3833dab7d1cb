import type { FactOf } from '../../contracts/fact.ts'
import type { Instant } from '../../contracts/words.ts'

/** Why nobody is paged for an open incident now. */
export type PauseCause = FactOf<{
  /**
   * `silence` is its id, `by` who made it; `picked`: by a name that was picked on the page of a group's link, and what was before;
   * `maintenance`: it is planned work.
   */
  silenced: { silence: string; by: string; comment: string; picked?: { before?: string }; maintenance?: true }
  /** By the name of its window. */
  maintenance: { window: string }
  /** By a rule of the configuration, while the incident of a number is open. */
  inhibited: { rule: string; number: number }
  /** Somebody has merged it into the incident of a number, which goes on. */
  merged: { number: number; by: string }
  /** By its policy: incidents of its severity wait for the end of the window. */
  held: { window: string }
  /** By its policy: it pages only if it still burns a while after it began. */
  delayed: { ms: number }
  /** A group of alerts is still being collected. */
  collecting: { ms: number }
}>

/** An open incident is kept and pages nobody; at the end it pages, if it still burns. */
export interface Pause {
  cause: PauseCause
  /** When it is over by itself, or has to be judged afresh. */
  until: Instant
}

/** When a pause ends by itself; undefined: nobody knows, for what inhibits an incident may end at any time. */
export function endOf({ cause, until }: Pause): Instant | undefined {
  return cause.code === 'inhibited' || cause.code === 'merged' ? undefined : until
}

/**
 * Something that keeps incidents of a project quiet now. `away`: whoever made it goes on leave before it ends. `more`: so many others end
 * before it, which are only counted.
 */
export type Muted = Pause & { away?: true; more?: number }
