import type { PersonalReach } from '../contracts/reach.ts'
import type { CallOutcome } from './attempt.ts'
import type { Change, Incident } from './incident.ts'
import type { LayerEnd } from './layer-end.ts'
import type { MessageStatus } from './notice.ts'
import type { NoticeKind } from './notice-kinds.ts'

/** Why an incident decides what it does, for logs and tests: a code, with what it is about. No message is made of it. */
export type IncidentReason =
  // Alerts.
  | 'opened'
  | 'further trigger'
  | 'late or repeated alert'
  | 'told already'
  | 'closed by hand a moment ago'
  | 'its sender is heard'
  | 'its sender is silent'
  | 'its group has grown'
  | 'resolved before it was triggered'
  | 'nothing to acknowledge'
  // People.
  | 'acknowledged'
  | 'acknowledged by answering'
  | `already ${'acknowledged' | 'resolved' | 'open'}`
  | 'resolved'
  | 'snoozed'
  | 'taken by them already'
  | 'given back'
  | 'nobody has it'
  | 'pressed already'
  | 'noted already'
  | 'escalated by hand'
  | 'its severity pages nobody'
  | 'reminded'
  | 'note'
  | 'merged'
  | 'merged already'
  // Steps of the escalation.
  | 'first layer'
  | 'next layer'
  | 'reminder'
  | 'everybody again'
  | 'raised'
  | 'layer timed out'
  | 'layer goes on'
  | `layer ended: ${LayerEnd['code']}`
  | 'passed on'
  | 'call again'
  | 'next number'
  | `fallback to ${PersonalReach}`
  | 'someone is listening'
  | 'paused'
  | 'still paused'
  | 'its pause ends soon'
  | 'its pause has changed'
  | 'told of what was held'
  | 'early'
  | 'stale step'
  | 'nothing to do: over'
  | `step of an incident that is ${Incident['status']}`
  // Words of other regions.
  | 'guarded'
  | 'taken over'
  | 'handed back'
  | 'handed on'
  | 'paged elsewhere'
  | 'taken elsewhere'
  | 'over elsewhere'
  | 'over here'
  | 'opened by another region'
  | 'a word of another region'
  | 'late or repeated word'
  | 'word of another life'
  | 'nothing that goes on'
  // What became of calls and messages.
  | `call ${CallOutcome}`
  | `late outcome: ${CallOutcome}`
  | `repeated outcome: ${CallOutcome}`
  | `${NoticeKind} ${MessageStatus}`
  // Of another life of the incident, or of none.
  | 'no such incident'
  | 'an earlier generation'
  | 'call of an earlier generation'
  | 'message of an earlier generation'

/** What an incident has decided within an escalation, and why. */
export type ReasonedChange = Change & { reason: IncidentReason }
