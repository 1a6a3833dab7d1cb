import type { Instant } from '../../../shared/contracts/words.ts'

/** In order: the first pages, the second guards what it pages. */
export const regions = ['ap-southeast-1', 'ap-northeast-1'] as const

export type Region = (typeof regions)[number]

/** The longest that a second region waits for the first one's word, ms; the shortest that the configuration takes. */
export const GUARD_MS = 5_000

/** How long a layer lasts, ms; the shortest that the configuration takes. */
export const LAYER_MS = 30_000

/** Within this after a loss or a cut a page is on a phone: the guard, three minutes and a layer (docs/guides/regions.md). */
export const PROMISE_MS = GUARD_MS + 180_000 + LAYER_MS

/** Once a region knows that somebody has it, a phone that rings elsewhere is silent within this after the word can have come. */
export const CALLED_OFF_MS = 5_000

export interface Person {
  contact: string
  name: string
  phone: string
}

/** One to a layer. */
export const people: Person[] = [
  { contact: 'lin', name: 'Lin Yue', phone: '+8613800000001' },
  { contact: 'wang', name: 'Wang Lei', phone: '+8613800000002' },
]

/** What breaks, one after the other; each is the dedup key of an alert. */
export const incidents = ['both-well', 'first-killed', 'apart'] as const

export type IncidentKey = (typeof incidents)[number]

export const project = 'drill'

/** A thing that happened; `at` is UTC ms. */
export interface Dated {
  at: Instant
}
