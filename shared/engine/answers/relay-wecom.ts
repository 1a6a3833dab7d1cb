import * as z from 'zod/mini'
import type { ChannelIo } from '../../channels/channel.ts'
import { lost } from '../../channels/network.ts'
import { baseUrl } from '../../channels/references.ts'
import { url } from '../../channels/wecom-app/call.ts'
import {
  RELAY_SIGNATURE,
  RELAY_TIME,
  RELAYED,
  type Relayed,
  type RelayRefusal,
  relaySigned,
  wecomRequest,
} from '../../clouds/tencent/wecom-relay.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import { isRecentlySigned, isSignedBy } from '../../ingest/hmac.ts'

/** The vendor's longest message, a card with six buttons of 1,024 bytes each, stays far below. */
const LIMIT_BYTES = 65_536

/** The vendor's own time, ms, so that `page`, which waits for 5 s, hears what became of it. */
const VENDOR_MS = 4_000

export interface RelayIo extends Pick<ChannelIo, 'now' | 'fetch' | 'env'> {
  secret: string
  log(entry: LogEntry): void
}

/** A request to the relay's address; names of headers are in lower case. */
export interface RelayCall {
  method: string
  headers: Record<string, string | undefined>
  body: Buffer
}

export interface RelayAnswer {
  status: number
  /** JSON: the vendor's answer as it came, or why there is none. */
  body: string
}

const relayed = z.object({
  path: z.enum(RELAYED),
  token: z.string().check(z.minLength(1), z.maxLength(1_024)),
  body: z.record(z.string(), z.unknown()),
})

/**
 * Passes on to the vendor what is signed with our secret within the last five minutes and goes to one of three paths, and answers what the
 * vendor says. Nothing else is passed on, to nobody else. Never rejects.
 */
export async function relayWecom(call: RelayCall, io: RelayIo): Promise<RelayAnswer> {
  if (!isSigned(call, io)) return refused(401, 'relay-unsigned', 'not signed with the secret of this relay', io)
  const read = relayed.safeParse(jsonIn(call.body.toString()))
  if (!read.success) return refused(403, 'relay-refused', 'not what this relay passes on', io)
  return passOn(read.data, io)
}

function isSigned({ method, headers, body }: RelayCall, { secret, now }: RelayIo): boolean {
  const { [RELAY_TIME]: time = '', [RELAY_SIGNATURE]: signature = '' } = headers
  if (method !== 'POST' || body.length > LIMIT_BYTES || !isRecentlySigned(time, now())) return false
  return isSignedBy(secret, signature, relaySigned(time), body)
}

async function passOn(relayed: Relayed, io: RelayIo): Promise<RelayAnswer> {
  const { path } = relayed
  const { url: to, ...request } = wecomRequest(relayed, baseUrl(url, io.env))
  try {
    const response = await io.fetch(to, {
      ...request,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.timeout(VENDOR_MS),
    })
    const text = await response.text()
    const { errcode } = Object(jsonIn(text))
    if (typeof errcode !== 'number') return refused(502, 'relay-no-answer', `HTTP ${response.status}`, io)
    io.log({ level: errcode === 0 ? 'info' : 'warn', event: 'relayed', path, errcode })
    return { status: 200, body: text }
  } catch (error) {
    const { status, failure } = lost(error)
    return refused(502, status === 'unknown' ? 'relay-no-answer' : 'relay-unreachable', failure.class, io)
  }
}

function refused(status: number, relay: RelayRefusal, said: string, { log }: RelayIo): RelayAnswer {
  log({ level: 'warn', event: 'not relayed', reason: relay, said })
  return { status, body: JSON.stringify({ relay, said }) }
}
