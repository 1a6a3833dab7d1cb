import tls from 'node:tls'
import type { CheckIo } from '../kind.ts'
import { type Identity, secureContext } from './identity.ts'
import { moreRoots } from './more-roots.ts'

let roots: string | undefined

/** The context of an identity that trusts the roots of all Nodes. The first one of a process takes a tenth of a second. */
export function wideContext(identity: Identity, env: CheckIo['env']): tls.SecureContext {
  roots ??= allRoots()
  return secureContext({ ...identity, ca: roots }, env)
}

function allRoots(): string {
  // Node 18 and 20 can't tell what an environment adds to theirs.
  const own = tls.getCACertificates?.('default') ?? tls.rootCertificates
  const more = moreRoots.map((root) => `-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----`)
  return [...own, ...more].join('\n')
}
