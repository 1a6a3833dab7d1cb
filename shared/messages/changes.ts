import type { Change } from '../contracts/change.ts'
import type { Language } from '../contracts/words.ts'
import { duration } from './times.ts'

const words: Record<
  Language,
  { before: (time: string) => string; after: (time: string) => string; open: string; close: string }
> = {
  zh: { before: (time) => `发生前 ${time}`, after: (time) => `发生后 ${time}`, open: '（', close: '）' },
  en: {
    before: (time) => `${time} before it began`,
    after: (time) => `${time} after it began`,
    open: ' (',
    close: ')',
  },
}

/** What was changed, where, and how long before it something began, ms: `Deployed checkout 1.42.0 (ci/build-7, 3 min before it began)`. */
export function changeText(
  { summary, source }: Pick<Change, 'summary'> & { source?: string | undefined },
  beforeMs: number,
  language: Language,
): string {
  const { before, after, open, close } = words[language]
  const when = beforeMs >= 0 ? before(duration(beforeMs, language)) : after(duration(-beforeMs, language))
  const where = source === undefined ? [] : [source]
  return `${summary}${open}${[...where, when].join(language === 'zh' ? '，' : ', ')}${close}`
}
