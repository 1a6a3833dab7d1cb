import * as z from 'zod/mini'
import { keyIn } from '../../contracts/phone-keys.ts'
import { ivrKeys } from '../aliyun-ivr/keys.ts'
import { fitting } from '../receipts/fitting.ts'
import type { Receipt, Receipts } from '../voice/call-reader.ts'
import { endBy, RUNNING } from './statuses.ts'

/** Whose receipts: all calls of this vendor push to one address. */
const VENDOR = 'aliyun-voice'

const text = z.nullish(z.union([z.string(), z.pipe(z.number(), z.transform(String))]))

/**
 * What Alibaba Cloud posts of a call (help.aliyun.com, "VoiceCallReport", "VoiceReport", and the quick start of IVR, which shows another
 * shape). All values may be text. Fields may be added.
 */
const posted = z.looseObject({
  call_id: z.string().check(z.minLength(1), z.maxLength(256)),
  out_id: text,
  status_code: text,
  /** All keys, in the order in which they were pressed: of one call they come in one of these two. */
  dtmf: text,
  digits: text,
  start_time: text,
  b_start_time: text,
  end_time: text,
  /** Seconds, with or without their unit. */
  duration: text,
})
type Posted = z.infer<typeof posted>

/** Keys come before the end of their call, and its final report before the bare word that it is over. */
const order = ['rings', 'connected', 'key', 'disconnected', 'over'] as const
type Rank = (typeof order)[number]

/** How receipts of Alibaba Cloud's calls are read, by whichever API they were placed: that is not said in them, so no failure names a route. */
export const aliyunReceipts: Receipts = {
  vendor: VENDOR,
  read(given) {
    // Several in an array, or one alone.
    return fitting(posted, Array.isArray(given) ? given : [given])
      ?.flatMap(receiptsOf)
      .sort((a, b) => order.indexOf(a.rank) - order.indexOf(b.rank))
      .map(({ rank: _, ...receipt }) => receipt)
  },
  answer: { code: 0, msg: 'ok' },
}

function receiptsOf(one: Posted): (Receipt & { rank: Rank })[] {
  const contactId = one.call_id
  const name = one.out_id ? { name: one.out_id } : {}
  const keys = [...(one.dtmf ?? one.digits ?? '')].flatMap((key): (Receipt & { rank: Rank })[] => {
    const decision = keyIn(ivrKeys, key)?.outcome ?? 'undecided'
    return decision === 'undecided' ? [] : [{ ...name, rank: 'key', event: { type: 'key', contactId, key, decision } }]
  })
  const status = one.status_code ?? ''
  if (RUNNING.rings.includes(status)) return [...keys, { ...name, rank: 'rings', event: { type: 'rings', contactId } }]
  if (status === RUNNING.answered)
    return [...keys, { ...name, rank: 'connected', event: { type: 'connected', contactId } }]
  if (status === RUNNING.over) {
    const how = spoke(one) ? { answered: true } : { answered: false, untold: true as const }
    return [...keys, { ...name, rank: 'over', event: { type: 'disconnected', contactId, ...how } }]
  }
  if (status === '' || status === RUNNING.key) return keys
  const end = endBy(status, spoke(one))
  return [...keys, { ...name, rank: 'disconnected', event: { type: 'disconnected', contactId, ...end } }]
}

function spoke({ start_time, b_start_time, duration }: Posted): boolean {
  return Boolean(start_time || b_start_time) || Number.parseInt(duration ?? '', 10) > 0
}
