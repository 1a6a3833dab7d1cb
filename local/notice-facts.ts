import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { jsonIn } from '../shared/contracts/json-in.ts'
import type { Recipient } from '../shared/incidents/notice.ts'
import type { NoticeKind } from '../shared/incidents/notice-kinds.ts'
import type { Directory } from '../shared/oncall/plan.ts'
import { addressOf } from '../shared/oncall/resolve.ts'

/** What a message tells. */
export interface NoticeFact {
  /** Reference of the incident; of a digest, of its first. */
  incident: string
  kind: NoticeKind
  /** How many incidents the message is about. */
  incidents: number
}

/** Whom a sandbox got a message for: a robot by the type of its channel, a person by `sms` or `email` and a number or address. */
export interface ReachedAt {
  channel: string
  to?: string
}

/** The line that `page` logs of each message it has handed to a vendor (`shared/delivery`). */
interface NoticeLine extends NoticeFact {
  event: 'notice' | 'post'
  to: Recipient
  delivery: { status: string }
}

/**
 * What a line of a function's log says of a message that a vendor has taken, or may have; undefined for any other line, and for what
 * was refused.
 */
export function noticeFactIn(line: string): { tells: NoticeFact; to: Recipient } | undefined {
  const entry = jsonIn(line)
  if (!isNoticeLine(entry) || (entry.delivery.status !== 'sent' && entry.delivery.status !== 'unknown'))
    return undefined
  const { incident, kind, incidents, to } = entry
  return { tells: { incident, kind, incidents }, to }
}

function isNoticeLine(entry: unknown): entry is NoticeLine {
  const { event } = Object(entry)
  return event === 'notice' || event === 'post'
}

/** At what a recipient of the configuration is reached; undefined for whoever it does not have. */
export function reachedAt(
  recipient: Recipient,
  { config, people }: { config: Pick<CompiledConfig, 'channels'>; people: Pick<Directory, 'contacts'> },
): ReachedAt | undefined {
  if ('chat' in recipient) {
    const type = config.channels[recipient.chat]?.type
    return type === undefined ? undefined : { channel: type }
  }
  const { channel, contact } = recipient
  const to = people.contacts[contact]?.[addressOf[channel]]
  return to === undefined ? undefined : { channel, to }
}
