import type { FunctionName } from '../contracts/functions.ts'
import type { EscalationKind } from '../contracts/step.ts'
import type { Language } from '../contracts/words.ts'

/**
 * One item each: per (vantage, function), per check, per (project, group key), per person's phone, per recipient of messages; and one of
 * who has duty among several regions.
 */
export type MachineName = 'vantage' | 'heartbeat' | 'verdict' | 'incident' | 'phone line' | 'recipient queue' | 'duty'

/** What carrying out an effect of a machine leads to: an event of another machine, a message on the escalation queue, or the world. */
export type Leads =
  | { machine: MachineName }
  | { queue: EscalationKind }
  | { world: 'vendors' | 'people’s phones' | 'the other regions' }
  | { record: 'timeline' | 'numbers' | 'generations' | 'contacts' }

/** What comes to the path from outside of it, or from one of its queues. */
export interface Intake {
  /** The deployed function that takes it. */
  service: FunctionName
  /** The function that carries it out, and its file in `shared`. */
  useCase: string
  file: string
  /** The machines that it hands an event to. What these decide is below. */
  machines: MachineName[]
  /** The messages of the events queue that it becomes. */
  events: EventKind[]
  /** Whom it tells by itself, with no machine in between. */
  world?: 'vendors'
  words: Record<Language, string>
}

/** What the events queue carries, by a message's `kind`. */
export type EventKind = 'report' | 'heartbeat' | 'alerts' | 'canary'

/** One that tells the events queue nothing. */
export function intake(
  service: FunctionName,
  useCase: string,
  file: string,
  machines: MachineName[],
  zh: string,
  en: string,
): Intake {
  return { service, useCase, file: `${file}.ts`, machines, events: [], words: { zh, en } }
}

/** One that becomes messages of these kinds. */
export function sending(
  service: FunctionName,
  useCase: string,
  file: string,
  kinds: EventKind[],
  zh: string,
  en: string,
  machines: MachineName[] = [],
): Intake {
  return { ...intake(service, useCase, file, machines, zh, en), events: kinds }
}
