import type { Language } from '../contracts/words.ts'
import type { Raised } from '../incidents/raised.ts'
import { duration } from './times.ts'
import { words } from './words.ts'

const said: Record<Language, (from: string, to: string, time: string) => string> = {
  en: (from, to, time) => `Nobody took it in ${time}: ${to}, no longer ${from}`,
  zh: (from, to, time) => `${time}无人认领，由${from}升为${to}`,
}

/** That an incident has got worse because nobody took it. */
export function raisedText({ severity, from, afterMs }: Raised, language: Language): string {
  const name = words[language].severity
  return said[language](name[from], name[severity], duration(afterMs, language))
}
