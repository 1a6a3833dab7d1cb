import type { Instant } from '../contracts/words.ts'
import type { IncidentReference } from '../incidents/reference.ts'
import type { RowKey } from './table.ts'

// In the incidents table.

/** The item of an incident, all its generations. */
export function incidentKey(of: Pick<IncidentReference, 'project' | 'groupKey'>): RowKey {
  return { pk: `incident#${of.project}#${of.groupKey}`, sk: 'state' }
}

/** Where a generation is kept that is not the newest any more. */
export function pastKey(incident: Pick<RowKey, 'pk'>, generation: number): RowKey {
  return { pk: incident.pk, sk: `g#${padded(generation, 6)}` }
}

/** A line of an incident's history: sorted by generation, then time, then the write that decided it. */
export function timelineKey(
  incident: Pick<RowKey, 'pk'>,
  entry: { generation: number; at: Instant },
  id: string,
): RowKey {
  const [version = '', index = ''] = id.split('.')
  const order = `${padded(entry.at, 14)}#${padded(version, 8)}.${padded(index, 4)}`
  return { pk: incident.pk, sk: `${timelinePrefix(entry.generation)}${order}` }
}

/** What the sort keys of a timeline begin with: of one generation, or of all. */
export function timelinePrefix(generation?: number): string {
  return generation === undefined ? 't#' : `t#${padded(generation, 6)}#`
}

/** Where a short number points to its incident. */
export function numberKey(number: number): RowKey {
  return { pk: `number#${number}`, sk: 'state' }
}

/** The counter of short numbers. */
export function lastNumberKey(): RowKey {
  return { pk: 'counter', sk: 'incident' }
}

/** The item of a silence. All of them are read together. */
export function silenceKey(id: string): RowKey {
  return { pk: 'silences', sk: id }
}

/** The item of a swap that was asked for. All of them are read together. */
export function swapKey(id: string): RowKey {
  return { pk: 'swaps', sk: id }
}

/** The item of one person's phone line; `phoneHash` is the HMAC of the number. */
export function phoneLineKey(phoneHash: string): RowKey {
  return { pk: `phone-line#${phoneHash}`, sk: 'state' }
}

/**
 * The item of a recipient's queue; `recipient` is made of the channel's type, whose rate limit it is, and the hash of a phone
 * number if it is a person.
 */
export function recipientKey(recipient: string): RowKey {
  return { pk: `recipient#${recipient}`, sk: 'state' }
}

/** The item that says whose call it is that a vendor knows by this id. */
export function contactKey(contactId: string): RowKey {
  return { pk: `contact#${contactId}`, sk: 'phone-line' }
}

/** Whose call a name is that we gave it. */
export function callNameKey(name: string): RowKey {
  return { pk: `call#${name}`, sk: 'phone-line' }
}

/** What a text tells, by its vendor's id of it. */
export function sentTextKey(vendor: string, id: string): RowKey {
  return { pk: `text#${vendor}#${id}`, sk: 'notice' }
}

/** The last canary that has come through the queue that it began in, and the escalation queue. */
export function canaryKey(of: 'events' | 'overflow' = 'events'): RowKey {
  return { pk: 'canary', sk: of === 'events' ? 'state' : of }
}

/** What watch has seen of the path, and told of it. */
export function pathKey(): RowKey {
  return { pk: 'path', sk: 'state' }
}

/** Where a region of the deployment takes ack links; all of them are read together. */
export function regionKey(region: string): RowKey {
  return { pk: 'region', sk: region }
}

/** The counter of other regions' words that were refused, or came again. */
export function peerWordsKey(which: 'refused' | 'repeated'): RowKey {
  return { pk: which, sk: 'words' }
}

/** Accounts at vendors that refuse whatever they are asked. */
export function accountsKey(): RowKey {
  return { pk: 'accounts', sk: 'state' }
}

/** The calls to a number that a vendor counts; `callee` says whose. */
export function calleeKey(callee: string): RowKey {
  return { pk: `callee#${callee}`, sk: 'calls' }
}

/** What was brought to the storms of a project. */
export const STORM_PREFIX = 'm#'

/** The item of what one message brought to a storm of a project; `generation` is that of its incident. */
export function stormKey(project: string, generation: number, name: string): RowKey {
  return { pk: `storm#${project}`, sk: `${STORM_PREFIX}${padded(generation, 6)}#${name}` }
}

/** The item of a group of alerts of a project, by what they have alike. All of a project's are read together. */
export function alertGroupKey(project: string, name: string): RowKey {
  return { pk: `groups#${project}`, sk: name }
}

/** The counter of a project's new incidents in a minute of the epoch. */
export function openingsKey(project: string, minute: number): RowKey {
  return { pk: `storm#${project}`, sk: `minute#${minute}` }
}

/** The counter of what was taken in a window of a rate limit. */
export function rateLimitKey(what: string, window: number): RowKey {
  return { pk: `rate#${what}`, sk: String(window) }
}

/** When the sessions of somebody were ended; `who` is a digest. */
export function endedSessionsKey(who: string): RowKey {
  return { pk: 'sessions', sk: `s#${who}` }
}

/** A link by which somebody signs in once; `token` is a digest. */
export function signInLinkKey(token: string): RowKey {
  return { pk: `sign-in#${token}`, sk: 'link' }
}

/** How a request of a program was answered that it may repeat under the same name. */
export function keptAnswerKey(name: string): RowKey {
  return { pk: `answer#${name}`, sk: 'state' }
}

/** What a channel keeps from one message to the next. */
export function channelMemoryKey(type: string, name: string): RowKey {
  return { pk: `channel#${type}`, sk: name }
}

/** What outsiders were told on a page: sorted by time. */
export function statusPostKey(page: string, at: Instant, id: string): RowKey {
  return { pk: `status#${page}`, sk: `${STATUS_POSTS}${padded(at, TIME_DIGITS)}#${id}` }
}

/** What all subscribers of a status page were told. */
export function statusMarkKey(page: string): RowKey {
  return { pk: `status#${page}`, sk: 'state' }
}

/** Somebody who wants to be told. All of a page are read together. */
export function subscriberKey(page: string, name: string): RowKey {
  return { pk: `subscribers#${page}`, sk: name }
}

/** What the sort keys of posts begin with. */
export const STATUS_POSTS = 'post#'

// In the regions table.

/** Who pages of several regions. No contact flow asks by such a name. */
export function dutyKey(): RowKey {
  return { pk: 'duty#pages', sk: 'state' }
}

/** How the other regions are, as this one sees them. */
export function peersKey(): RowKey {
  return { pk: 'peers#health', sk: 'state' }
}

// In the checks table.

/** The item of a vantage, of one of its probe functions. */
export function vantageKey(vantage: string, name: string): RowKey {
  return { pk: `vantage#${vantage}`, sk: name }
}

/** The item of the verdict of a check. */
export function verdictKey(check: string): RowKey {
  return { pk: `verdict#${check}`, sk: 'state' }
}

/** The item of the heartbeat of a job. */
export function heartbeatKey(check: string): RowKey {
  return { pk: `heartbeat#${check}`, sk: 'state' }
}

/** What is kept of other systems' requests about one thing, by a name. */
export function inboundMemoryKey(thing: { format: string; project: string; of: string }, name: string): RowKey {
  return { pk: `inbound#${thing.project}#${thing.format}#${thing.of}`, sk: name }
}

/** When a format of other systems was last heard of for a project. */
export function inboundSeenKey(project: string, format: string): RowKey {
  return { pk: `inbound#${project}`, sk: format }
}

/** That somebody asked for a change at a time, by a name that nobody has had before: one partition a day, of UTC. */
export function auditKey(at: Instant, name: string): RowKey {
  return { pk: `audit#${new Date(at).toISOString().slice(0, 10)}`, sk: `a#${padded(at, TIME_DIGITS)}#${name}` }
}

/** What was changed in a project at a time, by a name that the same change has again. */
export function changeKey(project: string, at: Instant, name: string): RowKey {
  return { pk: `inbound#${project}#changes`, sk: `c#${padded(at, TIME_DIGITS)}#${name}` }
}

/** What one run of a probe function has seen. */
export function runKey(vantage: string, name: string, at: Instant, run: string): RowKey {
  return { pk: `history#${vantage}#${name}`, sk: `m#${padded(at, TIME_DIGITS)}#${run}` }
}

/** The sum of an hour of a probe function, by the hour's start. */
export function hourKey(vantage: string, name: string, at: Instant): RowKey {
  return { pk: `history#${vantage}#${name}`, sk: `h#${padded(at, TIME_DIGITS)}` }
}

/** The sum of a day of a probe function, by the day's start. */
export function dayKey(vantage: string, name: string, at: Instant): RowKey {
  return { pk: `history#${vantage}#${name}`, sk: `d#${padded(at, TIME_DIGITS)}` }
}

/** The beginning that keys of a history share with this one: all but the last `digits` digits of its time. */
export function historyPrefix({ pk, sk }: RowKey, digits: number): RowKey {
  return { pk, sk: sk.slice(0, 'm#'.length + TIME_DIGITS - digits) }
}

/** Digits of a time in a key, ms: they sort until the year 5138. */
const TIME_DIGITS = 14

/** The consumer groups that a check has found by a pattern. */
export function foundGroupsKey(vantage: string, check: string): RowKey {
  return { pk: `kafka#${vantage}#${check}`, sk: 'groups' }
}

/** A sample of a consumer group. */
export function slotKey(vantage: string, check: string, group: string, slot: number): RowKey {
  return { pk: `kafka#${vantage}#${check}#${group}`, sk: `slot#${slot}` }
}

function padded(value: number | string, width: number): string {
  return String(value).padStart(width, '0')
}
