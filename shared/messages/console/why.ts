import type { Language } from '../../contracts/words.ts'

/** What the page of an incident's decisions says by itself. */
export interface WhyPageWords {
  title: string
  decisions: string
  /** By which rules, and what is left out. */
  how: string
}

export const whyPageWords: Record<Language, WhyPageWords> = {
  en: {
    title: 'Why they were called',
    decisions: 'Decisions',
    how: 'By the rules that are deployed now and the people of now. A rule that is, or may be, for projects which you may not see is left out.',
  },
  zh: {
    title: '为何这样呼叫',
    decisions: '各项决定',
    how: '以当前部署的规则和当前的人员为准。针对（或可能针对）您无权查看的项目的规则不显示。',
  },
}
