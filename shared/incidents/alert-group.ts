import { inOrder } from '../contracts/arrival.ts'
import type { FactOf } from '../contracts/fact.ts'
import type { Shape } from '../contracts/versions.ts'
import { bySeverity, type Instant, type Severity, severities } from '../contracts/words.ts'
import type { DatedAlert } from './incident.ts'

/** What the incident of a group says. */
export type GroupFact = FactOf<{
  /** `by`: the fields and labels that its alerts have alike, as text. */
  'alert-group': {
    by: string
    open: number
    severities: Partial<Record<Severity, number>>
    /** Those that go on, by what they said as they joined, the worst first: as many as are listed. Absent: by an older version. */
    named?: { severity: Severity; name: string }[]
    /** How many have joined since any was open. */
    joined?: number
  }
}>

/** The last word of one alert of a group. */
export interface Member {
  open: boolean
  severity: Severity
  takenAt: Instant
  /** It is over when its sender has not repeated it by then. */
  until?: Instant
}

/** The alerts of a project that have some labels alike: one incident, whose members live on by themselves. */
export interface AlertGroup {
  /** Rises with each change, so that of two that were made of it the newer one is known. */
  at: Instant
  /** What its alerts have alike: the values of fields and labels. */
  alike: Record<string, string>
  /** Of the trigger that joined it last. */
  source: string
  /** By the hashes of their dedup keys. */
  members: Map<string, Member>
  /** How many have joined since none was open. */
  joined?: number
  /** What some members said as they joined, by their hashes, the last one last. */
  named?: Record<string, string>
}

/** So many have a name in the item of a group: of what is listed, many may end and leave others. */
const NAMED = 20

/** Of what a member says. */
const NAME_CHARACTERS = 60

/** More of them are counted, not listed: a message is read on a phone's screen at night. */
const LISTED = 5

/** So many alerts have room in the item of a group (400 KB, DynamoDB quotas); any more are taken as if there were no groups. */
export const MOST_MEMBERS = 10_500

/** An end is remembered for longer than the queue keeps the trigger that it may have overtaken (SQS: 14 days). */
export const ENDED_KEPT_MS = 15 * 86_400_000

/** What is on its way when a sender's word runs out still counts. */
const LATE_MS = 60_000

/** Of one alert: what its key is called here, and for a trigger its group, with what is alike in that. */
export interface Word {
  alert: DatedAlert
  hash: string
  group: string
  alike: Record<string, string>
}

/**
 * Takes words of alerts into the groups of their project, in the order in which they came. `groups` is changed. Gives the groups that
 * were spoken of, and the words that are for incidents of their own: acknowledgements, ends of what no group has open, and what has no
 * room. Whoever takes the same words again gets the same.
 */
export function takeWords(
  groups: Map<string, AlertGroup>,
  words: Word[],
  now: Instant,
): { touched: Set<string>; left: Word[] } {
  const touched = new Set<string>()
  const left: Word[] = []
  for (const word of words.toSorted((a, b) => inOrder(a.alert, b.alert))) {
    const homes = [...groups].filter(([, { members }]) => members.has(word.hash))
    const isOpen = homes.some(([, { members }]) => members.get(word.hash)?.open)
    for (const [home] of homes) touched.add(home)
    if (word.alert.action === 'acknowledge') left.push(word)
    else if (word.alert.action === 'resolve') {
      // Perhaps its end was written down before, by somebody who died before telling its own incident.
      if (!isOpen) left.push(word)
      endIn(homes.length === 0 ? [[word.group, groupOf(groups, word)]] : homes, word)
    } else if (!homes.some(([, { members }]) => (members.get(word.hash)?.takenAt ?? 0) > word.alert.takenAt)) {
      if (join(groupOf(groups, word), word)) {
        touched.add(word.group)
        // Its labels have changed: it has moved.
        endIn(
          homes.filter(([home]) => home !== word.group),
          word,
        )
      } else left.push(word)
    }
  }
  for (const group of groups.values()) forget(group, now)
  for (const group of groups.values()) beginAnew(group)
  return { touched, left }
}

function groupOf(groups: Map<string, AlertGroup>, { group, alike, alert: { source } }: Word): AlertGroup {
  const known = groups.get(group) ?? { at: 0, alike, source, members: new Map() }
  groups.set(group, known)
  return known
}

function join(group: AlertGroup, { hash, alert }: Word): boolean {
  const { members } = group
  if (!members.has(hash) && members.size >= MOST_MEMBERS && !dropOldestEnd(members)) return false
  const { source, severity, takenAt, until, endsUnrenewed } = alert
  group.source = source
  const joins = !members.get(hash)?.open
  if (joins) group.joined = 1 + (group.joined ?? openMembers(group).length)
  members.set(hash, { open: true, severity, takenAt, ...(endsUnrenewed && until !== undefined ? { until } : {}) })
  if (joins) giveName(group, hash, alert)
  return true
}

/** A repeat says no other name: what changes with each of them, such as a measured value, is no news of the group. */
function giveName(group: AlertGroup, hash: string, { summary, title = '', dedupKey }: DatedAlert): void {
  const { [hash]: _, ...others } = group.named ?? {}
  const said = [...(summary || title || dedupKey).replaceAll(/\s+/g, ' ').trim()]
  const name = said.length > NAME_CHARACTERS ? `${said.slice(0, NAME_CHARACTERS - 1).join('')}…` : said.join('')
  group.named = { ...others, [hash]: name }
  const least = Object.keys(group.named).length > NAMED ? namedOf(group).at(-1)?.hash : undefined
  if (least !== undefined) delete group.named[least]
}

/** Members that have a name: those that go on, the worst and then the newest first, before those that are over. */
function namedOf({ named = {}, members }: AlertGroup): (Pick<Member, 'severity' | 'open'> & Named)[] {
  const known = Object.entries(named).map(([hash, name]) => {
    const { severity = 'info', open = false } = members.get(hash) ?? {}
    return { hash, name, severity, open }
  })
  return known.reverse().sort((a, b) => Number(b.open) - Number(a.open) || bySeverity(a.severity, b.severity))
}

interface Named {
  hash: string
  name: string
}

/** Who joins after the last one's end is the first of those that are open. */
function beginAnew(group: AlertGroup): void {
  if ([...group.members.values()].some(({ open }) => open)) return
  delete group.joined
  delete group.named
}

function endIn(homes: [string, AlertGroup][], { hash, alert }: Word): void {
  for (const [, { members }] of homes) {
    const known = members.get(hash)
    if (known !== undefined && (!known.open || known.takenAt > alert.takenAt)) continue
    if (known === undefined && members.size >= MOST_MEMBERS && !dropOldestEnd(members)) continue
    const { severity } = known ?? alert
    members.set(hash, { open: false, severity, takenAt: alert.takenAt })
  }
}

function dropOldestEnd(members: Map<string, Member>): boolean {
  const [oldest] = [...members].filter(([, { open }]) => !open).toSorted(([, a], [, b]) => a.takenAt - b.takenAt)
  return oldest !== undefined && members.delete(oldest[0])
}

/** Ends what its sender has not repeated, and forgets what ended long ago. */
function forget({ members }: AlertGroup, now: Instant): void {
  for (const [hash, member] of members) {
    const { open, takenAt, until } = member
    if (open && until !== undefined && until + LATE_MS < now) members.set(hash, { ...member, open: false })
    if (!open && takenAt + ENDED_KEPT_MS < now) members.delete(hash)
  }
}

/** The members that are open, the worst first. */
export function openMembers({ members }: AlertGroup): Member[] {
  return [...members.values()].filter(({ open }) => open).sort((a, b) => bySeverity(a.severity, b.severity))
}

/** What alerts have alike, as people read it: `cluster=a, service=web`. */
export function alikeText(alike: Record<string, string>): string {
  return Object.entries(alike)
    .map(([field, value]) => `${field}=${value}`)
    .join(', ')
}

/** What the incident of a group says while any is open. */
export function groupFact(group: AlertGroup): GroupFact {
  const open = openMembers(group)
  const counts = Object.entries(Object.groupBy(open, ({ severity }) => severity))
  const bySeverities = Object.fromEntries(counts.map(([severity, some]) => [severity, some?.length ?? 0]))
  return {
    code: 'alert-group',
    args: {
      by: alikeText(group.alike),
      open: open.length,
      severities: bySeverities,
      named: namedOf(group)
        .filter((one) => one.open)
        .slice(0, LISTED)
        .map(({ severity, name }) => ({ severity, name })),
      joined: group.joined ?? open.length,
    },
  }
}

const MEMBER = /^(-?)(\d)([\w-]+):([0-9a-z]+)(?::([0-9a-z]+))?$/

/**
 * First what is alike, and the source, as JSON, then a line of the rest. A member is `0hash:takenAt`, a minus before it once it is over,
 * and times in base 36.
 */
const packing: NonNullable<Shape<AlertGroup>['packing']> = {
  pack: ({ at, alike, source, joined, named, members }) => {
    const packed = [...members].map(([hash, { open, severity, takenAt, until }]) => {
      const ends = until === undefined ? '' : `:${until.toString(36)}`
      return `${open ? '' : '-'}${severities.indexOf(severity)}${hash}:${takenAt.toString(36)}${ends}`
    })
    return `${JSON.stringify({ alike, source, joined, named })}\n${[`@${at.toString(36)}`, ...packed].join(' ')}`
  },
  unpack: (text) => {
    const [said = '', line = ''] = text.split('\n')
    const [head = '', ...members] = line.split(' ')
    const at = /^@([0-9a-z]+)$/.exec(head)?.[1]
    if (at === undefined) throw new Error('no group')
    const known = JSON.parse(said) as Omit<AlertGroup, 'at' | 'members'>
    return { ...known, at: Number.parseInt(at, 36), members: new Map(members.map(unpackMember)) }
  },
}

function unpackMember(text: string): [string, Member] {
  const [, ended, level, hash, takenAt, until] = MEMBER.exec(text) ?? []
  const severity = severities[Number(level)]
  if (hash === undefined || takenAt === undefined || severity === undefined) throw new Error(`no member: ${text}`)
  const last = until === undefined ? {} : { until: Number.parseInt(until, 36) }
  return [hash, { open: ended === '', severity, takenAt: Number.parseInt(takenAt, 36), ...last }]
}

/** The version, and form, in which a group of alerts is kept. */
export const alertGroupShape: Shape<AlertGroup> = { current: 1, packing }
