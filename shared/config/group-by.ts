import * as z from 'zod'
import { duration } from '../contracts/duration.ts'
import { wrong } from '../contracts/mistake.ts'

/** What a matcher may name, too. */
const field = z.string().regex(
  /^[A-Za-z_][\w.:/-]*$/,
  wrong('no-field', (input) => ({
    en: `"${input}" is no name of a field or label: letters, digits and _ . : / - only, a letter or _ first`,
    zh: `“${input}”不是字段或标签的名称：只能有字母、数字和 _ . : / -，以字母或 _ 开头`,
  })),
)

/** By what alerts of a project are one incident. */
export const groupBy = z
  .array(field)
  .min(1)
  .max(10)
  .exactOptional()
  .meta({
    description:
      'Fields and labels: alerts of other systems that have them alike are one incident, over when the last of them is.',
    zh: '字段和标签：其他系统的告警中这些值相同的归为一张告警单，最后一个恢复才结束。',
    absent: { en: 'each dedup key is one', zh: '每个去重键一张' },
    examples: [['cluster', 'alertname']],
  })

/** How often people hear of who has joined a group. */
export const groupInterval = duration('1m', '24h')
  .exactOptional()
  .meta({
    description:
      'With `groupBy`: alerts that join a group of which the chat has heard are told in one message, so often.',
    zh: '与 `groupBy` 一起：通知过的组有新告警加入时，每隔这么久合并为一条消息。',
    absent: { en: '5m', zh: '5m' },
    examples: ['15m'],
  })
