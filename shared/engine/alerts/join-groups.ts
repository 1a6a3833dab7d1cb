import type { CompiledProject } from '../../contracts/compiled-config.ts'
import { DEFAULT_GROUP_INTERVAL_MS, GROUP_PREFIX } from '../../contracts/group.ts'
import { bySeverity, type Instant } from '../../contracts/words.ts'
import {
  type AlertGroup,
  alertGroupShape,
  alikeText,
  ENDED_KEPT_MS,
  groupFact,
  openMembers,
  takeWords,
  type Word,
} from '../../incidents/alert-group.ts'
import { described } from '../../incidents/facts.ts'
import type { DatedAlert } from '../../incidents/incident.ts'
import { textOf } from '../../incidents/pause/matched.ts'
import { groupMemberOf, groupsIn } from '../../store/alert-groups.ts'
import { MAX_CONFLICTS } from '../../store/apply.ts'
import { alertGroupKey } from '../../store/keys.ts'
import { recently } from '../../store/recently.ts'
import { held } from '../../store/shape.ts'
import { memberOf } from '../../store/storm-members.ts'
import type { Row } from '../../store/table.ts'
import type { ReadAlert } from '../ingest/read-alerts.ts'
import type { EngineIo } from '../io.ts'
import { readKnown } from './known-incidents.ts'

/** A group's own name is longer than this only as a hash: a sort key has 1,024 bytes (DynamoDB quotas). */
const NAME_CHARACTERS = 200

/** So many of the newest are shown by their own words. */
const LISTED = 20

type WordOfAlert = Word & { alert: ReadAlert }

/**
 * Takes alerts of a project into its groups, and gives in their place one alert for each group that they speak of: a trigger for as
 * long as any member is open. What stands alone stays as it is: what tells of no end, what our own checks say, and what has no room. The
 * members are written first; whoever dies after that leaves a message that comes again and finds them so. A project that groups no more,
 * and has no `groupBy`, gets all its alerts back, and those of the groups beside them that these end or acknowledge. Rejects if others
 * always come first.
 */
export async function joinGroups(
  project: string,
  configured: Pick<CompiledProject, 'groupBy' | 'groupIntervalMs'> | undefined,
  alerts: ReadAlert[],
  io: EngineIo,
): Promise<ReadAlert[]> {
  const { groupBy, groupIntervalMs: gathersMs = DEFAULT_GROUP_INTERVAL_MS } = configured ?? {}
  if (groupBy === undefined) return [...alerts, ...(await leaveGroups(project, alerts, io))]
  const [joining, alone] = [alerts.filter(joins), alerts.filter((alert) => !joins(alert))]
  if (joining.length === 0) return alerts
  const words = joining.map((alert) => wordOf(alert, groupBy))
  const { groups, touched, left, others } = await takeInto(project, words, isReadable, io)
  const single = [...others, ...left]
  const older = await endedAlone(project, words, new Set<Word>(single), io)
  const ofGroups = alertsOf(project, touched, groups, words, io.now()).map((alert) => ({ ...alert, gathersMs }))
  return [...alone, ...older, ...single.map((word) => passedOn(word, groups)), ...ofGroups]
}

/** A project without groups gets none unless the version before is still at work: so long, ms, it is not asked for again. */
const WITHOUT_GROUPS_MS = 1_000

/** Whether a project has groups, by the table; ends of a storm come in many messages. */
const readers = new WeakMap<object, (project: string) => Promise<boolean>>()

function hasGroups(project: string, { incidents, now }: EngineIo): Promise<boolean> {
  const read = async (name: string) => (await incidents.query(alertGroupKey(name, '').pk, '')).length > 0
  const reader = readers.get(incidents) ?? recently(read, WITHOUT_GROUPS_MS, now)
  readers.set(incidents, reader)
  return reader(project)
}

/** What a project's alerts say of groups that were made when it still grouped: only ends and acknowledgements are asked for those. */
async function leaveGroups(project: string, alerts: ReadAlert[], io: EngineIo): Promise<ReadAlert[]> {
  const words = alerts.filter((alert) => alert.action !== 'trigger' && joins(alert)).map((alert) => wordOf(alert, []))
  if (words.length === 0 || !(await hasGroups(project, io))) return []
  const isMember = ({ hash }: Word, groups: Map<string, AlertGroup>) =>
    [...groups.values()].some(({ members }) => members.has(hash))
  const { groups, touched, left } = await takeInto(project, words, isMember, io)
  const passed = left.map((word) => passedOn(word, groups)).filter(({ dedupKey }) => dedupKey.startsWith(GROUP_PREFIX))
  return [...passed, ...alertsOf(project, touched, groups, words, io.now())]
}

interface Taken extends ReturnType<typeof takeWords> {
  left: WordOfAlert[]
  groups: Map<string, AlertGroup>
  /** Which were not for a group, by what was read. */
  others: WordOfAlert[]
}

/** Takes those of the words into the groups of a project that are for them, as these are read. Rejects if others always come first. */
async function takeInto(
  project: string,
  words: WordOfAlert[],
  isFor: (word: Word, groups: Map<string, AlertGroup>, rows: ReadonlyMap<string, Row>) => boolean,
  io: EngineIo,
): Promise<Taken> {
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const rows = await io.incidents.query(alertGroupKey(project, '').pk, '')
    const before = new Map(rows.map((row) => [row.sk, row]))
    const groups = groupsIn(rows, io)
    const taken = new Set<Word>(words.filter((word) => isFor(word, groups, before)))
    const { touched, left } = takeWords(groups, [...taken], io.now())
    const unheard = new Set(left)
    if (await writeChanged(project, groups, before, io))
      return {
        groups,
        touched,
        left: words.filter((word) => unheard.has(word)),
        others: words.filter((word) => !taken.has(word)),
      }
  }
  throw new Error(`Others keep changing the groups of ${project}`)
}

function wordOf(alert: ReadAlert, groupBy: string[]): WordOfAlert {
  const alike = alikeOf(alert, groupBy)
  return { alert, hash: groupMemberOf(alert.dedupKey), group: nameOf(alike), alike }
}

/** What the sender ends by itself, and says in words of its own. */
function joins({ action, once, endless, written }: ReadAlert): boolean {
  return written !== undefined && !once && !(endless && action === 'trigger')
}

/** The values that an alert has of the fields and labels. */
function alikeOf(alert: ReadAlert, groupBy: string[]): Record<string, string> {
  const matched = { ...described(alert), project: alert.project, groupKey: alert.dedupKey }
  return Object.fromEntries(groupBy.map((field) => [field, textOf(matched, field)]))
}

function nameOf(alike: Record<string, string>): string {
  const text = alikeText(alike)
  return text.length > NAME_CHARACTERS || text.includes('#') ? memberOf(text) : text
}

/** What cannot be read is not written over: whoever would belong to it is taken alone. */
function isReadable(
  { alert, hash, group }: Word,
  groups: Map<string, AlertGroup>,
  rows: ReadonlyMap<string, Row>,
): boolean {
  if (groups.has(group) || !rows.has(group)) return true
  return alert.action !== 'trigger' && [...groups.values()].some(({ members }) => members.has(hash))
}

/** Writes the groups that have changed; false when somebody else has changed one of them meanwhile. */
async function writeChanged(
  project: string,
  groups: Map<string, AlertGroup>,
  before: Map<string, Row>,
  io: EngineIo,
): Promise<boolean> {
  for (const [name, group] of groups) {
    const row = before.get(name)
    if (row !== undefined && held(group, alertGroupShape).state === row.state) continue
    group.at = Math.max(io.now(), group.at + 1)
    const version = row?.version ?? 0
    const isOver = openMembers(group).length === 0
    const next = {
      ...alertGroupKey(project, name),
      ...held(group, alertGroupShape),
      version: version + 1,
      ...(isOver ? { expiresAt: Math.floor((io.now() + ENDED_KEPT_MS) / 1000) } : {}),
    }
    if (!(await io.incidents.putIfVersion(next, version))) return false
  }
  return true
}

/** The ends of alerts that have an incident of their own as well: it was opened before its project grouped, or when there was no room. */
async function endedAlone(
  project: string,
  words: WordOfAlert[],
  single: ReadonlySet<Word>,
  io: EngineIo,
): Promise<ReadAlert[]> {
  const ends = words.filter((word) => word.alert.action === 'resolve' && !single.has(word)).map(({ alert }) => alert)
  if (ends.length === 0) return []
  const known = await readKnown(
    project,
    ends.map(({ dedupKey }) => dedupKey),
    io,
  )
  return ends.filter(({ dedupKey }) => (known.incidentOf(dedupKey)?.status ?? 'resolved') !== 'resolved')
}

/** An acknowledgement of a member is one of its group. */
function passedOn({ alert, hash }: WordOfAlert, groups: Map<string, AlertGroup>): ReadAlert {
  const home = [...groups].find(([, { members }]) => members.get(hash)?.open)
  if (alert.action !== 'acknowledge' || home === undefined) return alert
  const { written: _, ...rest } = alert
  return { ...rest, dedupKey: GROUP_PREFIX + home[0] }
}

function alertsOf(
  project: string,
  touched: ReadonlySet<string>,
  groups: Map<string, AlertGroup>,
  words: WordOfAlert[],
  now: Instant,
): ReadAlert[] {
  return [...touched].flatMap((name) => {
    const group = groups.get(name)
    return group === undefined ? [] : [alertOf(project, name, group, words, now)]
  })
}

/** What a group's incident is to say now. Of a group that is one alert it is what that one says. */
function alertOf(project: string, name: string, group: AlertGroup, words: WordOfAlert[], now: Instant): ReadAlert {
  const open = openMembers(group)
  const [worst] = open
  const spoken = words
    .filter(({ alert, group: of }) => of === name && alert.action === 'trigger')
    .map(({ alert }) => alert)
  const [only] = open.length === 1 && group.members.size === 1 ? spoken : []
  const base: DatedAlert = {
    action: open.length > 0 ? 'trigger' : 'resolve',
    dedupKey: GROUP_PREFIX + name,
    project,
    summary: alikeText(group.alike),
    source: group.source,
    severity: worst?.severity ?? 'info',
    takenAt: group.at,
    labels: group.alike,
    fact: groupFact(group) as NonNullable<DatedAlert['fact']>,
    ...(spoken.length > 0 && { details: { newest: newestOf(spoken) } }),
    ...endOf(open, now),
  }
  if (only === undefined) return base
  const { written: _, position: __, at: ___, until: ____, endsUnrenewed: _____, ...said } = only
  return { ...said, ...endOf(open, now), dedupKey: base.dedupKey, takenAt: group.at }
}

/** Over unless somebody repeats it, if that is so of every member that is open. */
function endOf(open: ReturnType<typeof openMembers>, now: Instant): Pick<DatedAlert, 'until' | 'endsUnrenewed'> {
  const ends = open.map(({ until }) => until)
  if (ends.length === 0 || ends.includes(undefined)) return {}
  return { until: Math.max(now, ...ends.map((end) => end ?? now)), endsUnrenewed: true }
}

function newestOf(alerts: DatedAlert[]): string[] {
  return alerts
    .toSorted((a, b) => b.takenAt - a.takenAt || bySeverity(a.severity, b.severity))
    .slice(0, LISTED)
    .map(({ dedupKey, summary, title }) => `${dedupKey}: ${summary || title}`)
}
