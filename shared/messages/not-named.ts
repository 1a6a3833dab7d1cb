import { didYouMean } from '../contracts/suggest.ts'
import type { Bilingual } from '../contracts/words.ts'

/** What names stand for. */
const things = {
  vantage: { en: 'vantage', zh: '观测点' },
  robot: { en: 'robot', zh: '机器人' },
  policy: { en: 'policy', zh: '策略' },
  project: { en: 'project', zh: '项目' },
  channel: { en: 'channel', zh: '渠道' },
  contact: { en: 'contact', zh: '联系人' },
  schedule: { en: 'schedule', zh: '排班' },
  calendar: { en: 'calendar', zh: '日历' },
  check: { en: 'check or project with checks', zh: '检查或有检查的项目' },
  'contact or other schedule': { en: 'contact or other schedule', zh: '联系人或其他排班' },
  'contact or schedule': { en: 'contact or schedule', zh: '联系人或排班' },
} satisfies Record<string, Bilingual>

export type Thing = keyof typeof things

/** Of a name that stands for nothing: what it may have been meant for, and what there is. */
export function notNamedWords(what: Thing, name: string, known: readonly string[]): Bilingual {
  const guess = didYouMean(name, known)
  const choice =
    known.length > 0
      ? { en: `there are: ${known.join(', ')}`, zh: `有：${known.join('、')}` }
      : { en: 'there is none', zh: '一个也没有' }
  return {
    en: `no ${things[what].en} is named \`${name}\`${guess.en}; ${choice.en}`,
    zh: `没有名为 \`${name}\` 的${things[what].zh}${guess.zh}；${choice.zh}`,
  }
}
