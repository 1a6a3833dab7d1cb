import type { PhoneKey, PhoneKeys } from './phone-keys.ts'
import type { Language } from './words.ts'

/** What somebody on the phone did, as the voice route of their call has read it. It waits for words to say. */
export interface CallInput {
  phoneHash: string
  /** Which of the person's calls. */
  seq: number
  contactId: string
  language: Language
  /** Those of the call's route: what is said names them. */
  keys: PhoneKeys
  /** `no-key`: the menus ended without one. */
  did: { type: 'answered' } | { type: 'no-key' } | { type: 'key'; key: PhoneKey }
}

/** What is said to them, and how the call goes on: text only, as Connect's flows take no other. */
export type CallAnswer = Record<'result' | 'say', string> & {
  result: 'ok' | 'taken' | 'several' | 'failed'
}
