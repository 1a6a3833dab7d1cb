import type { KafkaLimits } from '../../evaluation/kafka-sample.ts'

/** A `kafka-lag` check as a probe carries it. The strings of `cluster` may hold `${NAME}`. */
export interface KafkaLagSpec {
  cluster: ClusterSettings
  /** A consumer group, or a pattern of several. */
  group: string
  /** Topics by name or pattern. None: all on which the group has committed. */
  topics: string[]
  limits: KafkaLimits
}

/** Where a cluster's offsets are read, and as whom. */
export type ClusterSettings = CkafkaSettings | AlikafkaSettings | BrokerSettings

/** Tencent Cloud's CKafka by its API. Without a key of its own, that of the function's role or environment is used. */
export interface CkafkaSettings {
  type: 'ckafka'
  instance: string
  region: string
  secretId?: string
  secretKey?: string
}

/** Alibaba Cloud's AliKafka by its API. Without a key of its own, that of the function's role or environment is used. */
export interface AlikafkaSettings {
  type: 'alikafka'
  instance: string
  region: string
  accessKeyId?: string
  accessKeySecret?: string
}

/** Any cluster by Kafka's own protocol. */
export interface BrokerSettings {
  type: 'kafka'
  /** `host:port` of some brokers; the others are learnt from them. */
  brokers: string[]
  tls: boolean
  /** PEM of authorities, trusted in place of the public ones. */
  ca?: string
  sasl?: Sasl
}

export type Sasl =
  | { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string }
  /** MSK: the function's role. */
  | { mechanism: 'aws-iam'; region: string }

/** A check as it is written: the cluster is a name in `kafka`. */
export interface WrittenKafkaLag {
  cluster: string
  group: string
  topics: string[]
  limits: KafkaLimits
}
