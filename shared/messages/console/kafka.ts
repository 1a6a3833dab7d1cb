import type { Language } from '../../contracts/words.ts'
import type { PartitionStatus } from '../../evaluation/kafka-rules.ts'

/** What the page of consumer groups says by itself. */
export interface KafkaWords {
  title: string
  none: string
  all: (groups: number, bad: number, unknown: number) => string
  lag: (messages: string) => string
  age: (time: string) => string
  asOf: string
  nothing: string
  partitions: (count: number, bad: number) => string
  head: { partition: string; status: string; lag: string; age: string; why: string }
  status: Record<PartitionStatus, string>
  why: Record<PartitionStatus, string>
  more: (count: number) => string
  moreBad: (count: number) => string
  /** What is shown is as old as that. */
  silent: (ago: string) => string
}

const zh: KafkaWords = {
  title: 'Kafka 消费组',
  none: '没有 Kafka 检查：在检查里写 kafka-lag。',
  all: (groups, bad, unknown) =>
    [
      `${groups} 个消费组`,
      bad > 0 && `${bad} 个有问题`,
      unknown > 0 && `${unknown} 个没有新数据`,
      bad + unknown === 0 && '都正常',
    ]
      .filter(Boolean)
      .join('，'),
  lag: (messages) => `堆积 ${messages} 条`,
  age: (time) => `最早的未读消息已 ${time}`,
  asOf: '采样于',
  nothing: '尚无数据',
  partitions: (count, bad) => (bad === 0 ? `${count} 个分区` : `${count} 个分区，${bad} 个有问题`),
  head: { partition: '分区', status: '状态', lag: '堆积', age: '时间差', why: '原因' },
  status: {
    OK: '正常',
    WARN: '落后',
    STOP: '停止消费',
    STALL: '消费停滞',
    REWIND: '位点回退',
    BEYOND: '超出末端',
  },
  why: {
    OK: '没有堆积，或正在追上',
    WARN: '在提交，但每次都更落后',
    STOP: '有未读消息，却不再提交',
    STALL: '在提交，但位点不动',
    REWIND: '位点退了回去，没有恢复',
    BEYOND: '提交的位点超出日志末端',
  },
  more: (count) => `另有 ${count} 个分区正常`,
  moreBad: (count) => `另有 ${count} 个分区有问题`,
  silent: (ago) => `${ago}没有新采样`,
}

const en: KafkaWords = {
  title: 'Kafka consumer groups',
  none: 'No checks of Kafka: write kafka-lag in a check.',
  all: (groups, bad, unknown) =>
    [
      `${groups} ${groups === 1 ? 'group' : 'groups'}`,
      bad > 0 && `${bad} in trouble`,
      unknown > 0 && `${unknown} without news`,
      bad + unknown === 0 && 'all is well',
    ]
      .filter(Boolean)
      .join(', '),
  lag: (messages) => `lag ${messages}`,
  age: (time) => `oldest unread message ${time} old`,
  asOf: 'as of',
  nothing: 'nothing read yet',
  partitions: (count, bad) =>
    `${count} ${count === 1 ? 'partition' : 'partitions'}${bad === 0 ? '' : `, ${bad} in trouble`}`,
  head: { partition: 'partition', status: 'status', lag: 'lag', age: 'time lag', why: 'why' },
  status: {
    OK: 'OK',
    WARN: 'falling behind',
    STOP: 'stopped',
    STALL: 'stalled',
    REWIND: 'rewound',
    BEYOND: 'beyond the end',
  },
  why: {
    OK: 'nothing is unread, or it is catching up',
    WARN: 'it commits, and is further behind each time',
    STOP: 'messages wait, and nobody commits any more',
    STALL: 'it commits, and its offset does not move',
    REWIND: 'its offset went back, and has not recovered',
    BEYOND: 'it committed beyond the end of the log',
  },
  more: (count) => `${count} more ${count === 1 ? 'partition is' : 'partitions are'} OK`,
  moreBad: (count) => `${count} more ${count === 1 ? 'partition is' : 'partitions are'} in trouble`,
  silent: (ago) => `no sample for ${ago}`,
}

export const kafkaWords: Record<Language, KafkaWords> = { zh, en }
