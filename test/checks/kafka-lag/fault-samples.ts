import type { GroupStatus, KafkaLagFault } from '../../../shared/checks/kafka-lag/faults.ts'
import { type FaultSamples, QUOTED, refused } from '../fault-samples.ts'
import { networkSamples } from '../network/fault-samples.ts'

/** What is the same word in both languages. */
export const sameInBoth = /CKafka|AliKafka|Kafka|\bp\d/

const group: GroupStatus = {
  source: 'ckafka',
  worst: 'OK',
  lag: 0,
  unreadable: 0,
  errors: [],
  never: 0,
  topics: [],
  more: 0,
}

export const faultSamples: FaultSamples<KafkaLagFault> = {
  ...networkSamples,
  'group-status': [
    group,
    { ...group, worst: 'STALL', ageMs: 840_000, ageLimitMs: 300_000, state: QUOTED, members: 4, completePercent: 20 },
    { ...group, worst: 'BEYOND' },
    { ...group, worst: 'STOP', ageMs: 45_000, members: 1, unreadable: 2, errors: [null, QUOTED], never: 1 },
    {
      ...group,
      worst: 'REWIND',
      ageMs: 10_800_000,
      topics: [
        {
          topic: QUOTED,
          worst: 'WARN',
          bad: 1,
          of: 2,
          lag: 2_001,
          limit: 2_000,
          partitions: [[0, 2_001]],
          isMore: true,
        },
      ],
      more: 2,
    },
  ],
  'group-unconsumed': [{ ...group, worst: 'STOP', ageMs: 45_000, members: 0, state: QUOTED }],
  'group-never-committed': [{ source: 'kafka' }, { source: 'alikafka', state: QUOTED, members: 2 }],
  'group-unreadable': [{ source: 'kafka', error: QUOTED }],
  'group-gone': [{}],
  'group-too-large': [{ group: QUOTED, partitions: 35_000 }],
  'groups-found': [
    { count: 2, unreadable: 0 },
    { count: 1, unreadable: 1 },
  ],
  'groups-affected': [{ count: 1, of: 2, groups: [QUOTED] }],
  'topic-over-limit': [{ topic: QUOTED, lag: 26, limit: 25 }],
  'topic-lag': [
    {
      lag: 4_000,
      of: 5,
      partitions: [
        { partition: 1, lag: 4_000 },
        { partition: 0 },
        { partition: 2, error: QUOTED },
        { partition: 3, error: null },
      ],
    },
  ],
  'total-lag': [
    { lag: 5, partitions: 1, unreadable: 0, errors: [] },
    { lag: 5, partitions: 3, unreadable: 1, errors: [QUOTED] },
  ],
  'kafka-no-group': [{ source: 'ckafka', pattern: QUOTED }],
  'kafka-no-key': [{ source: 'ckafka', variables: [QUOTED] }],
  'kafka-brokers-over': [{ max: 300 }],
  'kafka-too-much': [{ entries: 600_000 }],
  'broker-unusable': [{ broker: QUOTED }],
  'kafka-malformed': [{ source: 'ckafka', part: QUOTED }],
  'kafka-http': [{ source: 'ckafka', status: 503 }],
  'kafka-refused': [{ source: 'ckafka', error: QUOTED, said: QUOTED }],
  'kafka-said': [{ source: 'kafka', said: QUOTED }],
  'kafka-lost': [{ source: 'kafka' }],
  'kafka-unreached': [{ source: 'kafka', fault: refused }],
}
