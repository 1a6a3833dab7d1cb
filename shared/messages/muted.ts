import type { Language } from '../contracts/words.ts'
import type { Muted } from '../incidents/pause/pause.ts'
import type { Line } from './composition.ts'
import { oneLine } from './cut.ts'
import { factIn } from './facts.ts'
import { timeSeenFrom } from './times.ts'

/** What is said of what is muted beside a page. */
interface MutedWords {
  until: (why: string, time: string) => string
  /** Whoever made it is on leave before it ends. */
  away: string
}

const words: Record<Language, MutedWords> = {
  zh: { until: (why, time) => `静默中，到 ${time}：${why}`, away: '（设置者休假）' },
  en: { until: (why, time) => `Muted until ${time}: ${why}`, away: ' (whoever made it is on leave)' },
}

/** A reason longer than this is cut, in characters. */
const REASON_CHARACTERS = 120

/** One line for each thing that keeps incidents of the project quiet; times as seen from `at`, in `timezone` (IANA). */
export function mutedLines(muted: Muted[], at: number, language: Language, timezone: string): Line[] {
  const say = words[language]
  return muted.map(({ cause, until, away }): Line => {
    const why = oneLine(factIn(language, cause), REASON_CHARACTERS)
    return { spans: [{ text: say.until(why, timeSeenFrom(at, until, timezone)) + (away ? say.away : '') }] }
  })
}
