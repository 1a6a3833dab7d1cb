import type { FactOf } from '../contracts/fact.ts'
import type { AccountFault } from '../contracts/failure.ts'
import type { RejectionFact } from '../contracts/rejection.ts'
import type { DutyReason } from '../incidents/duty/record.ts'

/** What Fenghuo says of itself: each condition, and its end. */
export type OwnFact = FactOf<{
  /** Messages that nobody could read: why the newest one was refused, or how many are left. */
  'dead-letters': { queue: 'events' | 'escalation'; reason?: RejectionFact; left?: number }
  'no-dead-letters': { queue: 'events' | 'escalation' }
  /** No probe function reports from there: so many checks are not seen there, and so many of them nowhere else either. */
  'probe-silent': { vantage: string; checks: number; seenNowhere: number }
  'probe-heard': { vantage: string }
  /** It fails most of its checks while others see them up, and has no vote. */
  'vantage-faulty': { vantage: string }
  /** Most of its checks are slow there while others see them up. */
  'vantage-slow': { vantage: string }
  /** It cannot look at most of its checks though others can. */
  'vantage-unobserving': { vantage: string }
  'vantage-agrees': { vantage: string }
  /** Ahead of the queue's clock; negative when behind. */
  'clock-wrong': { vantage: string; seconds: number }
  'clock-right': { vantage: string }
  /** Nobody is on call then, UTC ms; people read it in the zone. */
  'schedule-gap': { schedule: string; from: number; to: number; timezone: string }
  'no-schedule-gap': { schedule: string }
  /** Who has a schedule now, and who had it; `until` in UTC ms. Of what is open the first, and how many there are beside. */
  'handed-over': {
    schedule: string
    before: string[]
    now: string[]
    until: number
    timezone: string
    open: { number: number; title: string; code?: string }[]
    more: number
  }
  /** Whoever made a silence is on leave now, and it goes on until a time, UTC ms. */
  'silence-left': {
    silence: string
    by: string
    comment: string
    until: number
    timezone: string
    maintenance?: true
  }
  /** What has opened incidents again and again in the week before, so often, and so often paged people in their night. */
  'recurring-noise': { things: { title: string; code?: string; times: number; nights: number }[]; more: number }
  /** Whoever takes it is on call from a time on, UTC ms, and need not do more. */
  'prove-reach': { schedule: string; from: number; timezone: string }
  'reach-unproven': { schedule: string; people: string[] }
  'reach-proven': { schedule: string }
  /** An account at a vendor refuses whatever it is asked. */
  'account-refuses': { vendor: string; why: AccountFault; code?: string }
  'account-serves': { vendor: string }
  /** Another region of the deployment has other people for these projects, and for so many more. */
  'region-differs': { region: string; projects: string[]; more: number }
  'region-same': { region: string }
  /** Another region does not work on what it takes, for so long. */
  'region-late': { region: string; minutes: number }
  /** Nothing that it has taken has ever been worked on. */
  'region-never-worked': { region: string }
  /** Its tables do not answer; `said`: what they say, or what became of asking. */
  'region-unread': { region: string; said: string }
  /** Its function `peer` does not answer, by which guards find out whether it pages; `said`: what became of asking. */
  'region-unanswering': { region: string; said: string }
  /** It seals with another secret: neither takes the other's words. */
  'region-other-secret': { region: string }
  /** Its functions' clock is ahead of its queues'; negative when behind. */
  'region-clock': { region: string; seconds: number }
  /** Its functions' clock is ahead of ours; negative when behind. */
  'region-clock-apart': { region: string; seconds: number }
  'region-well': { region: string }
  /** It runs another version than this region, and works; `version`: which, where it says so. */
  'region-other-version': { region: string; version?: string }
  'region-same-version': { region: string }
  /** It is no region of the deployment any more. */
  'region-gone': { region: string }
  /** Somebody has taken duty for a region; `until` in UTC ms, which people read in the zone. */
  'duty-by-hand': { region: string; by: string; until?: number; timezone: string }
  /** Duty goes by the order of the regions again: this one has it. */
  'duty-not-by-hand': { region: string }
  /** A region pages in the stead of another one. */
  'duty-elsewhere': { region: string; of: string; why: DutyReason }
  'duty-in-order': { region: string }
  /** The copy of a status page can't be put into its bucket: its cloud's code, `not-configured`, or `unreachable`. */
  'copy-fails': { page: string; bucket: string; error: string }
  'copy-stands': { page: string; bucket: string }
  /** More new incidents a minute than a project's limit: so many came in all, of which so many are open. */
  'alert-storm': { came: number; open: number; limit: number }
  'alert-storm-over': { came: number }
}>
