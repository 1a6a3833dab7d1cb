import type { CompiledCheck } from '../../contracts/compiled-config.ts'
import { type VerdictWord, verdictsWorstFirst } from '../../contracts/verdicts.ts'
import { evaluateGroup, type GroupVerdict } from '../../evaluation/kafka-lag.ts'
import { type GroupOffsets, type KafkaSamples, kafkaSamples } from '../../evaluation/kafka-sample.ts'
import { SLOTS, type Slot } from '../../evaluation/kafka-window.ts'
import type { Evaluated, SampleEvaluator } from '../kind.ts'
import type { KafkaLagFault } from './faults.ts'
import { groupFault, topicLag, unreadableGroup } from './group-fault.ts'

/** Judges consumer groups by what this process has seen of them: Kafka's rules need their commits over time. */
export function remembering(): ReturnType<SampleEvaluator['remembering']> {
  const memory = new Map<string, Slot[]>()
  return (sampled) => {
    const { check: name, outcome: seen, fault, samples: written } = sampled.observation
    const samples = kafkaSamples.parse(written)
    const groups = samples.groups.map((sample) => groupResult(sample, samples, sampled.check, memory))
    const [first] = groups
    const found = samples.found ? { found: true as const } : {}
    if (first === undefined) return { name, outcome: seen, ...(fault && { fault }), ...found, parts: [] }
    if (!samples.found) return { ...first, name }
    const outcome = verdictsWorstFirst.find((word) => groups.some((group) => group.outcome === word)) ?? 'unknown'
    return { name, outcome, fault: ofGroups(groups, outcome), ...found, parts: groups }
  }
}

function ofGroups(groups: Evaluated[], outcome: VerdictWord): KafkaLagFault {
  if (outcome === 'up') return { code: 'groups-found', args: { count: groups.length, unreadable: 0 } }
  const bad = groups.filter((group) => group.outcome === outcome).map(({ name }) => name)
  return { code: 'groups-affected', args: { count: bad.length, of: groups.length, groups: bad } }
}

function groupResult(
  sample: GroupOffsets,
  { source, limits }: KafkaSamples,
  check: CompiledCheck,
  memory: Map<string, Slot[]>,
): Evaluated {
  if (sample.error !== undefined)
    return { name: sample.group, outcome: 'unknown', fault: unreadableGroup(source, sample.error), parts: [] }
  const key = `${check.id}/${sample.group}`
  const slots = memory.get(key) ?? []
  const { slot, verdict } = evaluateGroup(slots, sample, limits, check.intervalMs)
  memory.set(key, [...slots, slot].slice(-SLOTS))
  const fault = groupFault(source, sample, verdict)
  return { name: sample.group, outcome: verdict.outcome, fault, parts: topicResults(sample, verdict) }
}

function topicResults({ topics }: GroupOffsets, { bad }: GroupVerdict): Evaluated[] {
  const rank = (topic: string) => bad.findIndex((one) => one.topic === topic)
  const order = (topic: string) => (rank(topic) < 0 ? bad.length : rank(topic))
  return topics
    .toSorted((a, b) => order(a.topic) - order(b.topic))
    .map(({ topic, partitions }) => ({ name: topic, fault: topicLag(partitions), parts: [] }))
}
