import type { FactOf } from '../../contracts/fact.ts'
import type { Instant } from '../../contracts/words.ts'
import { type Canary, healthBy } from '../../store/canary.ts'

/** A clock may be off by so much before somebody should hear of it, ms: words that are closer together have no order. */
export const CLOCK_OFF_MS = 30_000

/** A region as it is seen from outside. */
export interface Seen {
  /** The last that has come through; undefined: none has ever. */
  canary: Canary | undefined
  /** What stands for the people of each project; absent where nobody looks. */
  people?: Record<string, string | undefined>
  /** Its silences, each as its id, a space and its last change; absent where nobody looks. */
  silences?: string[]
}

type Nothing = Record<never, never>

/** Why nothing that a region takes is worked on; `agoMs`: when its last canary began. */
export type Idle = FactOf<{ 'never-worked': Nothing; late: { agoMs: number } }>

/** What keeps a region from its work, by its last canary; undefined: nothing. */
export function idleBy(canary: Canary | undefined, now: Instant): Idle | undefined {
  if (canary === undefined) return { code: 'never-worked', args: {} }
  return healthBy(canary, now).isWell ? undefined : { code: 'late', args: { agoMs: now - canary.at } }
}

/** What one region has otherwise than another. */
export type Difference = FactOf<{
  /** It seals with another secret: neither takes the other's words. */
  'other-secret': Nothing
  /** Its functions' clock is so far ahead of its queues', negative when behind, ms. */
  clock: { aheadMs: number }
  /** These projects have other people. */
  people: { projects: string[] }
  /** So many silences stand in one alone, or otherwise than in the other. */
  silences: { count: number }
  /** It runs another version: it works, and was not deployed with the first. */
  version: { version: string }
}>

/** What a region has otherwise than the first, the worst first. One compared with itself may yet have a wrong clock. */
export function differencesOf(first: Seen, other: Seen): Difference[] {
  const { version, secret, aheadMs = 0 } = other.canary ?? {}
  const { version: firstVersion, secret: firstSecret } = first.canary ?? {}
  const projects = otherPeople(first.people, other.people)
  const count = otherSilences(first.silences, other.silences)
  return [
    ...(isOther(firstSecret, secret) ? [{ code: 'other-secret', args: {} } as const] : []),
    ...(Math.abs(aheadMs) < CLOCK_OFF_MS ? [] : [{ code: 'clock', args: { aheadMs } } as const]),
    ...(projects.length === 0 ? [] : [{ code: 'people', args: { projects } } as const]),
    ...(count === 0 ? [] : [{ code: 'silences', args: { count } } as const]),
    ...(version !== undefined && isOther(firstVersion, version)
      ? [{ code: 'version', args: { version } } as const]
      : []),
  ]
}

/** What an older release has not said is no difference. */
function isOther(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other
}

function otherPeople(first: Seen['people'], other: Seen['people']): string[] {
  if (first === undefined || other === undefined) return []
  return Object.keys(first).filter((project) => first[project] !== other[project])
}

function otherSilences(first: string[] = [], other: string[] = []): number {
  const beside = (some: string[], others: string[]) => some.filter((one) => !others.includes(one))
  return new Set([...beside(first, other), ...beside(other, first)].map((silence) => silence.split(' ')[0])).size
}
