import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import type { KafkaLimits } from '../../contracts/kafka-sample.ts'
import { isPattern } from '../../contracts/name-pattern.ts'
import type { CheckKindConfig } from '../kind.ts'
import { parseHostPort } from '../network/host-port.ts'
import { fixedHost } from '../network/target.config.ts'
import { clusterKeys, clusterName, link } from './clusters.config.ts'
import type { ClusterSettings, KafkaLagSpec, WrittenKafkaLag } from './spec.ts'

const topic = z
  .string()
  .min(1)
  .max(249)
  .regex(/^[a-zA-Z0-9._*-]+$/, {
    error: ({ input }) => `"${input}" is no topic: a name, or a pattern with * for any characters`,
  })

const messages = z.int().min(0)

/** One number for all topics, or each its own. */
const perTopic = z
  .union([
    messages.transform((lag): KafkaLimits['lag'] => [['*', lag]]),
    z.record(topic, messages).transform((byTopic): KafkaLimits['lag'] => Object.entries(byTopic)),
  ])
  .default([])

const keys = z.strictObject({
  'kafka-lag': z
    .string()
    .regex(/^[^/\s]+\/\S(.{0,253}\S)?$/, {
      error: ({ input }) => `"${input}" is not cluster/group, such as msk-prod/click-sink or msk-prod/click-*`,
    })
    .describe(
      'cluster/group: a cluster of `kafka`, and a consumer group or a pattern of several, such as msk/click-*.',
    ),
  topics: z
    .union([topic.transform((one) => [one]), z.array(topic).min(1)])
    .default([])
    .describe('Topics by name or pattern. Default: all that the group has committed.'),
  lag: perTopic.describe(
    'More unread messages of a topic are down; or by topic: { order-paid: 2000, "audit-*": 50000 }.',
  ),
  age: duration('1m', '7d').exactOptional().describe('An unread message that is older is down.'),
  allowed: perTopic.describe(
    'Whatever its commits do, a partition with no more unread messages is fine; or by topic. Default 1: the end of a transaction takes a place in the log.',
  ),
})

const schema: z.ZodType<WrittenKafkaLag> = keys.transform(({ 'kafka-lag': target, topics, lag, age, allowed }) => {
  const slash = target.indexOf('/')
  return {
    cluster: target.slice(0, slash),
    group: target.slice(slash + 1),
    topics,
    limits: { lag, allowed, ...(age === undefined ? {} : { ageMs: age }) },
  }
})

/** The modules in `kafka/` that read a cluster. */
const readers: Record<ClusterSettings['type'], string> = { ckafka: 'ckafka', alikafka: 'alikafka', kafka: 'protocol' }

export const kafkaLagConfig: CheckKindConfig<WrittenKafkaLag> = {
  kind: 'kafka-lag',
  runsIn: 'kafka',
  modules: (spec) => ['kafka-lag', 'kafka-parts', readers[(spec as KafkaLagSpec).cluster.type]],
  schema,
  hosts: (spec) => {
    const { cluster } = spec as KafkaLagSpec
    if (cluster.type !== 'kafka') return []
    return cluster.brokers.map((broker) => fixedHost(broker, (text) => parseHostPort(text)?.host))
  },
  findsGroups: (spec) => isPattern((spec as KafkaLagSpec).group),
  summary: 'Judges how consumer groups keep up: by their commits over time, and by limits on lag and age.',
  section: {
    key: 'kafka',
    summary: 'Kafka clusters, for `kafka-lag` checks.',
    name: clusterName,
    entry: clusterKeys,
    link,
  },
}
