import type { Language } from '../contracts/words.ts'
import type { Notice } from '../incidents/notice.ts'

/** What a message needs beside the notice. */
export interface Message {
  notice: Notice
  language: Language
  timezone: string
  /** Signed links; absent when there is no base URL. */
  links: {
    acknowledge?: string
    /** The same at another region, for when that one does not answer. */
    elsewhere?: string
    /** What the acknowledge link carries, for a card's button. */
    token?: string
    /** Its page of the console; of a digest, what burns now. */
    detail?: string
  }
  /**
   * Several incidents' news in one message, `notice` being the first: one line for each. `more` of them come later. `held`: of what policies
   * held.
   */
  digest?: { of: { notice: Notice; repeat: boolean }[]; more: number; held?: true }
  /** The answer to an earlier try was lost: say that this may be a repeat. */
  repeat: boolean
}
