import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import { wrong } from '../../contracts/mistake.ts'
import { isPattern } from '../../contracts/name-pattern.ts'
import type { KafkaLimits } from '../../evaluation/kafka-sample.ts'
import type { CheckKindConfig } from '../kind.ts'
import { parseHostPort } from '../network/host-port.ts'
import { fixedHost } from '../network/target.config.ts'
import { clusterKeys, clusterName, link } from './clusters.config.ts'
import { kafkaLagPermissions } from './permissions.ts'
import type { ClusterSettings, KafkaLagSpec, WrittenKafkaLag } from './spec.ts'

const topic = z
  .string()
  .min(1)
  .max(249)
  .regex(
    /^[a-zA-Z0-9._*-]+$/,
    wrong('no-topic', (input) => ({
      en: `"${input}" is no topic: a name, or a pattern with * for any characters`,
      zh: `“${input}”不是主题：写名称，或用 * 代表任意字符`,
    })),
  )

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
    .regex(
      /^[^/\s]+\/\S(.{0,253}\S)?$/,
      wrong('no-group', (input) => ({
        en: `"${input}" is not cluster/group, such as msk-prod/click-sink or msk-prod/click-*`,
        zh: `“${input}”不是 集群/消费组，如 msk-prod/click-sink、msk-prod/click-*`,
      })),
    )
    .meta({
      description: 'cluster/group: a cluster of `kafka`, and a consumer group or a pattern of several.',
      zh: 'cluster/group：`kafka` 中的集群，加消费组，或匹配多个消费组的通配。',
      examples: ['ckafka-8xk2p9vd/order-consumer', 'msk-prod/click-*'],
    }),
  topics: z
    .union([topic.transform((one) => [one]), z.array(topic).min(1)])
    .default([])
    .meta({
      description: 'Topics by name or pattern.',
      zh: '主题名或通配。',
      absent: { en: 'all that the group has committed', zh: '消费组提交过的全部主题' },
      examples: ['order-paid', ['order-*', 'refund']],
    }),
  lag: perTopic.meta({
    description: 'More unread messages of a topic are down; one number, or by topic.',
    zh: '某主题未读消息多于此即为不可用；一个数，或按主题写。',
    absent: { en: 'no limit', zh: '不限' },
    examples: [2000, { 'order-paid': 2000, 'audit-*': 50_000 }],
  }),
  age: duration('1m', '7d')
    .exactOptional()
    .meta({
      description: 'An unread message that is older is down.',
      zh: '有未读消息早于此即为不可用。',
      absent: { en: 'no limit', zh: '不限' },
      examples: ['15m'],
    }),
  allowed: perTopic.meta({
    description:
      'Whatever its commits do, a partition with no more unread messages is fine; one number, or by topic. At least 1, because the end of a transaction takes a place in the log.',
    zh: '分区未读消息不多于此，不论提交情况都算正常；一个数，或按主题写。至少为 1，因为事务结束标记在日志里占一个位置。',
    default: 1,
    examples: [{ 'order-*': 100 }],
  }),
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
  permissions: kafkaLagPermissions,
  findsGroups: (spec) => isPattern((spec as KafkaLagSpec).group),
  summary: {
    en: 'Judges how consumer groups keep up: by their commits over time, and by limits on lag and age.',
    zh: '判断消费组是否跟得上：看一段时间的提交，以及积压和时间的限值。',
  },
  section: {
    key: 'kafka',
    summary: { en: 'Kafka clusters, for `kafka-lag` checks.', zh: 'Kafka 集群，供 `kafka-lag` 检查使用。' },
    name: clusterName,
    entry: clusterKeys,
    link,
  },
}
