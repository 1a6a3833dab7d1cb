import type { FactOf } from '../contracts/fact.ts'
import type { Bilingual } from '../contracts/words.ts'
import type { Contradiction } from './contradiction.ts'

type None = Record<never, never>

/** Why an override, or a swap that would be made of two, is not made or not taken away. Times and zones as they are written. */
export type OverrideRefused = FactOf<{
  'nothing-applied': None
  /** `known`: what there is. */
  'not-named': { what: 'contact' | 'schedule'; name: string; known: string[] }
  'not-a-time': { text: string }
  'named-twice': None
  'ends-before-begin': { from: string; to: string }
  over: { to: string }
  'no-time': { zone: string }
  /** So many characters of a note, or days of a `turn`, there may be. */
  'too-long': { most: number; turn?: string }
  'too-many': { most: number }
  /** Of a `turn`: they are not on call then. */
  'no-turns': { person: string; schedule: string; turn?: string }
  /** `other`: in the words of a command; `isWritten`: in oncall.yml. */
  contradicts: { other: string; why: Contradiction; isWritten: boolean }
  /** `problem`: what a table's reader says of the first that it cannot read. */
  unreadable: { project: string; problem: Bilingual }
  /** A swap is answered by whoever was asked; all else by who may act wherever it changes something. */
  'not-theirs': { what: 'override' | 'swap' }
  /** Who is on call is not who was when it was asked. */
  changed: None
  busy: { project: string }
  'no-such-override': { id: string }
}>
