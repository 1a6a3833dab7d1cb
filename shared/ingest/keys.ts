import { createHash } from 'node:crypto'
import { isSameSecret } from '../contracts/same-secret.ts'
import type { InboundRequest } from './format.ts'
import { firstText } from './text.ts'

/** A project's key as the deployed function knows it. */
export interface KnownKey {
  project: string
  /** `sha256:` and the key's digest in hex: whoever reads the package learns no key. */
  hash: string
  /** So many requests in a minute. */
  perMinute: number
}

/** A key's digest. Keys are long and random, so that no salt is needed. */
export function hashOfKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`
}

/** The key among `known` that was shown. All of them are compared, each in constant time. */
export function keyAmong(known: readonly KnownKey[], given: string): KnownKey | undefined {
  const hash = hashOfKey(given)
  return known.filter((key) => isSameSecret(hash, key.hash)).at(0)
}

/** Where a key may stand when it stands in no path: its own header, `Authorization: Bearer`, or the password (or name) of Basic. */
export function keyInHeaders({ headers }: Pick<InboundRequest, 'headers'>): string {
  const [, scheme = '', value = ''] = /^(\S+)\s+(.+)$/.exec(headers.authorization ?? '') ?? []
  const basic = scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString() : ''
  const [name = '', ...password] = basic.split(':')
  const isToken = /^(bearer|token|genie?key|apikey)$/i.test(scheme)
  return firstText(headers['x-fenghuo-key'], isToken ? value : '', password.join(':'), name)
}
