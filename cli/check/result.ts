import type { KafkaLagFault } from '../../shared/checks/kafka-lag/faults.ts'
import { groupFault, topicLag, unreadableGroup } from '../../shared/checks/kafka-lag/group-fault.ts'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { GroupOffsets, KafkaSamples } from '../../shared/contracts/kafka-sample.ts'
import type { Observation, Place } from '../../shared/contracts/report.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { type GroupVerdict, judgeGroup } from '../../shared/evaluation/kafka-lag.ts'
import { SLOTS, type Slot } from '../../shared/evaluation/kafka-window.ts'

/** What one run of a check saw; its places, consumer groups and topics are `parts`, worst first. */
export interface CheckResult extends Pick<Observation, 'latencyMs' | 'phases' | 'fault'> {
  name: string
  /** Absent for a topic, which has no word of its own. */
  outcome?: VerdictWord
  parts: CheckResult[]
}

/** What a consumer group's offsets have been, by check and group: Kafka's rules judge by commits over time. */
export type KafkaMemory = Map<string, Slot[]>

const worstFirst: VerdictWord[] = ['down', 'degraded', 'unknown', 'up']

/** The words of several, the worst of them. */
function worst(outcomes: VerdictWord[]): VerdictWord {
  return worstFirst.find((word) => outcomes.includes(word)) ?? 'unknown'
}

/** Sorts what is worst to the front; the rest stays in its order. */
export function byBadness<T extends { outcome?: VerdictWord }>(results: T[]): T[] {
  const rank = ({ outcome }: T) => (outcome === undefined ? worstFirst.length : worstFirst.indexOf(outcome))
  return results.toSorted((a, b) => rank(a) - rank(b))
}

/** What an observation comes to. Offsets of consumer groups are judged with what `memory` holds of earlier runs, and kept there. */
export function resultOf(observation: Observation, check: CompiledCheck, memory: KafkaMemory): CheckResult {
  const { check: name, at: _, project: __, places = [], samples, ...seen } = observation
  if (samples !== undefined) return kafkaResult({ name, ...seen, parts: [] }, samples, check, memory)
  return { name, ...seen, parts: byBadness(places.map(placeResult)) }
}

function placeResult({ vantage, ...seen }: Place): CheckResult {
  return { name: vantage, ...seen, parts: [] }
}

function kafkaResult(
  whole: CheckResult,
  samples: KafkaSamples,
  check: CompiledCheck,
  memory: KafkaMemory,
): CheckResult {
  const groups = byBadness(samples.groups.map((sample) => groupResult(sample, samples, check, memory)))
  const [first] = groups
  if (first === undefined) return whole
  if (!samples.found) return { ...first, name: whole.name, ...(whole.latencyMs && { latencyMs: whole.latencyMs }) }
  const outcome = worst(groups.flatMap((group) => group.outcome ?? []))
  return { ...whole, outcome, fault: ofGroups(groups, outcome), parts: groups }
}

function ofGroups(groups: CheckResult[], outcome: VerdictWord): KafkaLagFault {
  if (outcome === 'up') return { code: 'groups-found', args: { count: groups.length, unreadable: 0 } }
  const bad = groups.filter((group) => group.outcome === outcome).map(({ name }) => name)
  return { code: 'groups-affected', args: { count: bad.length, of: groups.length, groups: bad } }
}

function groupResult(
  sample: GroupOffsets,
  samples: KafkaSamples,
  check: CompiledCheck,
  memory: KafkaMemory,
): CheckResult {
  if (sample.error !== undefined)
    return { name: sample.group, outcome: 'unknown', fault: unreadableGroup(samples.source, sample.error), parts: [] }
  const key = `${check.id}/${sample.group}`
  const slots = memory.get(key) ?? []
  const { slot, verdict } = judgeGroup(slots, sample, samples.limits, check.intervalMs)
  memory.set(key, [...slots, slot].slice(-SLOTS))
  const fault = groupFault(samples.source, sample, verdict)
  return { name: sample.group, outcome: verdict.outcome, fault, parts: topicResults(sample, verdict) }
}

function topicResults({ topics }: GroupOffsets, { bad }: GroupVerdict): CheckResult[] {
  const rank = (topic: string) => bad.findIndex((one) => one.topic === topic)
  const order = (topic: string) => (rank(topic) < 0 ? bad.length : rank(topic))
  return topics
    .toSorted((a, b) => order(a.topic) - order(b.topic))
    .map(({ topic, partitions }) => ({ name: topic, fault: topicLag(partitions), parts: [] }))
}
