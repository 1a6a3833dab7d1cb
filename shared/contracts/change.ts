import type { Instant } from './words.ts'

/** What somebody has changed, as its sender tells it: a deployment, a flag, a migration. It pages nobody. */
export interface Change {
  at: Instant
  /** One line. */
  summary: string
  /** Where it was made, such as `ci/build-7`. */
  source?: string
  links: { href: string; text?: string }[]
}

/** Changes of so long before an incident may be its cause, and those of so long after its beginning are told, too, ms. */
export const CHANGES_BEFORE_MS = 4 * 3_600_000
export const CHANGES_AFTER_MS = 600_000
