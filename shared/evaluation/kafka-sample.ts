import * as z from 'zod'

const offset = z.number().int().min(0)
const groupName = z.string().min(1).max(300)
const topicName = z.string().min(1).max(300)

/** Where offsets come from: Tencent's CKafka API, Alibaba's AliKafka API, or Kafka's own protocol. */
const kafkaSources = ['ckafka', 'alikafka', 'kafka'] as const

/**
 * One partition as a consumer group has it: its number, the committed offset (`null`: never committed, text: the code with
 * which it could not be read), the end of its log (`null`: could not be read), whether a member of the stable group
 * holds it, and the start of its log where that was asked for: what was committed before it is deleted.
 */
export const partitionOffsets = z.tuple([
  z.number().int().min(0),
  z.union([offset, z.null(), z.string().min(1).max(60)]),
  z.union([offset, z.null()]),
  z.boolean(),
  offset.exactOptional(),
])
export type PartitionOffsets = z.infer<typeof partitionOffsets>

/** What a source knows of one consumer group at one time: the one shape of all sources. */
export const groupOffsets = z.strictObject({
  group: groupName,
  /** When its commits were read, UTC ms; the ends of the logs were read after them. */
  at: z.number().int().positive(),
  /** Kafka's name of it, such as `Stable` or `Empty`; absent where the source can't say. */
  state: z.string().max(40).optional(),
  members: z.number().int().min(0).optional(),
  /** The code with which the group could not be read, though others could; there are no topics then. */
  error: z.string().min(1).max(60).optional(),
  topics: z.array(z.strictObject({ topic: topicName, partitions: z.array(partitionOffsets).max(100_000) })).max(10_000),
})
export type GroupOffsets = z.infer<typeof groupOffsets>

/** Limits by name or pattern of topics; the first that fits counts. */
const perTopic = z.array(z.tuple([topicName, offset])).max(1000)

/** What makes a group's offsets good or bad. */
export const kafkaLimits = z.strictObject({
  /** A topic's lag, summed over its partitions, may be so high. */
  lag: perTopic,
  /** The oldest unread message may be so old, ms. */
  ageMs: z.number().int().positive().optional(),
  /** A partition with no more lag than this is fine, whatever its commits do. */
  allowed: perTopic,
})
export type KafkaLimits = z.infer<typeof kafkaLimits>

/** What reading a cluster once brought, and what it is to be judged by. */
export const kafkaSamples = z.strictObject({
  kind: z.literal('kafka'),
  source: z.enum(kafkaSources),
  limits: kafkaLimits,
  /** The groups were found by a pattern: each is a check of its own, and one that is no longer found is gone. */
  found: z.boolean(),
  /** The names of groups that were found, too, and of which other messages tell. */
  elsewhere: z.array(groupName).max(10_000).optional(),
  groups: z.array(groupOffsets).max(10_000),
})
export type KafkaSamples = z.infer<typeof kafkaSamples>
