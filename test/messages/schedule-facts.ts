import type { OwnFact } from '../../shared/evaluation/own-fact.ts'

/** What is told of schedules, and of a week. */
export type ScheduleCode =
  | 'schedule-gap'
  | 'no-schedule-gap'
  | 'recurring-noise'
  | 'silence-left'
  | Extract<OwnFact['code'], 'handed-over' | `${string}reach${string}`>

/** Each code with arguments, and what is read of it. A code without an entry does not compile. */
export const factsOfSchedules: { [Code in ScheduleCode]: [args: object, zh: string, en: string][] } = {
  'schedule-gap': [
    [
      {
        schedule: 'sre',
        from: Date.parse('2026-12-05T10:00:00Z'),
        to: Date.parse('2026-12-07T02:00:00Z'),
        timezone: 'Asia/Shanghai',
      },
      '排班 sre 从 2026-12-05 18:00 到 2026-12-07 10:00（Asia/Shanghai）无人值班',
      'Nobody is on call in sre from 2026-12-05 18:00 to 2026-12-07 10:00 (Asia/Shanghai)',
    ],
  ],
  'handed-over': [
    [
      {
        schedule: 'sre',
        before: ['Lin'],
        now: ['Wang'],
        until: Date.parse('2026-12-07T02:00:00Z'),
        timezone: 'Asia/Shanghai',
        open: [
          { number: 1024, title: 'web' },
          { number: 1025, title: '', code: 'schedule-gap' },
        ],
        more: 2,
      },
      '排班 sre 由 Wang 值班，到 2026-12-07 10:00（此前 Lin）；未结束：#1024 web、#1025 值班空缺，另有 2 张',
      'On call in sre: Wang, until 2026-12-07 10:00 (before: Lin). Still open: #1024 web, #1025 on-call gap, and 2 more',
    ],
    [
      { schedule: 'sre', before: [], now: [], until: 0, timezone: 'UTC', open: [], more: 0 },
      '排班 sre 无人值班；没有未结束的告警单',
      'Nobody is on call in sre. Nothing is open',
    ],
  ],
  'recurring-noise': [
    [
      {
        things: [
          { title: 'web', times: 7, nights: 3 },
          { title: '', code: 'probe-silent', times: 3, nights: 0 },
        ],
        more: 2,
      },
      '过去一周反复告警：web 7 次（夜间呼叫 3 次）、探针失联 3 次，另有 2 项。该修的修，不必叫人的降低级别或放宽确认',
      'Alerted again and again this past week: web 7 times (3 pages at night), silent probe 3 times, and 2 more. Mend them, or have what need not wake anybody be less severe or take longer to confirm',
    ],
    [
      { things: [{ title: 'web', times: 3, nights: 1 }], more: 0 },
      '过去一周反复告警：web 3 次（夜间呼叫 1 次）。该修的修，不必叫人的降低级别或放宽确认',
      'Alerted again and again this past week: web 3 times (1 page at night). Mend them, or have what need not wake anybody be less severe or take longer to confirm',
    ],
  ],
  'silence-left': [
    [
      {
        silence: 'a1',
        by: 'Lin',
        comment: '#7',
        until: Date.parse('2026-12-07T02:00:00Z'),
        timezone: 'Asia/Shanghai',
      },
      'Lin 开始休假，其静默 a1（#7）持续到 2026-12-07 10:00：不需要就用 bin/fenghuo.js silence expire a1 结束',
      'Lin is on leave now, and the silence a1 (#7) lasts until 2026-12-07 10:00: end it with bin/fenghuo.js silence expire a1 if nobody needs it',
    ],
    [
      {
        ...{ silence: 'a1', by: 'Lin', comment: '#7', maintenance: true as const },
        ...{ until: Date.parse('2026-12-07T02:00:00Z'), timezone: 'Asia/Shanghai' },
      },
      'Lin 开始休假，其维护 a1（#7）持续到 2026-12-07 10:00：不需要就用 bin/fenghuo.js maintenance end a1 结束',
      'Lin is on leave now, and the maintenance a1 (#7) lasts until 2026-12-07 10:00: end it with bin/fenghuo.js maintenance end a1 if nobody needs it',
    ],
  ],
  'prove-reach': [
    [
      { schedule: 'sre', from: Date.parse('2026-12-07T02:00:00Z'), timezone: 'Asia/Shanghai' },
      '检查能否联系到你：2026-12-07 10:00 起你在 sre 值班，认领即可，并无故障',
      'To see whether you can be reached: you are on call in sre from 2026-12-07 10:00; take it, nothing is broken',
    ],
  ],
  'reach-unproven': [
    [
      { schedule: 'sre', people: ['Wang'] },
      'Wang 在 sre 接班，但检查时没有联系上',
      'Wang could not be reached when taking over sre',
    ],
  ],
  'reach-proven': [[{ schedule: 'sre' }, 'sre 接班的人都能联系到', 'Whoever takes over sre can be reached']],
  'no-schedule-gap': [
    [{ schedule: 'sre' }, '排班 sre 未来一周都有人值班', 'Somebody is on call in sre throughout the next week'],
  ],
}
