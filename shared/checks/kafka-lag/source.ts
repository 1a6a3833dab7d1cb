import { fits } from '../../contracts/name-pattern.ts'
import type { Instant } from '../../contracts/words.ts'
import type { GroupOffsets } from '../../evaluation/kafka-sample.ts'
import type { CheckIo } from '../kind.ts'
import { Fault, fact, seenFault } from '../run/fault.ts'
import type { KafkaLagFault } from './faults.ts'
import type { ClusterSettings } from './spec.ts'

type ClusterType = ClusterSettings['type']

/** What of a cluster is asked for: a group or a pattern of several, topics by name or pattern (none: all committed ones). */
export interface Wanted {
  group: string
  topics: string[]
}

/**
 * Reads what groups have committed and how far their logs go. A group that a pattern finds without any commit on the wanted
 * topics is left out. Rejects with an `unknown` fault that bears the vendor's code: what can't be read says nothing of a consumer.
 */
export type Source<Settings extends ClusterSettings> = (
  settings: Settings,
  wanted: Wanted,
  io: CheckIo,
  scope: AbortSignal,
) => Promise<GroupOffsets[]>

/** A fault of reading, not of the consumer that is looked at. */
export function unreadable(fault: KafkaLagFault): Fault {
  return new Fault(fault, 'unknown')
}

/** What a vendor's API says no to, with its own code. */
export class Refusal extends Fault {
  readonly error: string

  constructor(source: ClusterType, error: string, message: unknown) {
    super(fact('kafka-refused', { source, error, said: firstSentence(message) }), 'unknown')
    this.error = error
  }
}

/** What the contract takes of a code. */
const MOST_CODE = 60

/** Of many groups one that the vendor refuses hides no other: it has the code in place of its topics. What passes is no such. */
export function refusedAlone(group: string, at: Instant, passes: (refusal: Refusal) => boolean) {
  return (error: unknown): GroupOffsets => {
    if (!(error instanceof Refusal) || passes(error)) throw error
    return { group, at, error: error.error.slice(0, MOST_CODE), topics: [] }
  }
}

/** When none of the groups that were found could be read, it is the cluster that could not. */
export function someReadable(source: ClusterType, groups: GroupOffsets[]): GroupOffsets[] {
  const [first] = groups
  if (first?.error !== undefined && groups.every(({ error }) => error !== undefined))
    throw unreadable(fact('kafka-refused', { source, error: first.error, said: first.group }))
  return groups
}

/** A vendor's first sentence: what follows may repeat the request, and with it a token. */
function firstSentence(message: unknown): string {
  return typeof message === 'string' ? (/^[^.。\n]{0,120}/.exec(message)?.[0] ?? '') : ''
}

/** What a request's end by an error comes to: the kind of error, never its message, which may hold an address. */
export function networkFault(source: ClusterType, error: unknown): Fault {
  if (error instanceof Fault) return error
  const code = /\bE[A-Z]{4,}\b/.exec(causes(error))?.[0]
  if (code === undefined) return unreadable(fact('kafka-lost', { source }))
  return unreadable(fact('kafka-unreached', { source, fault: seenFault({ code, message: code }).fault }))
}

function causes(error: unknown): string {
  const parts: string[] = []
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code, errno } = at as { code?: unknown; errno?: unknown }
    parts.push(String(code ?? errno ?? ''), at.message === 'socket hang up' ? 'ECONNRESET' : at.message)
    if (at instanceof AggregateError) parts.push(...at.errors.map(causes))
  }
  return parts.join(' ')
}

/** Whether a topic is among the wanted ones. */
export function isWanted(topic: string, { topics }: Wanted): boolean {
  return topics.length === 0 || topics.some((pattern) => fits(pattern, topic))
}
