import tls from 'node:tls'
import type { CheckIo } from '../kind.ts'
import { type Identity, secureContext } from './identity.ts'
import { moreRoots } from './more-roots.ts'

/** By the context that trusts the roots of this Node alone: to find one by the roots themselves would cost more than to connect. */
const contexts = new WeakMap<tls.SecureContext, tls.SecureContext>()

/** The context of an identity that trusts the roots of all Nodes. Making it takes a tenth of a second, once in a process. */
export function wideContext(identity: Identity, env: CheckIo['env']): tls.SecureContext {
  const narrow = secureContext(identity, env)
  const known = contexts.get(narrow)
  if (known !== undefined) return known
  const made = secureContext({ ...identity, ca: allRoots() }, env)
  contexts.set(narrow, made)
  return made
}

function allRoots(): string {
  // Node 18 and 20 can't tell what an environment adds to theirs.
  const own = tls.getCACertificates?.('default') ?? tls.rootCertificates
  const more = moreRoots.map((root) => `-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----`)
  return [...own, ...more].join('\n')
}
