import * as z from 'zod'
import type { Matcher } from '../contracts/matcher.ts'
import { issueText, mistake } from '../contracts/mistake.ts'
import { isZone } from '../oncall/clock.ts'
import { moment, notAZone, windows } from '../oncall/schema.ts'
import { readMatcher } from './read-matcher.ts'

/** The keys of `fenghuo.yml` that keep incidents from paging for a while. */

const matcher = z.string().transform((text, context): Matcher => {
  const read = readMatcher(text)
  if ('matcher' in read) return read.matcher
  context.addIssue({ code: 'custom', message: issueText(mistake('no-matcher', read.words)) })
  return z.NEVER
})

const group = z.array(matcher).min(1).max(20)

/** Matchers of one group, or of several. */
const matchers = z.union([group.transform((one) => [one]), z.array(group).min(1).max(20)]).meta({
  description:
    'Incidents of which all this holds: project, check, severity, vantage, key, source, or any label; `=`, `!=`, `=~`, `!~`. Of a list of lists, one has to hold.',
  zh: '满足全部条件的告警单：project、check、severity、vantage、key、source 或任意标签；用 `=`、`!=`、`=~`、`!~`。列表的列表只须满足其中一组。',
  examples: [
    ['project=pay', 'check=web'],
    [['team=payments'], ['project=pay']],
  ],
})

export const inhibition = z.strictObject({
  source: matchers.meta({
    description: 'While an incident of which this holds is open, acknowledged or not.',
    zh: '满足此条件的告警单未结束（无论是否认领）期间。',
    examples: [['alertname=ClusterDown']],
  }),
  target: matchers.meta({
    description: 'Incidents of which this holds page nobody then.',
    zh: '满足此条件的告警单不呼叫任何人。',
    examples: [['severity=~"warning|error"']],
  }),
  equal: z
    .array(z.string().min(1))
    .max(20)
    .default([])
    .meta({
      description: 'Fields and labels that both have to have alike; what both lack is alike.',
      zh: '两者须相同的字段和标签；都没有也算相同。',
      examples: [['cluster']],
    }),
})

export const maintenance = z
  .strictObject({
    match: matchers,
    dependents: z
      .boolean()
      .exactOptional()
      .meta({
        description: 'It also counts for checks that depend on those of `match`, however far.',
        zh: '对依赖 `match` 中检查的检查也有效，不论隔几层。',
        absent: { en: 'for those of `match` alone', zh: '只对 `match` 中的' },
      }),
    during: z.exactOptional(windows).meta({
      description: 'Each week then. Either this or `from` and `to`.',
      zh: '每周的这些时段。与 `from`、`to` 二选一。',
      examples: ['Sun 02:00-04:00', ['Mon-Fri 22:00-23:00', 'Sat,Sun']],
    }),
    from: z
      .exactOptional(moment)
      .meta({ description: 'Once, from then on.', zh: '一次性：从此时起。', examples: ['2026-12-05 02:00'] }),
    to: z
      .exactOptional(moment)
      .meta({ description: 'Until then.', zh: '到此时为止。', examples: ['2026-12-05 04:00'] }),
    timezone: z
      .string()
      .refine(isZone, notAZone)
      .exactOptional()
      .meta({
        description: 'IANA zone of these times.',
        zh: '这些时间的 IANA 时区。',
        absent: { en: 'that of fenghuo.yml', zh: '同 fenghuo.yml' },
        examples: ['Asia/Singapore'],
      }),
  })
  .superRefine(({ during, from, to }, context) => {
    const add = (code: string, en: string, zh: string) =>
      context.addIssue({ code: 'custom', message: issueText(mistake(code, { en, zh })) })
    const isOnce = from !== undefined && to !== undefined
    if ((during === undefined) !== isOnce || (during !== undefined && (from ?? to) !== undefined))
      return add('no-time', 'say when: `during`, or `from` and `to`', '写明何时：`during`，或 `from` 和 `to`')
    if (isOnce && to <= from)
      add('ends-first', `it ends (${to}) before it begins (${from})`, `结束（${to}）早于开始（${from}）`)
  })
export type Maintenance = z.infer<typeof maintenance>
