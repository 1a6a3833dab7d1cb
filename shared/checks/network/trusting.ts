import type tls from 'node:tls'
import type { CheckIo } from '../kind.ts'
import { isFault } from '../run/fault.ts'
import { type Identity, secureContext } from './identity.ts'

/** Hosts of this process whose issuers not every Node knows. */
const known = new Set<string>()

/**
 * Connects to `host` with the context of an identity, and once more with the roots that other Nodes have where this one does not know the
 * issuer: probes run on several, and their lists differ. An identity with authorities of its own trusts those alone.
 */
export async function trusting<T>(
  identity: Identity,
  env: CheckIo['env'],
  host: string,
  connect: (context: tls.SecureContext) => Promise<T>,
): Promise<T> {
  const hasOwn = identity.ca !== undefined
  if (hasOwn || !known.has(host)) {
    try {
      return await connect(secureContext(identity, env))
    } catch (error) {
      if (hasOwn || !isIssuerUnknown(error)) throw error
    }
  }
  const { wideContext } = await import('./wide-context.ts')
  const connected = await connect(wideContext(identity, env))
  known.add(host)
  return connected
}

function isIssuerUnknown(error: unknown): boolean {
  if (!isFault(error) || error.fault.code !== 'certificate-untrusted') return false
  const { why } = error.fault.args
  return why === 'issuer-unknown' || why === 'self-signed-issuer'
}
