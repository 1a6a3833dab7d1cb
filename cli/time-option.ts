import type { Instant } from '../shared/contracts/words.ts'
import { instantMeant } from '../shared/oncall/time-meant.ts'
import { CommandError } from './failure.ts'

/**
 * The time that an option means, by the clock of a time zone; an hour alone, or one of a weekday, is the next one after `after`. Throws a
 * `CommandError` for what is none.
 */
export function timeOption(option: string, text: string, after: Instant, timezone: string): Instant {
  const at = instantMeant(text, after, timezone)
  if (at !== undefined) return at
  throw new CommandError({
    en: `${option} ${text}: write 18:00, "Sat 18:00" or "2026-12-05 18:00"`,
    zh: `${option} ${text}：写成 18:00、"Sat 18:00" 或 "2026-12-05 18:00" 这样`,
  })
}
