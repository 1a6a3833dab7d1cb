import type { GroupOffsets } from '../../contracts/kafka-sample.ts'
import { type VerdictWord, verdictsWorstFirst } from '../../contracts/words.ts'
import { evaluateGroup, type GroupVerdict } from '../../evaluation/kafka-lag.ts'
import { SLOTS, type Slot } from '../../evaluation/kafka-window.ts'
import type { Evaluated, Sampled, SampleEvaluator } from '../kind.ts'
import type { KafkaLagFault } from './faults.ts'
import { groupFault, topicLag, unreadableGroup } from './group-fault.ts'

/** Judges consumer groups by what this process has seen of them: Kafka's rules need their commits over time. */
export function remembering(): ReturnType<SampleEvaluator['remembering']> {
  const memory = new Map<string, Slot[]>()
  return (sampled) => {
    const { observation, samples } = sampled
    const groups = samples.groups.map((sample) => groupResult(sample, sampled, memory))
    const [first] = groups
    const { check: name, outcome: seen, fault } = observation
    if (first === undefined) return { name, outcome: seen, ...(fault && { fault }), parts: [] }
    if (!samples.found) return { ...first, name }
    const outcome = verdictsWorstFirst.find((word) => groups.some((group) => group.outcome === word)) ?? 'unknown'
    return { name, outcome, fault: ofGroups(groups, outcome), parts: groups }
  }
}

function ofGroups(groups: Evaluated[], outcome: VerdictWord): KafkaLagFault {
  if (outcome === 'up') return { code: 'groups-found', args: { count: groups.length, unreadable: 0 } }
  const bad = groups.filter((group) => group.outcome === outcome).map(({ name }) => name)
  return { code: 'groups-affected', args: { count: bad.length, of: groups.length, groups: bad } }
}

function groupResult(
  sample: GroupOffsets,
  { samples, check }: Omit<Sampled, 'vantage'>,
  memory: Map<string, Slot[]>,
): Evaluated {
  if (sample.error !== undefined)
    return { name: sample.group, outcome: 'unknown', fault: unreadableGroup(samples.source, sample.error), parts: [] }
  const key = `${check.id}/${sample.group}`
  const slots = memory.get(key) ?? []
  const { slot, verdict } = evaluateGroup(slots, sample, samples.limits, check.intervalMs)
  memory.set(key, [...slots, slot].slice(-SLOTS))
  const fault = groupFault(samples.source, sample, verdict)
  return { name: sample.group, outcome: verdict.outcome, fault, parts: topicResults(sample, verdict) }
}

function topicResults({ topics }: GroupOffsets, { bad }: GroupVerdict): Evaluated[] {
  const rank = (topic: string) => bad.findIndex((one) => one.topic === topic)
  const order = (topic: string) => (rank(topic) < 0 ? bad.length : rank(topic))
  return topics
    .toSorted((a, b) => order(a.topic) - order(b.topic))
    .map(({ topic, partitions }) => ({ name: topic, fault: topicLag(partitions), parts: [] }))
}
