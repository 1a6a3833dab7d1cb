import { jsonIn } from '../../contracts/json-in.ts'
import type { Instant } from '../../contracts/words.ts'
import type { CallEnd } from '../channel.ts'
import { type Asker, ask } from './request.ts'
import { endBy, isRunning, RUNNING } from './statuses.ts'

/** Kinds of calls as QueryCallDetailByCallId numbers them (help.aliyun.com, its ProdId). */
export const PRODUCT = { ivr: '11000000300005', notice: '11010000138001' }

/** The 24 hours from the date are searched: the vendor's clock may be behind ours. */
const BEFORE_MS = 60_000

/** QueryCallDetailByCallId: how a call has ended; undefined while it goes on, or when the vendor can't say. It tells of no key. */
export async function queryCall(
  callId: string,
  product: string,
  askedAt: Instant,
  asker: Asker,
): Promise<CallEnd | undefined> {
  const parameters = { CallId: callId, ProdId: product, QueryDate: String(askedAt - BEFORE_MS) }
  const answer = await ask('QueryCallDetailByCallId', parameters, asker)
  if (!('fields' in answer)) return undefined
  const { state, duration } = detailIn(answer.fields.Data)
  if (state === undefined || state === '' || isRunning(state) || state === RUNNING.over) return undefined
  return endBy(state, Number(duration) > 0, asker.vendor)
}

/** `Data` is JSON text. */
function detailIn(data: unknown): { state?: string; duration?: unknown } {
  const { state, duration } = Object(jsonIn(String(data)))
  return { ...(state === undefined ? {} : { state: String(state) }), duration }
}
