import type { Fact } from '../contracts/fact.ts'
import type { Failure } from '../contracts/failure.ts'
import type { PersonalReach } from '../contracts/reach.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import type { PlanNote } from '../oncall/notes.ts'
import type { CallOutcome } from './attempt.ts'
import type { TakeOver } from './duty/duty.ts'
import type { EscalationAsked } from './escalation-asked.ts'
import type { LayerEnd } from './layer-end.ts'
import type { Action, Lapse, MessageStatus, Missing, Outgrown, Recipient } from './notice.ts'
import type { NoticeKind } from './notice-kinds.ts'
import type { PauseCause } from './pause/pause.ts'
import type { Raised } from './raised.ts'

/** What a layer of a policy says of itself: whom it pages, and which robots it tells. */
export interface LayerRule {
  page: string[]
  calls: number
  ackTimeoutMs: number
}

/** Of a member: it is merged into another, or taken out of it. Of that other: it gets a member, or loses it. */
export type Merging = 'into' | 'out-of' | 'member' | 'member-gone'

/** One line of an incident's history. The words for people are made when it is shown. */
export type TimelineEntry = { at: Instant; generation: number } & (
  | { kind: 'opened'; severity: Severity; summary: string; fact?: Fact; source: string; closedTooSoon?: Action }
  | { kind: 'changed'; severity: Severity; summary: string; fact?: Fact; outgrown?: Outgrown }
  /** Nobody took it in the time that its policy gives. */
  | ({ kind: 'raised' } & Raised)
  /** `rule`: as the policy that it follows had the layer then; absent for everybody at once. */
  | {
      kind: 'layer'
      round: number
      layer: number
      names: string[]
      chat?: string[]
      notes: PlanNote[]
      rule?: LayerRule
    }
  | { kind: 'layer-ended'; round: number; layer: number; why: LayerEnd; ackTimeoutMs?: number }
  /** `number`: 2 for the second number of theirs. */
  | { kind: 'call'; name: string; call: number; number?: number; outcome: CallOutcome | 'requested'; failure?: Failure }
  | { kind: 'message'; what: NoticeKind; to: Recipient; status: MessageStatus; failure?: Failure }
  | { kind: 'fallback'; name: string; from: PersonalReach; to: PersonalReach; failure?: Failure }
  | { kind: 'exhausted'; rounds: number; layers?: number; repeatAt: Instant }
  | { kind: 'paused'; cause: PauseCause; until: Instant }
  | { kind: 'resumed' }
  /** Why it is paged here from now on, in place of `region`. `back`: that region pages it again; `handed`: that one, by hand. */
  | { kind: 'duty'; region: string; why: TakeOver | 'back' | 'handed' | 'mute-here' }
  /** `missing`: who else has to take it. */
  | { kind: 'acknowledged'; action: Action; until?: Instant; missing?: Missing }
  /** `ackExpiresMs`: for so long its policy had let it be taken. */
  | { kind: 'reopened'; lapse: Lapse; ackExpiresMs?: number }
  | ({ kind: 'escalated'; action: Action } & EscalationAsked)
  | { kind: 'resolved'; action: Action }
  /** Its sender has not repeated its alert. */
  | { kind: 'sender-silent' }
  /** What was put right of its alert, or left out. */
  | { kind: 'mended'; notes: Fact[] }
  | { kind: 'merged'; what: Merging; number: number; action: Action }
  | { kind: 'note'; by: string; text: string }
)
/** The version, and form, in which a line of a history is kept. */
export const timelineShape: Shape<TimelineEntry> = { current: 1 }
