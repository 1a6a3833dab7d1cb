import * as z from 'zod/mini'
import { type Severity, severities } from './severities.ts'
import { type VerdictWord, verdicts } from './verdicts.ts'

/** A point in time: milliseconds since 1970-01-01 UTC. */
export type Instant = number

export { type Severity, severities, type VerdictWord }

export const severity = /* @__PURE__ */ z.enum(severities)

/** What an alert is that does not say how bad it is, and what a check's failing is. */
export const DEFAULT_SEVERITY: Severity = 'critical'

/** Sorts the worst first. */
export function bySeverity(one: Severity, other: Severity): number {
  return severities.indexOf(one) - severities.indexOf(other)
}

export const verdictWord = /* @__PURE__ */ z.enum(verdicts)

export type Language = 'zh' | 'en'

/** Names the language in which people at a terminal are spoken to; without it, the locale does. */
export const LANGUAGE_VARIABLE = 'FENGHUO_LANGUAGE'

/** The language for people at a terminal with this environment: English unless it says Chinese. */
export function languageOf(env: Record<string, string | undefined>): Language {
  return /^zh/i.test(env[LANGUAGE_VARIABLE] || env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh' : 'en'
}

/** What is said, in each language. */
export type Bilingual = Record<Language, string>

/** What is the same in each language: a name, or what somebody else has said. */
export function asWritten(text: string): Bilingual {
  return { zh: text, en: text }
}

/** Each text once: what somebody has written in one language stands in both. */
export function eachOnce(text: Partial<Bilingual>): string[] {
  return [...new Set(Object.values(text))]
}

/** Several sayings as one, a line each. */
export function inLines(all: Bilingual[]): Bilingual {
  return inBoth((language) => all.map((one) => one[language]).join('\n'))
}

/** Says something in both languages. */
export function inBoth(say: (language: Language) => string): Bilingual {
  return { zh: say('zh'), en: say('en') }
}
