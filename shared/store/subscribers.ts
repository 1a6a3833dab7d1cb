import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { isSameSecret } from '../contracts/same-secret.ts'
import type { SubscriptionWay } from '../contracts/status-page.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant, Language } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { subscriberKey } from './keys.ts'
import { held, stateIn, statesIn } from './shape.ts'

/** Somebody who wants to hear what outsiders are told on a page. */
export interface Subscriber {
  /** What it is called in links and messages: nobody can tell the address by it. */
  name: string
  /** `asked`: the address has not said yes. `gone`: it has said no, or takes nothing. */
  state: 'asked' | 'active' | 'gone'
  /** Absent: by mail. */
  by?: 'webhook'
  /** Of whoever has our secret alone; empty once it is gone. */
  address: string
  language: Language
  /** Where the page is, as whoever subscribed saw it. */
  base: string
  /** When it asked, then when it said yes. */
  since: Instant
  /** What it was sent, by `of` and time; while it has said nothing, that it was asked. */
  told: string[]
  /** Nobody sends to it until then: somebody is doing so, or it has put that off. */
  busyUntil?: Instant
  /** When it was last sent something; absent: never, or before this was kept. */
  sentAt?: Instant
  /** How often in a row that failed. */
  failures: number
}
/** The version, and form, in which a subscriber is kept. */
export const subscriberShape: Shape<Subscriber> = { current: 1 }

type Io = Pick<StoreIo, 'incidents' | 'log' | 'now'>

/** Whoever does not say yes is forgotten after so long, and who has gone soon, ms. */
const ASKED_MS = 86_400_000
const GONE_MS = 3_600_000

/** Others may change the same one at the same moment. */
const ATTEMPTS = 5

/** How a subscriber is told. */
export function wayOf({ by }: Pick<Subscriber, 'by'>): SubscriptionWay {
  return by ?? 'mail'
}

/** The subscriber of an address: the same for the same one. Of mail capitals make no difference, of a URL they may. */
export function subscriberName(page: string, way: SubscriptionWay, address: string, secret: string): string {
  return (way === 'mail' ? mac(secret, 'name', page, address.toLowerCase()) : mac(secret, way, page, address)).slice(
    0,
    32,
  )
}

/**
 * What updates to a webhook are signed with: `whsec_` and 32 bytes in base64 (Standard Webhooks 1.0.0). It is kept nowhere, and is another
 * one each time that somebody confirms.
 */
export function signingKey(page: string, { name, since }: Pick<Subscriber, 'name' | 'since'>, secret: string): string {
  return `whsec_${Buffer.from(mac(secret, 'key', page, name, String(since)), 'base64url').toString('base64')}`
}

/** What a link of a subscriber is signed with, for one use. */
export function subscriberToken(use: 'confirm' | 'leave', page: string, name: string, secret: string): string {
  return mac(secret, use, page, name)
}

export function isSubscriberToken(token: string, ...of: Parameters<typeof subscriberToken>): boolean {
  return isSameSecret(token, subscriberToken(...of))
}

/** An address as it is kept. */
export function sealAddress(address: string, secret: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret), iv)
  const sealed = Buffer.concat([cipher.update(address, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** An address as it was sealed. Throws for what was not sealed by this secret. */
export function openAddress(sealed: string, secret: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
}

export async function readSubscribers(page: string, io: Io): Promise<Subscriber[]> {
  const rows = await io.incidents.query(subscriberKey(page, '').pk, '')
  return statesIn(rows, subscriberShape, io.incidents, io.log)
    .filter(({ row }) => row.expiresAt === undefined || row.expiresAt * 1000 > io.now())
    .map(({ state }) => state)
}

/**
 * Changes the subscriber of a name; `change` gets it as it is, and gives undefined to leave it. Resolves with whether it was changed.
 * Rejects if others always come first.
 */
export async function changeSubscriber(
  page: string,
  name: string,
  change: (subscriber: Subscriber | undefined) => Subscriber | undefined,
  io: Io,
): Promise<boolean> {
  const key = subscriberKey(page, name)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await io.incidents.get(key)
    const isOver = row?.expiresAt !== undefined && row.expiresAt * 1000 <= io.now()
    const after = change(isOver ? undefined : stateIn(row, subscriberShape, io.incidents))
    if (after === undefined) return false
    const version = row?.version ?? 0
    const keptUntil = { asked: after.since + ASKED_MS, active: undefined, gone: io.now() + GONE_MS }[after.state]
    const written = {
      ...key,
      ...held(after, subscriberShape),
      version: version + 1,
      ...(keptUntil !== undefined && { expiresAt: Math.floor(keptUntil / 1000) }),
    }
    if (await io.incidents.putIfVersion(written, version)) return true
  }
  throw new Error(`Others keep changing subscriber ${name} of ${page}`)
}

function mac(secret: string, ...parts: string[]): string {
  return createHmac('sha256', secret)
    .update(`status subscriber\n${parts.join('\n')}`)
    .digest('base64url')
}

function sealingKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'addresses of status subscribers', 32))
}
