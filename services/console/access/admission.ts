import { createHash } from 'node:crypto'
import type { CompiledConsole } from '../../../shared/contracts/compiled-config.ts'
import { isSameSecret } from '../../../shared/contracts/same-secret.ts'
import type { Instant } from '../../../shared/contracts/words.ts'
import { allRights, grantsOf, type Person, type Rights, rightsOf } from './rights.ts'
import { sealed, unsealed } from './sealed.ts'

/** So long somebody stays signed in, ms: a shift, and a bit. */
export const SESSION_MS = 43_200_000

/**
 * Who gets in. `open`: whoever reaches this machine; `closed`: nobody, for nothing is configured; else what is configured, its references
 * resolved.
 */
export type Access = 'open' | 'closed' | CompiledConsole

/** Who asks, and what they may do. */
export interface Admitted {
  rights: Rights
  person?: Person
  /** A program has shown this token: the beginning of its digest. */
  program?: string
}

/** What a browser keeps of who has signed in. */
export function sessionOf(person: Person, now: Instant, secret: string): string {
  return sealed('session', { ...person, since: now }, now + SESSION_MS, secret)
}

/** Whom a request is from; undefined: nobody whom the configuration knows. Roles are those of now, whatever they were at the sign-in. */
export function admit(
  access: Access,
  { session, token }: { session: string | undefined; token: string | undefined },
  { now, secret }: { now: Instant; secret: string },
): Admitted | undefined {
  if (access === 'open') return { rights: allRights }
  if (access === 'closed') return undefined
  if (token !== undefined) {
    const meant = access.access.filter(({ tokens = [] }) => tokens.some((one) => isToken(token, one)))
    return meant.length === 0 ? undefined : { rights: rightsOf(meant), program: digestOf(token).slice(0, 8) }
  }
  const person = unsealed('session', session, now, secret) as Person | undefined
  return person && { person, rights: rightsOf(grantsOf(person, access.access)) }
}

/** An unresolved reference is nobody's token: it stands in the configuration for all to read. */
export function isToken(shown: string, expected: string): boolean {
  return (
    expected.length >= SHORTEST_TOKEN && !expected.startsWith('${') && isSameSecret(digestOf(shown), digestOf(expected))
  )
}

/** What is shorter can be guessed. */
const SHORTEST_TOKEN = 16

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
