import { forEachAtMost } from '../../contracts/at-most.ts'
import type { Observation } from '../../contracts/report.ts'
import type { Instant } from '../../contracts/words.ts'
import { evaluateGroup, groupDetail } from '../../evaluation/kafka-lag.ts'
import { type GroupOffsets, type KafkaLimits, type KafkaSamples, kafkaSamples } from '../../evaluation/kafka-sample.ts'
import { slotShape } from '../../evaluation/kafka-slot.ts'
import { isQuiet, isSame, SLOTS, type Slot } from '../../evaluation/kafka-window.ts'
import { checkKey } from '../../evaluation/record.ts'
import type { StoreIo } from '../../store/io.ts'
import { foundGroupsKey, slotKey } from '../../store/keys.ts'
import { held, statesIn } from '../../store/shape.ts'
import type { Row, RowKey } from '../../store/table.ts'
import type { Sampled, SampleEvaluator } from '../kind.ts'
import type { KafkaLagFault } from './faults.ts'
import { type FoundGroups, foundGroupsShape, goneGroups } from './found-groups.ts'
import { groupFault, unreadableGroup } from './group-fault.ts'
import { remembering } from './remembering.ts'
import type { KafkaLagSpec } from './spec.ts'

/** An idle group takes no slot; when its last one is forgotten, its next sample takes one again. */
const KEPT_MS = 7 * 86_400_000

/** What a group's name may add to its check's, which is part of keys and dedup keys. */
const MOST_NAME = 150

type Io = Pick<StoreIo, 'checks' | 'log'>

type GroupVerdict = Pick<Observation, 'outcome' | 'fault'>

/**
 * Offsets of consumer groups, judged over time: one put per group that lags or changed. A check that finds its groups by a pattern
 * becomes an observation per group, and its own says only that they could be read.
 */
export const kafkaLagEvaluator: SampleEvaluator = {
  async evaluate(sampled, io) {
    const { vantage, check } = sampled
    const { samples: written, ...observation } = sampled.observation
    const { data: samples, error } = kafkaSamples.safeParse(written)
    if (samples === undefined) {
      io.log({
        level: 'warn',
        event: 'samples not read',
        vantage,
        check: check.id,
        reason: error.message.slice(0, 300),
      })
      return { observations: [observation], rows: [] }
    }
    const { verdicts, rows } = await evaluateGroups(samples, sampled, io)
    if (!samples.found)
      return { observations: [{ ...observation, ...verdicts.get(samples.groups[0]?.group ?? '') }], rows }
    const found = [...samples.groups.map(({ group }) => group), ...(samples.elsewhere ?? [])]
    const key = foundGroupsKey(vantage, check.id)
    const known = await readFound(key, io)
    const { gone, changed } = goneGroups(key, known, found, observation.at, check.intervalMs)
    for (const group of gone) verdicts.set(group, { outcome: 'up', fault: isGone })
    const { project, at } = observation
    const ofGroups = [...verdicts].map(([group, verdict]) => ({
      check: groupId(check.id, group),
      project,
      at,
      ...verdict,
    }))
    const unreadable = samples.groups.filter(({ error }) => error !== undefined).length
    const fault: KafkaLagFault = { code: 'groups-found', args: { count: found.length, unreadable } }
    return { observations: [{ ...observation, outcome: 'up', fault }, ...ofGroups], rows: [...rows, ...changed] }
  },
  async groupsAt(check, vantage, io) {
    if (check.findsGroups) return (await readFound(foundGroupsKey(vantage, check.id), io)).groups
    return [check.target?.slice(check.target.indexOf('/') + 1) ?? '']
  },
  async groupAt(check, vantage, group, io) {
    const slots = await readSlots(slotKey(vantage, check.id, group, 0).pk, io)
    const { limits = NO_LIMITS } = (check.specsAt?.[vantage] ?? check.spec ?? {}) as Partial<KafkaLagSpec>
    return groupDetail(group, slots, limits, check.intervalMs)
  },
  ofGroup(check, group) {
    const cluster = check.target?.split('/')[0] ?? ''
    return { ...check, id: `${check.id}/${group}`, target: `${cluster}/${group}` }
  },
  remembering,
}

const NO_LIMITS: KafkaLimits = { lag: [], allowed: [] }

const isGone: KafkaLagFault = { code: 'group-gone', args: {} }

async function evaluateGroups(samples: KafkaSamples, { check, vantage }: Sampled, io: Io) {
  const rows: Row[] = []
  const verdicts = new Map<string, GroupVerdict>()
  const evaluate = async (sample: GroupOffsets): Promise<GroupVerdict> => {
    if (sample.error !== undefined) return { outcome: 'unknown', fault: unreadableGroup(samples.source, sample.error) }
    const keyOf = (slot: number) => slotKey(vantage, check.id, sample.group, slot)
    const slots = await readSlots(keyOf(0).pk, io)
    const before = slots.filter(({ at }) => at < sample.at)
    const { slot, verdict } = evaluateGroup(before, sample, samples.limits, check.intervalMs)
    const isNews = slots.length === before.length && isWorthASlot(slot, before.at(-1))
    if (isNews) rows.push({ ...keyOf(slot.seq % SLOTS), ...held(slot, slotShape), expiresAt: expiry(slot.at) })
    return { outcome: verdict.outcome, fault: groupFault(samples.source, sample, verdict) }
  }
  await forEachAtMost(samples.groups, async (sample) => {
    verdicts.set(sample.group, await evaluate(sample))
  })
  return { verdicts, rows }
}

function isWorthASlot(slot: Slot, before: Slot | undefined): boolean {
  return before === undefined || !isQuiet(slot) || !isSame(slot, before)
}

/** In the order of time. */
async function readSlots(pk: string, { checks, log }: Io): Promise<Slot[]> {
  const slots = statesIn(await checks.query(pk, 'slot#'), slotShape, checks, log)
  return slots.map(({ state }) => state).sort((a, b) => a.seq - b.seq)
}

/** What cannot be read is begun anew: a report is not refused for it. */
async function readFound(key: RowKey, { checks, log }: Io): Promise<FoundGroups> {
  const row = await checks.get(key)
  const [before] = statesIn(row === undefined ? [] : [row], foundGroupsShape, checks, log)
  return before?.state ?? { at: 0, groups: [], gone: [] }
}

/** The id of one group of a check that finds its groups by a pattern: `project/check/group`. */
function groupId(check: string, group: string): string {
  const name = group.length <= MOST_NAME ? group : `${group.slice(0, MOST_NAME - 12)}~${checkKey(group).toString(36)}`
  return `${check}/${name}`
}

function expiry(at: Instant): number {
  return Math.floor((at + KEPT_MS) / 1000)
}
