import { createHash } from 'node:crypto'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { CallTraits } from '../phoneline/phone-line.ts'
import type { StoreIo } from './io.ts'
import { callNameKey } from './keys.ts'
import { held, stateIn } from './shape.ts'

/** A call that a vendor is asked for by a name of ours, as it is written down before that. */
export interface NamedCall extends CallTraits {
  phoneHash: string
  seq: number
  /** Whose receipts may bring its name back. */
  vendor: string
  /** By which voice route: its type, and its place among all. */
  type: string
  route: number
}
/** The version, and form, in which a call that has a name of ours is kept. */
export const namedCallShape: Shape<NamedCall> = { current: 1 }

/** Alibaba Cloud takes an OutId of 1 to 15 bytes (help.aliyun.com, IvrCall): 60 bits of a digest. */
const NAME_CHARACTERS = 15

/** A call's name is known for as long as the queue keeps messages. */
const KEPT_MS = 15 * 86_400_000

/** The name of a call, made of its token. Nobody can tell it who does not know the person's HMAC. */
export function callName(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, NAME_CHARACTERS)
}

/** Writes down whose call a name is, and by which route. Rejects if the table does: then nobody may be asked for the call. */
export async function nameCall(name: string, call: NamedCall, { incidents, now }: Pick<StoreIo, 'incidents' | 'now'>) {
  await incidents.put([{ ...callNameKey(name), ...held(call, namedCallShape), expiresAt: expiry(now()) }])
}

/** Whose call a name is; undefined: no call of ours. */
export async function namedCall(
  name: string,
  { incidents }: Pick<StoreIo, 'incidents'>,
): Promise<NamedCall | undefined> {
  return stateIn(await incidents.get(callNameKey(name)), namedCallShape, incidents)
}

function expiry(now: Instant): number {
  return Math.floor((now + KEPT_MS) / 1000)
}
