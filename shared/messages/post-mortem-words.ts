import type { Language } from '../contracts/words.ts'
import type { Milestones } from '../incidents/post-mortem.ts'

interface PostMortemWords {
  factsHead: string[]
  summary: string
  severity: string
  opened: string
  ended: string
  stillOpen: string
  milestones: Record<keyof Milestones, string>
  timeline: string
  timelineHead: string[]
  told: string
  changed: string
  /** In the place of changes that could not be read. */
  changesUnread: string
  seen: string
  /** Left for people to write. */
  empty: string[]
}

/** The words of a post-mortem. */
export const postMortemWords: Record<Language, PostMortemWords> = {
  en: {
    factsHead: ['what', ''],
    summary: 'summary',
    severity: 'severity',
    opened: 'opened',
    ended: 'over',
    stillOpen: 'not yet',
    milestones: {
      paged: 'paged after',
      reached: 'first reached after',
      acknowledged: 'acknowledged after',
      resolved: 'over after',
    },
    timeline: 'Timeline',
    timelineHead: ['time', 'what'],
    changed: 'What was changed just before',
    changesUnread: 'It could not be read when this was written: there may have been changes.',
    told: 'Who was told what, and when',
    seen: 'What was seen',
    empty: ['Impact', 'Cause', 'What went well, and what did not', 'To do'],
  },
  zh: {
    factsHead: ['项目', ''],
    summary: '概要',
    severity: '级别',
    opened: '触发',
    ended: '结束',
    stillOpen: '尚未结束',
    milestones: {
      paged: '呼叫用时',
      reached: '首次送达用时',
      acknowledged: '认领用时',
      resolved: '结束用时',
    },
    timeline: '时间线',
    timelineHead: ['时间', '内容'],
    changed: '此前的变更',
    changesUnread: '写下本文时读不到：可能有过变更。',
    told: '何时告知了谁什么',
    seen: '各处所见',
    empty: ['影响', '原因', '哪些做得好，哪些不好', '待办'],
  },
}
