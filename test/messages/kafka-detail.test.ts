import { expect, it } from 'vitest'
import { detailIn } from '../../shared/messages/details.ts'

it.each([
  [
    'CKafka: consumption stalled, lag 185,358, oldest 14m (limit 5m), Stable, 4 members; paid 3/12 (p1 61,218, p2 58,924, p0 51,391); refund 1/6 (p0 13,761); slow lag keeps growing 1/1 (p0 64)',
    'CKafka：消费停滞，积压 185,358 条，最旧 14 分钟（限 5 分钟），Stable，4 个成员；paid 3/12 分区（p1 61,218，p2 58,924，p0 51,391）；refund 1/6 分区（p0 13,761）；slow 积压持续增长 1/1 分区（p0 64）',
  ],
  [
    'AliKafka: lag 2,102, oldest 60s, Stable, 1 member, window 20% complete; paid 2/2 lag 2,001 (limit 2,000) (p1 1,101, p0 900)',
    'AliKafka：积压 2,102 条，最旧 60 秒，Stable，1 个成员，窗口已有 20%；paid 2/2 分区 积压 2,001 条（限 2,000 条）（p1 1,101，p0 900）',
  ],
  [
    'Kafka: stopped committing, lag 5, oldest 3h, Empty, 0 members',
    'Kafka：停止提交，积压 5 条，最旧 3 小时，Empty，0 个成员',
  ],
  ['Kafka: offsets went back, lag 5; t 1/1 (p0 5)', 'Kafka：位点回退，积压 5 条；t 1/1 分区（p0 5）'],
  ['Kafka: group not readable (GROUP_AUTHORIZATION_FAILED)', 'Kafka：消费组读取失败（GROUP_AUTHORIZATION_FAILED）'],
  ['Kafka: never committed, Stable, 4 members', 'Kafka：从未提交，Stable，4 个成员'],
  [
    'CKafka: lag 0, 2 partitions not readable (error 3), Stable, 4 members',
    'CKafka：积压 0 条，2 个分区读取失败（error 3），Stable，4 个成员',
  ],
  [
    'CKafka: lag 0, 1 partition never committed, Stable, 4 members',
    'CKafka：积压 0 条，1 个分区从未提交，Stable，4 个成员',
  ],
  [
    'Kafka: lag keeps growing, lag 9; a 1/1 (p0 9); and 2 more topics',
    'Kafka：积压持续增长，积压 9 条；a 1/1 分区（p0 9）；另有 2 个主题',
  ],
  // Cut short on its way.
  ['Kafka: lag keeps growing, lag 9; a 1/1 (p0', 'Kafka：积压持续增长，积压 9 条；a 1/1 分区（p0'],
  // A vendor's own words stay.
  ['CKafka RequestLimitExceeded: too fast', 'CKafka RequestLimitExceeded: too fast'],
  ['the group no longer exists', '消费组已不存在'],
])('%s', (detail, chinese) => {
  expect(detailIn('zh', detail)).toBe(chinese)
  expect(detailIn('en', detail)).toBe(detail)
})
