import type { Matchers } from '../../shared/contracts/matcher.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { CommandError } from '../failure.ts'

/** A silence that was to have another end is over already. */
export class SilenceOver extends CommandError {
  constructor(id: string) {
    super({ en: `${id} is over already: add another one`, zh: `${id} 已经结束：请新建一条` })
  }
}

/** A silence as it is kept, and the open incidents that it covers, as far as that is known at once. */
export interface Made {
  silence: Silence
  covers?: { number: number; title: string }[]
}

/** Where silences are kept: in each region of a deployment, or wherever its console keeps them. */
export interface SilenceKeeper {
  /** What fits the incident of a number, and its next lives. */
  matchersOf(number: number): Promise<Matchers>
  make(silence: Silence, isAllMeant: boolean): Promise<Made>
  /** Gives one another end. Throws a `CommandError` for an id that nobody knows, a `SilenceOver` for one that is over. */
  move(id: string, end: (silence: Silence) => Instant): Promise<Silence>
  /** All that are remembered, each with the open incidents that it keeps quiet. */
  list(): Promise<{ silence: Silence; quiet: number[] }[]>
}
