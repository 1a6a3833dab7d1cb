import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { fact, seenFault } from '../run/fault.ts'
import { outcomeByRemaining } from '../run/remaining.ts'
import { Timeout, withinLimit } from '../run/time-limit.ts'
import { askRegistry, malformed } from './ask-registry.ts'
import { registryOf } from './bootstrap.ts'
import type { DomainFault } from './faults.ts'
import type { DomainSpec } from './spec.ts'

/** What a registry knows of a domain that there is (RFC 9083, section 5.3). */
interface Registration {
  /** Absent: it does not tell. */
  expiresAt?: Instant
  /** In the words of RFC 9083, section 10.2.2. */
  status: string[]
}

/** What was right is asked again after this long at the earliest: a date changes once a year. */
const KEPT_MS = 6 * 3_600_000

/** While its registry can't be asked, a domain is taken for what it was, as long as this. */
const BELIEVED_MS = 3 * 86_400_000

/** A process that is asked about more forgets the oldest. */
const MOST_KNOWN = 1_000

/** Without a registration: its registry does not know it. */
const known = new Map<string, { registration: Registration | undefined; at: Instant }>()

/**
 * Asks the registry about a domain, and judges how long it goes on. A registry that fails says nothing about the domain: it is as it
 * was when it was asked last, or `unknown`.
 */
export async function runDomain(spec: DomainSpec, io: CheckIo, deadline: Instant): Promise<RunResult> {
  const id = `${spec.rdap ?? ''} ${spec.name}`
  const last = known.get(id)
  if (last !== undefined && io.now() - last.at < KEPT_MS) {
    const seen = resultOf(spec, last.registration, io.now())
    if (seen.outcome === 'up') return seen
  }
  try {
    const registration = await withinLimit(io, deadline, (scope) => lookUp(spec, io, scope))
    remember(id, registration, io.now())
    return resultOf(spec, registration, io.now())
  } catch (error) {
    if (last !== undefined && io.now() - last.at < BELIEVED_MS) return resultOf(spec, last.registration, io.now())
    if (error instanceof Timeout)
      return { outcome: 'unknown', fault: fact('api-not-finished', { limitMs: error.limitMs }) }
    return seenFault(error)
  }
}

function remember(id: string, registration: Registration | undefined, at: Instant): void {
  const [oldest] = known.keys()
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest)
  known.delete(id)
  known.set(id, { registration, at })
}

/** Undefined of a domain that the registry does not know. */
async function lookUp({ name, rdap }: DomainSpec, io: CheckIo, scope: AbortSignal): Promise<Registration | undefined> {
  const base = rdap === undefined ? await registryOf(name, io, scope) : new URL(rdap.replace(/\/*$/, '/'))
  const url = new URL(`domain/${name}`, base)
  const { status, json } = await askRegistry(url, io, scope)
  if (status === 404) return undefined
  const { objectClassName, ldhName, events = [], status: statuses = [] } = Object(json) as Record<string, unknown>
  const isAsked = objectClassName === 'domain' && String(ldhName).toLowerCase().replace(/\.$/, '') === name
  if (!isAsked || !Array.isArray(events) || !Array.isArray(statuses)) throw malformed(url)
  const expiry = events.map((event) => Object(event)).find(({ eventAction }) => eventAction === 'expiration')
  const expiresAt = Date.parse(String(expiry?.eventDate))
  if (expiry !== undefined && Number.isNaN(expiresAt)) throw malformed(url)
  return { ...(expiry === undefined ? {} : { expiresAt }), status: statuses.map((one) => String(one).toLowerCase()) }
}

/** A name server no longer answers for it: "client hold", "server hold" (RFC 8056, section 2). */
const holds = ['client hold', 'server hold']
const endings = ['redemption period', 'pending delete']

function resultOf(spec: DomainSpec, registration: Registration | undefined, now: Instant): RunResult {
  if (registration === undefined) return { outcome: 'down', fault: fact('domain-not-registered') }
  const { expiresAt, status } = registration
  const ending = status.find((one) => endings.includes(one))
  if (ending !== undefined) return { outcome: 'down', fault: fact('domain-to-be-deleted', { status: ending }) }
  const hold = status.find((one) => holds.includes(one))
  if (hold !== undefined) return { outcome: 'down', fault: fact('domain-on-hold', { status: hold }) }
  if (expiresAt === undefined) return { outcome: 'unknown', fault: fact('domain-without-expiry') }
  const inMs = expiresAt - now
  if (inMs <= 0) return { outcome: 'down', fault: fact('domain-expired', { agoMs: -inMs }) }
  const expires = (limitMs?: number): DomainFault =>
    fact('domain-expires', { inMs, ...(limitMs === undefined ? {} : { limitMs }) })
  return outcomeByRemaining(spec, inMs, expires)
}
