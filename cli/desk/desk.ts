import type { Bilingual, Instant, Severity } from '../../shared/contracts/words.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { PersonName } from '../../shared/incidents/notice.ts'
import { CommandError } from '../failure.ts'
import { titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'

/** Where somebody works on incidents: at the tables of a deployment, or at its console, for whoever has no keys to its cloud. */
export interface Desk {
  /** What people call it. */
  name: string
  /** Does something to the incident of a number. Throws a `CommandError` for a number or a name that nobody has, and for what may not be. */
  act(number: number, asked: Asked): Promise<Acted>
  /** Merges the incident of a number into another one. Throws a `CommandError` for one that is over, or merged itself. */
  merge(number: number, into: number): Promise<Acted>
  /** Takes it out again; `from`: of which one, undefined where it is merged into none. */
  split(number: number): Promise<Acted & { from: number | undefined }>
  list(which: 'open' | 'resolved', limit: number): Promise<Listed[]>
  /** All of an incident, for people and for machines. */
  read(number: number): Promise<Whole>
  /** The Markdown of a post-mortem. */
  postMortem(number: number): Promise<string>
  /** Why an incident paged whom it paged, and nobody else. */
  why(number: number): Promise<Why>
  /**
   * The same of the newest incident of an alert, by its key or a check's name, or what became of it without one. `project`: whose it is;
   * undefined: of any.
   */
  whyOfKey(key: string, project: string | undefined): Promise<Why | Fate>
}

/** What somebody asks for. */
export type Asked =
  | { do: 'acknowledge' }
  | { do: 'give-back' }
  | { do: 'snooze'; until: Instant }
  /** `layer` from 0; `to`: contacts and schedules; `policy` by its key. */
  | { do: 'escalate'; layer?: number; to?: string[]; policy?: string }
  /** `force`: though its check still fails. */
  | { do: 'resolve'; force: boolean }
  | { do: 'note'; text: string }

/** What of an incident is said of what was done to it. */
export type Said = Pick<Incident, 'number' | 'generation' | 'project' | 'title' | 'status'> &
  Pick<Partial<Incident>, 'fact' | 'acknowledged' | 'resolved'>

export interface Acted {
  /** As it was. */
  found: Said
  state: Said
  changed: boolean
  by: PersonName
  /** Where several have to take it: who is missing. */
  partly?: string | undefined
  /** What machines are shown of it. */
  machines: object
}

/** A line of a list. */
export interface Listed {
  number: number
  severity: Severity
  project: string
  title: string
  openedAt: Instant
  status: Incident['status']
  /** Who has it, or is being paged. */
  who: string
  machines: object
}

/** All of an incident. */
export interface Whole {
  /** What it is and how it stands. */
  facts: string[]
  /** Its timeline. */
  history: string[]
  /** With what was seen around it, which people are not shown. */
  machines(): Promise<object>
}

/** Why an incident paged whom it paged, in the reader's words. */
export interface Why {
  /** `#1024 pay / 收银台`. */
  title: string
  project: string
  openedAt: Instant
  /** What was changed just before, the newest first; undefined: that could not be read. */
  changes: string[] | undefined
  decisions: { at: Instant; text: string; rule?: string | undefined }[]
  notCalled: { name: string; why: string }[]
  /** Where it is configured how its project's incidents are paged: no rule can be told otherwise. */
  hasPolicy: boolean
  machines: object
}

/** What became of an alert that has no incident of its own. */
export interface Fate {
  fate: string
  /** None of that key is known. */
  neverCame: boolean
  machines: object
}

/** Whether the life of it that was meant is over. */
export function isOver({ found, state }: Pick<Acted, 'found' | 'state'>): boolean {
  return state.status === 'resolved' || state.generation !== found.generation
}

/** Throws the `CommandError` for what is over, or for another reason why nothing was done. */
export function refuse({ found, state }: Pick<Acted, 'found' | 'state'>, otherwise: Bilingual, io: CliIo): never {
  const title = titleOf(found, io)
  if (isOver({ found, state })) throw new CommandError({ en: `${title} is over already`, zh: `${title} 已经结束` })
  throw new CommandError({ en: `${title} ${otherwise.en}`, zh: `${title} ${otherwise.zh}` })
}

/** Whoever closes what still burns silences it: that has to be meant. `what`: what its check sees of it. */
export function stillBurning(incident: Said, what: Bilingual, io: CliIo): CommandError {
  const title = titleOf(incident, io)
  const stops = `bin/fenghuo.js ack ${incident.number}`
  return new CommandError({
    en:
      `${title} goes on: ${what.en}. It resolves by itself when that ends; ` +
      `${stops} stops the calls until then. --force closes it all the same, and it pages again if it goes on for 10 minutes`,
    zh:
      `${title} 还没有结束：${what.zh}。结束时它会自己恢复；` +
      `在那之前用 ${stops} 让电话停下。加 --force 可强行结束，10 分钟后还是如此会再次呼叫`,
  })
}
