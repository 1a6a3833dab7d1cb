import * as z from 'zod/mini'
import type { PlainFailureClass } from '../../contracts/failure.ts'
import type { CallEnd } from '../channel.ts'
import type { Receipt, Receipts } from '../voice/call-reader.ts'

const VENDOR = 'tencent-vms'

const text = z.union([z.string(), z.pipe(z.number(), z.transform(String))])
const callid = z.string().check(z.minLength(1), z.maxLength(256))

/**
 * What Tencent Cloud posts of a call (cloud.tencent.com, Voice Message Service: callbacks of calls, of keys and of failures): one object
 * with one of these. Values may be text or numbers. None brings the SessionContext back.
 */
const posted = z.looseObject({
  voiceprompt_callback: z.optional(z.looseObject({ callid, result: text })),
  voice_failure_callback: z.optional(z.looseObject({ callid, failure_code: text })),
  // Its approved sentence asks for no key.
  voicekey_callback: z.optional(z.looseObject({ callid })),
})

/** Of voiceprompt_callback. Whether a call that ended in trouble rang is not said. */
const ends: Record<string, CallEnd> = {
  '0': { answered: true },
  '1': { answered: false, failure: { class: 'no-answer', vendor: VENDOR } },
  '2': { answered: false, failure: { class: 'line-trouble', vendor: VENDOR } },
}

/** Of voice_failure_callback, its failure_code. The list is open: what it lacks is trouble of the line. */
const failures: Record<string, PlainFailureClass> = {
  '1': 'not-reachable',
  '2': 'line-busy',
  '3': 'not-reachable',
  '4': 'bad-number',
  '5': 'no-answer',
  '6': 'not-reachable',
  '7': 'bad-number',
  '8': 'bad-number',
  '10': 'line-busy',
  '12': 'line-blocked',
  '13': 'bad-number',
  '15': 'bad-number',
  '16': 'not-reachable',
  '17': 'bad-number',
  '19': 'bad-number',
  '20': 'no-answer',
}

/** How callbacks of Tencent Cloud's calls are read. */
export const tencentVmsReceipts: Receipts = {
  vendor: VENDOR,
  read(given) {
    const parsed = posted.safeParse(given)
    if (!parsed.success) return undefined
    const { voiceprompt_callback: prompt, voice_failure_callback: failed, voicekey_callback: key } = parsed.data
    if (failed !== undefined) return [ended(failed.callid, failedBy(failed.failure_code))]
    const end = ends[prompt?.result ?? '']
    if (prompt !== undefined && end !== undefined) return [ended(prompt.callid, end)]
    return key === undefined ? undefined : []
  },
  answer: { result: 0, errmsg: 'OK' },
}

function failedBy(code: string): CallEnd {
  const kind = failures[code] ?? 'line-trouble'
  const neverRang = kind === 'bad-number' ? { neverRang: true as const } : {}
  return { answered: false, failure: { class: kind, vendor: VENDOR, code }, ...neverRang }
}

function ended(contactId: string, end: CallEnd): Receipt {
  return { event: { type: 'disconnected', contactId, ...end } }
}
