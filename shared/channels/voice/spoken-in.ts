import type { Language } from '../../contracts/words.ts'

/** The templates that somebody hears: those of their language, else the other's. Undefined: there are none. */
export function spokenIn<Codes>(
  templates: Partial<Record<Language, Codes | undefined>>,
  wanted: Language,
): { language: Language; codes: Codes } | undefined {
  for (const language of [wanted, wanted === 'zh' ? 'en' : 'zh'] as const) {
    const codes = templates[language]
    if (codes !== undefined) return { language, codes }
  }
  return undefined
}
