import type { Bilingual, Language } from '../contracts/words.ts'

/** `skipped`: nothing can tell from here, or there is nothing to look at. */
export type Status = 'ok' | 'warning' | 'fault' | 'skipped'

/** What was found, in a sentence, and what to do about it where that is anything. */
export interface Found {
  status: Status
  /** In place of the examination's own. */
  subject?: string
  detail: string
  remedy?: string
  /** The same in Chinese, where it is told in it. */
  zh?: { detail: string; remedy?: string }
}

/** What is said: in both languages, or the same in each, such as a command. */
export type Said = string | Bilingual

function found(status: Status, detail: Said, remedy?: Said): Found {
  const isSpoken = typeof detail !== 'string' || typeof remedy === 'object'
  const [en, zh] = (['en', 'zh'] as const).map((language) => ({
    detail: inLanguage(detail, language),
    ...(remedy === undefined ? {} : { remedy: inLanguage(remedy, language) }),
  }))
  return { status, detail: '', ...en, ...(isSpoken && zh && { zh }) }
}

function inLanguage(said: Said, language: Language): string {
  return typeof said === 'string' ? said : said[language]
}

/** One look at one thing. What it rejects with is a fault of that thing. */
export interface Examination {
  subject: string
  look(signal: AbortSignal): Promise<Found | Found[]>
}

/** What is as it should be. */
export function ok(detail: Said): Found {
  return found('ok', detail)
}

/** What works, and may not for long; `remedy`: what to do. */
export function warning(detail: Said, remedy: Said): Found {
  return found('warning', detail, remedy)
}

/** What does not work; `remedy`: what to do. */
export function fault(detail: Said, remedy: Said): Found {
  return found('fault', detail, remedy)
}

/** What was not examined, and why; `remedy`: what would let it be. */
export function skipped(detail: Said, remedy?: Said): Found {
  return found('skipped', detail, remedy)
}

/** Stops an examination with what is already known to be wrong. */
export class FoundError extends Error {
  readonly found: Found
  constructor(found: Found) {
    super(found.detail)
    this.found = found
  }
}
