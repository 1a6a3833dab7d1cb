import type { Fact, FactOf, Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'
import type { PartitionStatus } from '../../evaluation/kafka-rules.ts'
import type { KafkaSamples } from '../../evaluation/kafka-sample.ts'
import { type NetworkFault, networkWording } from '../network/faults.ts'
import { grouped, listIn, several, timeIn } from '../phrases.ts'

type Source = KafkaSamples['source']

/** A consumer group as it was judged, worst first. Texts are names. */
export type GroupStatus = {
  source: Source
  worst: PartitionStatus
  lag: number
  ageMs?: number
  ageLimitMs?: number
  /** Partitions that could not be read, and the first of the sources' codes for it; those on which nothing was committed. */
  unreadable: number
  errors: (string | null)[]
  never: number
  state?: string
  members?: number
  /** Of the windows, while they are not whole. */
  completePercent?: number
  topics: TopicStatus[]
  /** Further topics with something wrong. */
  more: number
}

export type TopicStatus = {
  topic: string
  /** Where it is not that of the group. */
  worst?: PartitionStatus
  /** How many of its partitions are bad. */
  bad: number
  of: number
  /** Over its limit. */
  lag?: number
  limit?: number
  /** The first of the bad ones, with their lags. */
  partitions: [partition: number, lag: number][]
  isMore: boolean
}

/** A partition's lag, or what keeps it from being known: a source's code, `null` for the end of its log; absent: never committed. */
export type PartitionLag = { partition: number; lag?: number; error?: string | null }

/** What is seen of a consumer group, or of the groups that a pattern finds. */
export type KafkaLagFault =
  | NetworkFault
  | FactOf<{
      'group-status': GroupStatus
      /** Messages wait, and the group has no members that could read them. */
      'group-unconsumed': GroupStatus
      'group-never-committed': { source: Source; state?: string; members?: number }
      'group-unreadable': { source: Source; error: string }
      'group-gone': Record<never, never>
      'group-too-large': { group: string; partitions: number }
      'groups-found': { count: number; unreadable: number }
      'groups-affected': { count: number; of: number; groups: string[] }
      'topic-over-limit': { topic: string; lag: number; limit: number }
      'topic-lag': { lag: number; of: number; partitions: PartitionLag[] }
      'total-lag': { lag: number; partitions: number; unreadable: number; errors: string[] }
      'kafka-no-group': { source: Source; pattern: string }
      'kafka-no-key': { source: Source; variables: string[] }
      'broker-unusable': { broker: string }
      /** More than a cluster has. */
      'kafka-brokers-over': { max: number }
      /** More than one run can keep in memory. */
      'kafka-too-much': { entries: number }
      /** A source's answer is not as documented in this part. */
      'kafka-malformed': { source: Source; part: string }
      'kafka-http': { source: Source; status: number }
      /** A source's own code for its refusal, and the first of its own words. */
      'kafka-refused': { source: Source; error: string; said: string }
      'kafka-said': { source: Source; said: string }
      'kafka-lost': { source: Source }
      'kafka-unreached': { source: Source; fault: Fact }
    }>

const sources: Record<Source, string> = { ckafka: 'CKafka', alikafka: 'AliKafka', kafka: 'Kafka' }

/** Burrow's words as people understand them. */
const statuses: Record<PartitionStatus, { zh: string; en: string }> = {
  OK: { zh: '正常', en: 'fine' },
  WARN: { zh: '积压持续增长', en: 'lag keeps growing' },
  STOP: { zh: '停止提交', en: 'stopped committing' },
  STALL: { zh: '消费停滞', en: 'consumption stalled' },
  REWIND: { zh: '位点回退', en: 'offsets went back' },
  BEYOND: { zh: '提交位点超出日志末端', en: 'committed beyond the end of the log' },
}

/** A time in one unit: 45s, 14m, 3h, 2d. */
function spanIn(language: Language, ms: number): string {
  if (ms < 120_000) return timeIn(language, 's', ms)
  if (ms < 7_200_000) return timeIn(language, 'm', ms)
  return timeIn(language, ms < 172_800_000 ? 'h' : 'd', ms)
}

function stateIn(language: Language, { state, members }: { state?: string; members?: number }): string[] {
  const count = members === undefined ? [] : [language === 'zh' ? `${members} 个成员` : several(members, 'member')]
  return [...(state === undefined ? [] : [state]), ...count]
}

/**
 * One line, worst first: `CKafka: consumption stalled, lag 185,238, oldest 14m (limit 5m), Stable, 4 members; order-paid 3/12 (p3
 * 61,204, p7 58,910, p1 51,377)`. `3/12`: 3 of its 12 partitions; `p3` is partition 3 with its lag.
 */
const group = {
  zh: ({ source, worst, lag, unreadable, errors, never, ...group }: GroupStatus, status = statuses[worst].zh) => {
    const limit = group.ageLimitMs === undefined ? '' : `（限 ${spanIn('zh', group.ageLimitMs)}）`
    const head = [
      ...(worst === 'OK' ? [] : [status]),
      `积压 ${grouped(lag)} 条`,
      ...(group.ageMs === undefined ? [] : [`最旧 ${spanIn('zh', group.ageMs)}${limit}`]),
      ...(unreadable > 0
        ? [`${unreadable} 个分区读取失败（${errors.map((error) => errorIn('zh', error)).join('，')}）`]
        : []),
      ...(never > 0 ? [`${never} 个分区从未提交`] : []),
      ...stateIn('zh', group),
      ...(group.completePercent === undefined ? [] : [`窗口已有 ${group.completePercent}%`]),
    ]
    const topics = group.topics.map(({ topic, worst, bad, of, lag, limit, partitions, isMore }) => {
      const status = worst === undefined ? '' : ` ${statuses[worst].zh}`
      const over =
        lag === undefined ? '' : ` 积压 ${grouped(lag)} 条${limit === undefined ? '' : `（限 ${grouped(limit)} 条）`}`
      return `${topic}${status} ${bad}/${of} 分区${over}（${[...namedPartitions(partitions), ...(isMore ? ['…'] : [])].join('，')}）`
    })
    const more = group.more > 0 ? [`另有 ${group.more} 个主题`] : []
    return `${sources[source]}：${[head.join('，'), ...topics, ...more].join('；')}`
  },
  en: ({ source, worst, lag, unreadable, errors, never, ...group }: GroupStatus, status = statuses[worst].en) => {
    const limit = group.ageLimitMs === undefined ? '' : ` (limit ${spanIn('en', group.ageLimitMs)})`
    const head = [
      ...(worst === 'OK' ? [] : [status]),
      `lag ${grouped(lag)}`,
      ...(group.ageMs === undefined ? [] : [`oldest ${spanIn('en', group.ageMs)}${limit}`]),
      ...(unreadable > 0
        ? [
            `${several(unreadable, 'partition')} not readable (${errors.map((error) => errorIn('en', error)).join(', ')})`,
          ]
        : []),
      ...(never > 0 ? [`${several(never, 'partition')} never committed`] : []),
      ...stateIn('en', group),
      ...(group.completePercent === undefined ? [] : [`window ${group.completePercent}% complete`]),
    ]
    const topics = group.topics.map(({ topic, worst, bad, of, lag, limit, partitions, isMore }) => {
      const status = worst === undefined ? '' : ` ${statuses[worst].en}`
      const over =
        lag === undefined ? '' : ` lag ${grouped(lag)}${limit === undefined ? '' : ` (limit ${grouped(limit)})`}`
      return `${topic}${status} ${bad}/${of}${over} (${[...namedPartitions(partitions), ...(isMore ? ['…'] : [])].join(', ')})`
    })
    const more = group.more > 0 ? [`and ${group.more} more ${group.more === 1 ? 'topic' : 'topics'}`] : []
    return `${sources[source]}: ${[head.join(', '), ...topics, ...more].join('; ')}`
  },
}

function namedPartitions(partitions: TopicStatus['partitions']): string[] {
  return partitions.map(([partition, lag]) => `p${partition} ${grouped(lag)}`)
}

function lagIn(language: Language, { partition, lag, error }: PartitionLag): string {
  if (lag !== undefined) return `p${partition} ${grouped(lag)}`
  if (error === undefined) return `p${partition} ${language === 'zh' ? '从未提交' : 'never committed'}`
  return `p${partition} ${errorIn(language, error)}`
}

/** Where a log ends may be unknown without any code. */
function errorIn(language: Language, error: string | null): string {
  return error ?? (language === 'zh' ? '没有末端位点' : 'no end offset')
}

export const kafkaLagWording: Wording<KafkaLagFault> = {
  ...networkWording,
  'group-status': {
    zh: (args) => group.zh(args),
    en: (args) => group.en(args),
    saysTime: true,
  },
  'group-unconsumed': {
    zh: (args) => group.zh(args, '无人消费'),
    en: (args) => group.en(args, 'nobody consumes'),
    saysTime: true,
  },
  'group-never-committed': {
    zh: ({ source, ...rest }) => `${sources[source]}：${['从未提交', ...stateIn('zh', rest)].join('，')}`,
    en: ({ source, ...rest }) => `${sources[source]}: ${['never committed', ...stateIn('en', rest)].join(', ')}`,
  },
  'group-unreadable': {
    zh: ({ source, error }) => `${sources[source]}：消费组读取失败（${error}）`,
    en: ({ source, error }) => `${sources[source]}: group not readable (${error})`,
  },
  'group-gone': { zh: () => '消费组已不存在', en: () => 'the group no longer exists' },
  'group-too-large': {
    zh: ({ group, partitions }) => `${group} 有 ${partitions} 个分区，一份报告装不下：请按主题分成几项检查`,
    en: ({ group, partitions }) =>
      `${group} has ${several(partitions, 'partition')}, more than one report holds: make several checks of its topics`,
  },
  'groups-found': {
    zh: ({ count, unreadable }) => `找到 ${count} 个消费组${unreadable === 0 ? '' : `，${unreadable} 个读取失败`}`,
    en: ({ count, unreadable }) =>
      `${several(count, 'group')} found${unreadable === 0 ? '' : `, ${unreadable} not readable`}`,
  },
  'groups-affected': {
    zh: ({ count, of, groups }) => `${of} 个消费组中 ${count} 个：${listIn('zh', groups, count - groups.length)}`,
    en: ({ count, of, groups }) =>
      `${count} of ${several(of, 'group')}: ${listIn('en', groups, count - groups.length)}`,
  },
  'topic-over-limit': {
    zh: ({ topic, lag, limit }) => `${topic} 积压 ${lag} 条，超过 ${limit} 条`,
    en: ({ topic, lag, limit }) => `lag of ${topic} ${lag}, limit ${limit}`,
  },
  'topic-lag': {
    zh: ({ lag, of, partitions }) => {
      const more = of > partitions.length ? [`另有 ${of - partitions.length} 个`] : []
      return `${of} 个分区积压 ${grouped(lag)} 条：${[...partitions.map((one) => lagIn('zh', one)), ...more].join('，')}`
    },
    en: ({ lag, of, partitions }) => {
      const more = of > partitions.length ? [`${of - partitions.length} more`] : []
      return `lag ${grouped(lag)} in ${several(of, 'partition')}: ${[...partitions.map((one) => lagIn('en', one)), ...more].join(', ')}`
    },
  },
  'total-lag': {
    zh: ({ lag, partitions, unreadable, errors }) => {
      const failed = unreadable === 0 ? '' : `，${unreadable} 个消费组读取失败（${errors.join('，')}）`
      return `积压 ${lag} 条，${partitions} 个分区${failed}`
    },
    en: ({ lag, partitions, unreadable, errors }) => {
      const failed = unreadable === 0 ? '' : `, ${several(unreadable, 'group')} not readable (${errors.join(', ')})`
      return `lag ${lag}, ${several(partitions, 'partition')}${failed}`
    },
  },
  'kafka-no-group': {
    zh: ({ source, pattern }) => `${sources[source]}：没有符合 ${pattern} 的消费组`,
    en: ({ source, pattern }) => `${sources[source]}: no group fits ${pattern}`,
  },
  'kafka-no-key': {
    zh: ({ source, variables }) => `${sources[source]}：探测函数的环境中没有密钥（${variables.join('，')}）`,
    en: ({ source, variables }) => `${sources[source]}: no key in the probe's environment (${variables.join(', ')})`,
  },
  'broker-unusable': {
    zh: ({ broker }) => `Kafka：“${broker}” 不是主机和端口`,
    en: ({ broker }) => `Kafka: "${broker}" is not host:port`,
  },
  'kafka-brokers-over': {
    zh: ({ max }) => `Kafka：集群声称有超过 ${max} 个节点`,
    en: ({ max }) => `Kafka: the cluster says that it has more than ${max} brokers`,
  },
  'kafka-too-much': {
    zh: ({ entries }) => `Kafka：分区和消费组超过 ${grouped(entries)} 个，一次探测读不下`,
    en: ({ entries }) => `Kafka: more than ${grouped(entries)} partitions and groups, too many for one run`,
  },
  'kafka-malformed': {
    zh: ({ source, part }) => `${sources[source]}：答复格式错误（${part}）`,
    en: ({ source, part }) => `${sources[source]}: malformed answer (${part})`,
  },
  'kafka-http': {
    zh: ({ source, status }) => `${sources[source]}：HTTP ${status}`,
    en: ({ source, status }) => `${sources[source]}: HTTP ${status}`,
  },
  'kafka-refused': {
    zh: ({ source, error, said }) => `${sources[source]} ${error}：${said}`,
    en: ({ source, error, said }) => `${sources[source]} ${error}: ${said}`,
  },
  'kafka-said': {
    zh: ({ source, said }) => `${sources[source]}：${said}`,
    en: ({ source, said }) => `${sources[source]}: ${said}`,
  },
  'kafka-lost': {
    zh: ({ source }) => `${sources[source]}：连接中断，或答复无法识别`,
    en: ({ source }) => `${sources[source]}: connection lost, or an answer that is none`,
  },
  'kafka-unreached': {
    zh: ({ source, fault }, say) => `${sources[source]}：${say(fault)}`,
    en: ({ source, fault }, say) => `${sources[source]}: ${say(fault)}`,
  },
}
