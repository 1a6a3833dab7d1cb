import type { Bilingual, Language } from './words.ts'

/** How something stands, as outsiders are told: the best first. `unknown`: nobody sees it. */
export const componentStates = ['operational', 'maintenance', 'unknown', 'degraded', 'partial', 'major'] as const
export type ComponentState = (typeof componentStates)[number]

/** What an incident does to what outsiders use, the least first. */
export const impacts = ['degraded', 'partial', 'major'] as const
export type Impact = (typeof impacts)[number]

/** How far those who work on it are. */
export const postStates = ['investigating', 'identified', 'monitoring', 'resolved'] as const
export type PostState = (typeof postStates)[number]

/** How outsiders may have updates sent to them. */
export const subscriptionWays = ['mail', 'webhook'] as const
export type SubscriptionWay = (typeof subscriptionWays)[number]

/** A page for outsiders. Its references are resolved by whoever serves it. */
export interface CompiledStatusPage {
  title: Bilingual
  /** The first is that of readers who prefer none of them. */
  languages: Language[]
  /** A data URL of an image. */
  logo?: string
  /** By their names in addresses and commands, the uppermost first. */
  components: Record<string, CompiledComponent>
  /** A reference to what readers have to show. Absent: anybody reads it. */
  token?: string
  /** Where outsiders read it, without a slash at its end. Absent: below the console's address. */
  url?: string
  /** Incidents that last so long are told by themselves, ms, and what checks see is shown at once. Absent: people tell. */
  automaticAfterMs?: number
  /** How outsiders may have updates sent to them. Absent: not at all. */
  subscribe?: SubscriptionWay[]
  /** Where a copy of it is kept that stands when this region does not. */
  copy?: CompiledCopy
}

/** The clouds that a copy of a page may stand in: S3, OSS, COS. */
export const copyClouds = ['aws', 'aliyun', 'tencent'] as const

/** A bucket that a copy of a page is put into. */
export interface CompiledCopy {
  /** Absent: AWS, by the function's own rights. */
  store?: { cloud: Exclude<(typeof copyClouds)[number], 'aws'>; keyId: string; keySecret: string }
  bucket: string
  region: string
  /** What its keys begin with: nothing, or a text that ends with `/`. */
  prefix: string
  /** Where outsiders read the copy, with a slash at its end. Absent: at the bucket's own address. */
  url?: string
}

export interface CompiledComponent {
  title: Bilingual
  /** Ids of checks. */
  checks: string[]
}

/** The longest text of an update, in characters: it is mailed, and read on phones. */
export const POST_CHARACTERS = 2_000

/** The longest heading of what outsiders are told, in characters. */
export const HEADING_CHARACTERS = 120
