import type { Matchers } from '../../contracts/matcher.ts'
import type { Shape } from '../../contracts/versions.ts'
import type { Instant } from '../../contracts/words.ts'

/** Matching incidents page nobody while it lasts, and those that still burn at its end page. */
export interface Silence {
  id: string
  matchers: Matchers
  startsAt: Instant
  /** Its end; of one that was ended early, that time. */
  endsAt: Instant
  /** Who made it, as messages show them. */
  by: string
  /** Who that is among the contacts; absent where they are none, or of a silence made before this was kept. */
  contact?: string
  comment: string
  link?: string
  /** It is planned work: what is seen meanwhile is kept as such, and left out of uptime. */
  maintenance?: true
  /** Whoever made it said who they are on the page of a group's link; `before`: whom the same browser had said to be. */
  picked?: { before?: string }
  /** When it was made, or last changed: what it now covers, or no longer does, is judged afresh. */
  changedAt: Instant
}

/** The version, and form, in which a silence is kept. */
export const silenceShape: Shape<Silence> = { current: 1 }

/** Whether a silence counts now. */
export function isActive({ startsAt, endsAt }: Silence, now: Instant): boolean {
  return startsAt <= now && now < endsAt
}
