import type { Alert } from '../contracts/alert.ts'
import type { Fact } from '../contracts/fact.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant, Severity, VerdictWord } from '../contracts/words.ts'
import type { Consensus } from './consensus.ts'
import type { Flapping } from './flap.ts'
import type { PartialTrouble } from './partial.ts'
import type { UnobservingTrouble, UnobservingVantages } from './unobserving.ts'
import type { Witnesses } from './witness.ts'

/** What a check (or a condition of Fenghuo's own) is believed to be, and which alerts that has raised. */
export interface VerdictState {
  id: string
  verdict: VerdictWord
  since: Instant
  /** What the vantages said last; `verdict` differs from it while a flapping check is held. */
  raw?: VerdictWord
  flapping?: Flapping
  /** Groups all of which saw it down, until most of each see it up again. */
  groups?: string[]
  /** Vantages that see worse than `verdict`. */
  worseFrom?: PartialTrouble
  /** Vantages that cannot look at it, though others can. */
  unobservingFrom?: UnobservingTrouble
  /** Who has seen the trouble that is not over. */
  witnesses?: Witnesses
  /** Those of them that cannot say otherwise now. */
  mute?: string[]
  /** All of them are gone for good, so nobody can say what it is. */
  areWitnessesGone?: true
  /** When it is judged again, if no report comes before: it has kept something back for now. */
  waitsUntil?: Instant
  /** Open alerts by dedup key, and when they were told last. */
  open: Record<string, Instant>
  /** Alerts of one check have ever later times, so that their order is plain. */
  lastAlertAt: Instant
}
/** The version, and form, in which a verdict is kept. */
export const verdictShape: Shape<VerdictState> = { current: 1 }

/** What an alert says of a check. */
export interface VerdictSubject {
  id: string
  project: string
  /** Absent: its fact has one, in the reader's language. */
  title?: string
  severity: Severity
  /** Of being slow; absent: warning. */
  degradedSeverity?: Severity
  /** What is observed, such as a URL. */
  target?: string
  runbook?: string
  labels?: Record<string, string>
}

export interface VerdictInput {
  type: 'input'
  subject: VerdictSubject
  consensus: Consensus
  /** How often it is run: rare runs make rare changes. Absent: each minute. */
  intervalMs?: number
  /** However often it changes, it is not held. */
  tellsEachChange?: boolean
  /** Unknown for longer than this is an alert of its own; absent: somebody else says so (the silent probe's own alert). */
  missingAfterMs?: number
  /** Absent: what looks at it are no vantages of ours. */
  unobserving?: UnobservingVantages
  /** What its alerts say, in place of how the vantages see it. */
  fact?: Fact
  /** What it depends on is down: it raises nothing, and is judged afresh afterwards. */
  quiet?: boolean
  /** What it depends on fails, too, and that is not confirmed yet: it raises nothing now, and is judged again at this time. */
  waitsUntil?: Instant
  /** Checks that depend on this one. */
  children?: string[]
}

/** The check is no longer configured: what it has raised is over, though nothing has recovered. */
export interface RemovedEvent {
  type: 'removed'
  id: string
}

export type VerdictEvent = VerdictInput | RemovedEvent

/** What an alert of ours says is a fact: words for people are made where it is read. */
export type OwnAlert = Alert & {
  at: Instant
  fact: Fact
  removed?: true
  /** Nothing has happened since its last trigger: it only says that the trouble goes on. */
  again?: true
  /** Nobody sees the trouble now: it tells of an open incident, and opens none. */
  unseen?: true
  /** Vantages that saw the trouble, and cannot say otherwise now. */
  mute?: string[]
  /** Of a resolve: vantages that saw the trouble, and never came back to see its end. */
  neverBack?: string[]
}

export type VerdictEffect =
  | { type: 'alert'; alert: OwnAlert }
  /** Checks to be judged afresh, since what they depend on has changed. */
  | { type: 'update'; checks: string[] }
