import type { Grant } from '../contracts/grant.ts'
import type { Language } from '../contracts/words.ts'

/** Texts by language and by what they are for, with variables as their vendor writes them. */
export type Templates = Record<Language, Record<string, string>>

/**
 * What of ours a vendor has before anything goes through it: one `provision.ts` in the folder of a channel or voice route. Commands print
 * the texts to submit, and sandboxes have all of it.
 */
export interface Provision {
  /** Absent: the vendor takes any text. */
  templates?: Templates
  /** What calls run through, for the function `acknowledge` by its ARN; absent: the vendor runs nothing of ours. */
  flow?(acknowledgeArn: string): object
  /** What the role of `page` has to be allowed on AWS, by the call; absent: nothing, its vendor asks for a key of its own. */
  calls?: Grant['calls']
  /** What whoever runs `doctor` has to be allowed on AWS, by the call. */
  asks?: Grant['calls']
}
