import type { Instant, Language } from '../../shared/contracts/words.ts'
import { type ConsoleWords, consoleWords } from '../../shared/messages/console/words.ts'
import type { AssetNames } from './assets.ts'

/** A page that stands in the line at the top. */
export interface NavItem {
  path: string
  name: keyof ConsoleWords['pages']
}

/** What every page is made with: for whom, when, and how they read. */
export interface View {
  language: Language
  say: ConsoleWords
  /** IANA zone in which times are written. */
  timezone: string
  now: Instant
  /** The contact that this browser has said to be, or that who has signed in is. */
  me?: string
  /** The name of who has signed in. */
  person?: string
  /** What they are called. */
  name?: string
  /** Whether they may do something about what is a project's. */
  mayAct(project: string): boolean
  /** For the form that goes to a path. */
  token(path: string): string
  assets: AssetNames
  nav: NavItem[]
  /** Where this page is. */
  path: string
  /** The same with its query: where whoever changes the language comes back to. */
  address: string
}

/** The zone that a browser says it is in, if there is such a one; else the configuration's. */
export function zoneFor(said: string | undefined, configured: string): string {
  if (said === undefined || !/^[\w+\-/]{1,64}$/.test(said)) return configured
  try {
    return new Intl.DateTimeFormat('en', { timeZone: said }).resolvedOptions().timeZone
  } catch {
    return configured
  }
}

export function wordsFor(language: Language): ConsoleWords {
  return consoleWords[language]
}
