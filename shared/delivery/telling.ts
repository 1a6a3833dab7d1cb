import type { CompiledStatusPage } from '../contracts/status-page.ts'
import type { Language } from '../contracts/words.ts'
import type { Post, Told } from '../incidents/status/post.ts'
import type { Subscriber } from '../store/subscribers.ts'

/** What a subscriber is to be told. */
export interface Telling {
  slug: string
  page: CompiledStatusPage
  subscriber: Subscriber
  /** An address of mail, or a URL. */
  to: string
  language: Language
  /** Where the page is. */
  base: string
  /** Links by which it says yes, and no. */
  confirm: string
  leave: string
  /** An update, and what it is of. Absent: it is asked whether it wants to be told. */
  news?: { told: Told; post: Post }
  timeMs: number
}

/**
 * What became of a mail or request to a subscriber. `refused`: the address takes none. `later`: nobody knows yet whether it does. `over`:
 * nobody knows the address any more, or it wants to hear no more.
 */
export type Outcome = 'sent' | 'refused' | 'later' | 'over'
