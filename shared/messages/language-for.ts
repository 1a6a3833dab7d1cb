import type { Language } from '../contracts/words.ts'

/** The language that somebody has chosen, or else that their browser prefers; the configuration's where it names none of ours. */
export function languageFor(chosen: string | undefined, accepted = '', configured: Language): Language {
  if (chosen === 'zh' || chosen === 'en') return chosen
  const first = /(?:^|,)\s*(zh|en)\b/i.exec(accepted)?.[1]?.toLowerCase()
  return first === 'zh' || first === 'en' ? first : configured
}
