import type { Language } from '../contracts/words.ts'
import type { Notice } from '../incidents/notice.ts'
import type { Line } from './composition.ts'
import { oneLine } from './cut.ts'
import { factIn } from './facts.ts'
import { timeSeenFrom } from './times.ts'

/** What is said of what is muted beside a page. */
interface MutedWords {
  until: (why: string, time: string) => string
  /** Whoever made it is on leave before it ends. */
  away: string
  more: (count: number) => string
}

const words: Record<Language, MutedWords> = {
  zh: {
    until: (why, time) => `静默中，到 ${time}：${why}`,
    away: '（设置者休假）',
    more: (count) => `另有 ${count} 项静默中`,
  },
  en: {
    until: (why, time) => `Muted until ${time}: ${why}`,
    away: ' (whoever made it is on leave)',
    more: (count) => `${count} more are muted`,
  },
}

/** A reason longer than this is cut, in characters. */
const REASON_CHARACTERS = 120

/**
 * One line for each thing that keeps incidents of the notices' projects quiet, and how many more there are; times as seen from `at`, in
 * `timezone` (IANA).
 */
export function mutedLines(
  notices: Pick<Notice, 'project' | 'muted'>[],
  at: number,
  language: Language,
  timezone: string,
): Line[] {
  const say = words[language]
  const known = new Map<string, Line>()
  const more = new Map(notices.map(({ project, muted = [] }) => [project, muted.at(-1)?.more ?? 0]))
  for (const { cause, until, away } of notices.flatMap(({ muted = [] }) => muted)) {
    const why = oneLine(factIn(language, cause), REASON_CHARACTERS)
    const text = say.until(why, timeSeenFrom(at, until, timezone)) + (away ? say.away : '')
    known.set(JSON.stringify([cause, until]), { spans: [{ text }] })
  }
  const count = [...more.values()].reduce((sum, one) => sum + one, 0)
  return [...known.values(), ...(count > 0 ? [{ spans: [{ text: say.more(count) }] }] : [])]
}
