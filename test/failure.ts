import type { Failure } from '../shared/contracts/failure.ts'
import { failureText } from '../shared/messages/failure.ts'

/** A refusal that is told by the vendor's words alone. */
export const refusedFor = (said: string): Failure => ({ class: 'refused', said })

/** What a test shows of a failure: the vendor's words alone, else all of it in English. */
export const brief = (failure: Failure | undefined): string | undefined =>
  failure && (failure.said ?? failureText(failure, 'en'))
