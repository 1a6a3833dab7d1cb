import * as z from 'zod/mini'
import { instant, text, textUpTo } from '../contracts/bounded.ts'

const count = z.int().check(z.minimum(0))
const name = text(1, 300)

/** Where offsets come from: Tencent's CKafka API, Alibaba's AliKafka API, or Kafka's own protocol. */
const kafkaSources = ['ckafka', 'alikafka', 'kafka'] as const

/**
 * One partition as a consumer group has it: its number, the committed offset (`null`: never committed, text: the code with
 * which it could not be read), the end of its log (`null`: could not be read), whether a member of the stable group
 * holds it, and the start of its log where that was asked for: what was committed before it is deleted.
 */
export const partitionOffsets = z.tuple([
  count,
  z.union([count, z.null(), text(1, 60)]),
  z.union([count, z.null()]),
  z.boolean(),
  z.exactOptional(count),
])
export type PartitionOffsets = z.infer<typeof partitionOffsets>

/** What a source knows of one consumer group at one time: the one shape of all sources. */
export const groupOffsets = z.strictObject({
  group: name,
  /** When its commits were read, UTC ms; the ends of the logs were read after them. */
  at: instant,
  /** Kafka's name of it, such as `Stable` or `Empty`; absent where the source can't say. */
  state: z.optional(textUpTo(40)),
  members: z.optional(count),
  /** The code with which the group could not be read, though others could; there are no topics then. */
  error: z.optional(text(1, 60)),
  topics: z
    .array(z.strictObject({ topic: name, partitions: z.array(partitionOffsets).check(z.maxLength(100_000)) }))
    .check(z.maxLength(10_000)),
})
export type GroupOffsets = z.infer<typeof groupOffsets>

/** Limits by name or pattern of topics; the first that fits counts. */
const perTopic = z.array(z.tuple([name, count])).check(z.maxLength(1000))

/** What makes a group's offsets good or bad. */
export const kafkaLimits = z.strictObject({
  /** A topic's lag, summed over its partitions, may be so high. */
  lag: perTopic,
  /** The oldest unread message may be so old, ms. */
  ageMs: z.optional(z.int().check(z.positive())),
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
  elsewhere: z.optional(z.array(name).check(z.maxLength(10_000))),
  groups: z.array(groupOffsets).check(z.maxLength(10_000)),
})
export type KafkaSamples = z.infer<typeof kafkaSamples>
