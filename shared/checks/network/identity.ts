import tls from 'node:tls'
import type { CheckIo } from '../kind.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'

/** Which certificates a check trusts and shows. All are PEM and may hold `${NAME}`; a private key is always a reference. */
export interface Identity {
  /** Certificates of authorities, trusted in place of the public ones. */
  ca?: string | undefined
  clientCert?: string | undefined
  clientKey?: string | undefined
}

/**
 * The groups of OpenSSL 3.0, in its order. Later ones begin with ML-KEM, whose key costs a tenth of a probe, and which a
 * probe does without: it has nothing to say that must stay secret for decades.
 */
const GROUPS = 'X25519:P-256:X448:P-521:P-384'

/** All Nodes take the same so, and `refuseWeakKey` judges what they would not agree on. */
const CIPHERS = `${tls.DEFAULT_CIPHERS}:@SECLEVEL=1`

/** Making a context reads every root certificate, which costs more than the rest of a check: checks share them. */
const contexts = new Map<string, tls.SecureContext>()

/** The TLS context of an identity. Throws an `unknown` fault if its certificates or key can't be used. */
export function secureContext({ ca, clientCert, clientKey }: Identity, env: CheckIo['env']): tls.SecureContext {
  const pem = fromEnvironment({ ca, cert: clientCert, key: clientKey }, env)
  const id = JSON.stringify(pem)
  const known = contexts.get(id)
  if (known !== undefined) return known
  const made = makeContext(pem)
  contexts.set(id, made)
  return made
}

function makeContext(pem: Record<'ca' | 'cert' | 'key', string | undefined>): tls.SecureContext {
  const written = Object.entries(pem).filter(([, text]) => text !== undefined)
  // What an environment variable can't carry as lines it carries with \n.
  const options = Object.fromEntries(written.map(([name, text]) => [name, text?.replaceAll('\\n', '\n')]))
  try {
    return tls.createSecureContext({ ...options, ecdhCurve: GROUPS, ciphers: CIPHERS })
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') throw new Fault(fact('client-key-mismatch'), 'unknown')
    throw new Fault(fact('certificate-unusable', { error: code ?? '?' }), 'unknown')
  }
}
