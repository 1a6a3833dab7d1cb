import type { KafkaLagFault } from '../checks/kafka-lag/faults.ts'
import { groupFault, unreadableGroup } from '../checks/kafka-lag/group-fault.ts'
import { forEachAtMost } from '../contracts/at-most.ts'
import type { CompiledCheck } from '../contracts/compiled-config.ts'
import type { KafkaSamples } from '../contracts/kafka-sample.ts'
import type { Observation, Report } from '../contracts/report.ts'
import type { Instant } from '../contracts/words.ts'
import { judgeGroup } from '../evaluation/kafka-lag.ts'
import { packSlot, unpackSlot } from '../evaluation/kafka-slot.ts'
import { isQuiet, isSame, SLOTS, type Slot } from '../evaluation/kafka-window.ts'
import { checkKey, REMEMBERED_OUTCOMES } from '../evaluation/record.ts'
import type { Row, RowKey } from '../store/table.ts'
import type { EngineIo } from './io.ts'

type Io = Pick<EngineIo, 'checks'>

/** An idle group takes no slot; when its last one is forgotten, its next sample takes one again. */
const KEPT_MS = 7 * 86_400_000

/** What a group's name may add to its check's, which is part of keys and dedup keys. */
const MOST_NAME = 150

/**
 * Judges the samples of a report over time: the observations that carry some get the outcome and the fault that the rules make of
 * them. A check that finds its groups by a pattern becomes an observation per group, and its own says only that they could be
 * read. One put per group that lags or changed; a report that comes again changes nothing.
 */
export async function evaluateSamples(
  report: Report,
  { checks }: { checks: CompiledCheck[] },
  io: Io,
): Promise<Report> {
  if (report.observations.every(({ samples }) => samples === undefined)) return report
  const rows: Row[] = []
  const evaluated = new Map<Observation, Observation[]>()
  for (const observation of report.observations) {
    const check = checks.find(({ id }) => id === observation.check)
    if (observation.samples === undefined || check?.kind !== 'kafka-lag') continue
    evaluated.set(
      observation,
      await evaluateObservation(report.vantage, observation, observation.samples, check, rows, io),
    )
  }
  if (rows.length > 0) await io.checks.put(rows)
  return { ...report, observations: report.observations.flatMap((one) => evaluated.get(one) ?? [one]) }
}

async function evaluateObservation(
  vantage: string,
  { samples: _, ...observation }: Observation,
  samples: KafkaSamples,
  check: CompiledCheck,
  rows: Row[],
  io: Io,
): Promise<Observation[]> {
  const place = `kafka#${vantage}#${check.id}`
  const verdicts = new Map<string, Pick<Observation, 'outcome' | 'fault'>>()
  await forEachAtMost(samples.groups, async (sample) => {
    if (sample.error !== undefined) {
      verdicts.set(sample.group, { outcome: 'unknown', fault: unreadableGroup(samples.source, sample.error) })
      return
    }
    const key = `${place}#${sample.group}`
    const slots = await readSlots(key, io)
    const before = slots.filter(({ at }) => at < sample.at)
    const { slot, verdict } = judgeGroup(before, sample, samples.limits, check.intervalMs)
    const isNews = slots.length === before.length && isWorthASlot(slot, before.at(-1))
    if (isNews) rows.push(slotRow(key, slot))
    verdicts.set(sample.group, { outcome: verdict.outcome, fault: groupFault(samples.source, sample, verdict) })
  })
  if (!samples.found) return [{ ...observation, ...verdicts.get(samples.groups[0]?.group ?? '') }]
  const found = [...samples.groups.map(({ group }) => group), ...(samples.elsewhere ?? [])]
  const lost = await goneGroups(place, found, observation.at, check.intervalMs, rows, io)
  for (const group of lost) verdicts.set(group, { outcome: 'up', fault: gone })
  const { project, at } = observation
  const ofGroups = [...verdicts].map(([group, verdict]) => ({
    check: groupId(check.id, group),
    project,
    at,
    ...verdict,
  }))
  const unreadable = samples.groups.filter(({ error }) => error !== undefined).length
  const fault: KafkaLagFault = { code: 'groups-found', args: { count: found.length, unreadable } }
  return [{ ...observation, outcome: 'up', fault }, ...ofGroups]
}

const gone: KafkaLagFault = { code: 'group-gone', args: {} }

function isWorthASlot(slot: Slot, before: Slot | undefined): boolean {
  return before === undefined || !isQuiet(slot) || !isSame(slot, before)
}

/** In the order of time. */
async function readSlots(key: string, io: Io): Promise<Slot[]> {
  const rows = await io.checks.query(key, 'slot#')
  return rows.flatMap(({ state }) => (state === undefined ? [] : [unpackSlot(state)])).sort((a, b) => a.seq - b.seq)
}

function slotRow(key: string, slot: Slot): Row {
  return { pk: key, sk: `slot#${slot.seq % SLOTS}`, state: packSlot(slot), expiresAt: expiry(slot.at) }
}

/** The groups that a pattern found, and those that it found before. */
interface FoundGroups {
  at: Instant
  groups: string[]
  /** No longer found, and since when. */
  gone: [group: string, at: Instant][]
}

/**
 * The groups that are no longer there, told long enough for their verdicts to follow. Reading the others went well, so this is
 * known: a group that was deleted has no lag.
 */
async function goneGroups(
  place: string,
  names: string[],
  at: Instant,
  intervalMs: number,
  rows: Row[],
  io: Io,
): Promise<string[]> {
  const key: RowKey = { pk: place, sk: 'groups' }
  const { state } = (await io.checks.get(key)) ?? {}
  const known: FoundGroups = state === undefined ? { at: 0, groups: [], gone: [] } : JSON.parse(state)
  if (at <= known.at) return []
  const groups = names.toSorted()
  const found = new Set(groups)
  const lost = known.groups.filter((group) => !found.has(group))
  const told = known.gone.filter(([group, since]) => !found.has(group) && at - since < REMEMBERED_OUTCOMES * intervalMs)
  const gone = [...told, ...lost.map((group): [string, Instant] => [group, at])]
  const isChanged = lost.length > 0 || gone.length !== known.gone.length || groups.length !== known.groups.length
  if (isChanged) rows.push({ ...key, state: JSON.stringify({ at, groups, gone } satisfies FoundGroups) })
  return gone.map(([group]) => group)
}

/** The id of one group of a check that finds its groups by a pattern: `project/check/group`. */
function groupId(check: string, group: string): string {
  const name = group.length <= MOST_NAME ? group : `${group.slice(0, MOST_NAME - 12)}~${checkKey(group).toString(36)}`
  return `${check}/${name}`
}

/** The check of one group, from the one that found it; undefined if `id` is not such a one's. */
export function groupCheck(id: string, checks: ReadonlyMap<string, CompiledCheck>): CompiledCheck | undefined {
  const [project, name, ...group] = id.split('/')
  const parent = checks.get(`${project}/${name}`)
  if (group.length === 0 || !parent?.findsGroups) return undefined
  const cluster = parent.target?.split('/')[0] ?? ''
  return { ...parent, id, target: `${cluster}/${group.join('/')}` }
}

function expiry(at: Instant): number {
  return Math.floor((at + KEPT_MS) / 1000)
}
