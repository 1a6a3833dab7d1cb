import type { AliyunKey } from '../../clouds/aliyun/rpc.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import { type ErrorMeaning, meaningOf } from '../../contracts/vendor-errors.ts'
import type { ChannelIo, Delivery, VendorUrl } from '../channel.ts'
import { lost, quotation } from '../network.ts'
import { aliyunRequest } from '../vendors/aliyun-request.ts'
import { BUSY_RETRY_MS, errors } from './errors.ts'

/** Dyvmsapi has one address for the whole mainland. */
export const url: VendorUrl = { variable: 'FENGHUO_ALIYUN_VOICE_URL', base: 'https://dyvmsapi.aliyuncs.com' }

const VERSION = '2017-05-25'

/** What the vendor said: its fields, or what became of a request that it did not grant. */
export type Answer = { fields: Record<string, unknown> } | Extract<Delivery, { failure: unknown }>

/** What a request needs beside its parameters. */
export interface Asker {
  /** Names the vendor in failures. */
  vendor: string
  key: AliyunKey
  io: ChannelIo
  /** Where it is asked. */
  at: VendorUrl
}

/**
 * Asks an action of Dyvmsapi once. What counts is the code of the answer: older pages have it in a 200, newer ones in a 400 or 500. An
 * answer without one, or one that does not come, is `unknown` unless nothing was sent. Rejects never.
 */
export async function ask(
  action: string,
  parameters: Record<string, string>,
  { vendor, key, io, at }: Asker,
): Promise<Answer> {
  if (io.signal.aborted) return { status: 'retry', afterMs: BUSY_RETRY_MS, failure: { class: 'no-time', vendor } }
  const { url: to, headers } = aliyunRequest(at, { action, version: VERSION, parameters }, key, io)
  try {
    const response = await io.fetch(to, { method: 'POST', headers, redirect: 'manual', signal: io.signal })
    return read(response.status, await response.text(), vendor)
  } catch (error) {
    return lost(error, vendor)
  }
}

function read(status: number, text: string, vendor: string): Answer {
  const fields: Record<string, unknown> = Object(jsonIn(text))
  const code = fields.Code
  if (typeof code !== 'string') return withoutCode(status, vendor)
  if (code === 'OK') return { fields }
  const said = quotation(fields.Message)
  const meaning: ErrorMeaning | undefined = meaningOf(errors, code, said.said)
  const failure = { class: meaning?.class ?? 'refused', vendor, code, ...said }
  if (meaning?.afterMs !== undefined) return { status: 'retry', afterMs: meaning.afterMs, failure }
  // Behind a code of the vendor's own trouble that our table lacks it may have acted.
  const isLost = meaning === undefined ? status >= 500 || code.startsWith('isp.') : meaning.isLost
  return { status: isLost ? 'unknown' : 'failed', failure }
}

/** A gateway in between answers 429 and 503 for a request that the vendor has not taken. */
function withoutCode(status: number, vendor: string): Answer {
  if (status === 200) return { status: 'unknown', failure: { class: 'unreadable-answer', vendor } }
  const failure = { class: 'http-status', vendor, status } as const
  if (status === 429 || status === 503) return { status: 'retry', afterMs: BUSY_RETRY_MS, failure }
  return { status: status >= 500 ? 'unknown' : 'failed', failure }
}
