import type { Hold } from '../contracts/alert.ts'
import type { Instant, Language } from '../contracts/words.ts'
import { duration, timeSeenFrom } from './times.ts'
import { words } from './words.ts'

/** That something is held in its worse state, since when and why; days are named as seen from `reference`. */
export function heldText(
  { since, changes, withinMs }: Hold,
  reference: Instant,
  language: Language,
  timezone: string,
): string {
  return words[language].held(timeSeenFrom(reference, since, timezone), changes, duration(withinMs, language))
}
