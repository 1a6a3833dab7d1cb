import type { Language } from '../contracts/words.ts'

/** What is said around the decisions of an incident, wherever they are told. */
export interface WhyWords {
  rule: (rule: string) => string
  changed: (change: string) => string
  changesUnread: string
  notCalled: string
  everybody: string
  noPolicy: (project: string) => string
}

export const whyWords: Record<Language, WhyWords> = {
  en: {
    rule: (rule) => `rule: ${rule}`,
    changed: (change) => `changed: ${change}`,
    changesUnread: 'What was changed just before cannot be read now: there may have been changes.',
    notCalled: 'Not called',
    everybody: 'Everybody’s phone rang.',
    noPolicy: (project) => `fenghuo.yml has no project ${project}: no rule can be told`,
  },
  zh: {
    rule: (rule) => `规则：${rule}`,
    changed: (change) => `变更：${change}`,
    changesUnread: '现在读不到此前的变更：可能有过变更。',
    notCalled: '没有呼叫',
    everybody: '所有人的电话都响过。',
    noPolicy: (project) => `fenghuo.yml 没有项目 ${project}：说不出规则`,
  },
}
