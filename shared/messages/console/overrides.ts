import type { Language } from '../../contracts/words.ts'

/** By which key an override of the form is told from the others. */
export type OverrideKind = 'contact' | 'add' | 'remove' | 'away'

/** What the form that changes who is on call says, and the list of what was changed. */
export interface OverrideWords {
  change: string
  kind: string
  kinds: Record<OverrideKind, string>
  who: string
  instead: string
  everybody: string
  insteadOnly: string
  from: string
  to: string
  zone: (zone: string) => string
  note: string
  look: string
  make: string
  takeAway: string
  takeAwayFirst: string
  shown: string
  changes: string
  noChange: string
  shift: (time: string, after: string, before: string) => string
  more: (count: number) => string
  made: (override: string) => string
  /** Whom of those that it brings in nothing reaches. */
  beware: (what: string) => string
  already: (override: string) => string
  removed: (override: string) => string
  missed: (regions: string) => string
  /** Where it was not taken away. */
  left: (regions: string, id: string) => string
  failed: string
  expired: string
}

const zh: OverrideWords = {
  change: '改动谁值班',
  kind: '安排',
  kinds: { contact: '替班', add: '一起值班', remove: '不值班', away: '休假（退出所有排班）' },
  who: '谁',
  instead: '替谁',
  everybody: '当班的所有人',
  insteadOnly: '只有“替班”才写替谁。',
  from: '从',
  to: '到',
  zone: (zone) => `时间按 ${zone}。`,
  note: '原因',
  look: '先看看',
  make: '就这样安排',
  takeAway: '撤销',
  takeAwayFirst: '请先在下面撤销它。',
  shown: '还没有写入；写入后如下，有变化的日子加了框。',
  changes: '变化',
  noChange: '八周之内没有人的班次会变。',
  shift: (time, after, before) => `${time} 起：${after}，不再是 ${before}`,
  more: (count) => `还有 ${count} 处变化`,
  beware: (what) => `注意：${what}。`,
  made: (override) => `已安排：${override}。`,
  already: (override) => `已经如此：${override}。`,
  removed: (override) => `已撤销：${override}。`,
  missed: (regions) => `${regions} 没有应答，那里还不是这样：等它应答后执行 bin/fenghuo.js apply。`,
  left: (regions, id) =>
    `${regions} 没有应答，那里它还算数，此时 apply 会把它带回各处：等它应答后先执行 bin/fenghuo.js override rm ${id}。`,
  failed: '存人员的表没有应答，不确定是否已写入：看看下面，再试一次。',
  expired: '已经不能恢复了：请重新安排。',
}

const en: OverrideWords = {
  change: 'Change who is on call',
  kind: 'What',
  kinds: {
    contact: 'stands in',
    add: 'is on call as well',
    remove: 'is not on call',
    away: 'is away, from every schedule',
  },
  who: 'Who',
  instead: 'Instead of',
  everybody: 'everybody on call',
  insteadOnly: 'Only who stands in does so instead of somebody.',
  from: 'From',
  to: 'Until',
  zone: (zone) => `By the clock of ${zone}.`,
  note: 'Why',
  look: 'Look first',
  make: 'Change it',
  takeAway: 'Take away',
  takeAwayFirst: 'Take that away below first.',
  shown: 'Nothing is changed yet. This is how it would be; days that change have a frame.',
  changes: 'What changes',
  noChange: 'Nobody’s shifts change within eight weeks.',
  shift: (time, after, before) => `from ${time} ${after} instead of ${before}`,
  more: (count) => `and ${count} more`,
  beware: (what) => `Beware: ${what}.`,
  made: (override) => `Changed: ${override}.`,
  already: (override) => `It is so already: ${override}.`,
  removed: (override) => `Taken away: ${override}.`,
  missed: (regions) =>
    `${regions} did not answer, and there it is not so yet: once it answers, run bin/fenghuo.js apply.`,
  left: (regions, id) =>
    `${regions} did not answer, and there it still counts; \`apply\` would now bring it back everywhere: once it answers, first run bin/fenghuo.js override rm ${id}.`,
  failed:
    'The table of contacts did not answer, so that nobody knows whether it is changed: look below, and try again.',
  expired: 'It can no longer be put back: make it anew.',
}

export const overrideWords: Record<Language, OverrideWords> = { zh, en }
