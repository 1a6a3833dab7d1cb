import type { Wording } from '../contracts/fact.ts'
import type { Language, VerdictWord } from '../contracts/words.ts'
import type { VerdictFact } from '../evaluation/verdict-fact.ts'
import { vantageName } from './places.ts'
import { duration } from './times.ts'

const verdicts: Record<Language, Record<VerdictWord, string>> = {
  zh: { up: '正常', degraded: '变慢', down: '不可用', unknown: '无数据' },
  en: { up: 'up', degraded: 'slow', down: 'down', unknown: 'without data' },
}

function placesIn(language: Language, { vantages, more }: { vantages: string[]; more: number }): string {
  const names = vantages.map((vantage) => vantageName(vantage, language))
  if (language === 'zh') return names.join('、') + (more > 0 ? `等 ${names.length + more} 处` : '')
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/** What alerts of checks say. */
export const verdictWording: Wording<VerdictFact> = {
  'check-is': {
    zh: ({ check, verdict, why }, say) => (why ? `${check}：${say(why)}` : `${check} ${verdicts.zh[verdict]}`),
    en: ({ check, verdict, why }, say) => (why ? `${check}: ${say(why)}` : `${check} is ${verdicts.en[verdict]}`),
  },
  'check-seen': {
    zh: ({ check, verdict, count, all, known }) =>
      `${check} ${verdicts.zh[verdict]}，${all} 处中 ${count} 处确认${known < all ? `（${known} 处有数据）` : ''}`,
    en: ({ check, verdict, count, all, known }) =>
      `${check} is ${verdicts.en[verdict]}, seen from ${count} of ${all}${known < all ? ` (${known} known)` : ''}`,
  },
  'check-seen-before': {
    zh: ({ check, verdict, by }) => `${check} 仍${verdicts.zh[verdict]}：${placesIn('zh', by)} 曾见如此，现在无法再看`,
    en: ({ check, verdict, by }) =>
      `${check} is still ${verdicts.en[verdict]}: ${placesIn('en', by)} saw it so and cannot look now`,
  },
  'check-witnesses-gone': {
    zh: ({ check, by }) => `${check} 状态未知：${placesIn('zh', by)} 曾见异常，此后再无消息`,
    en: ({ check, by }) => `${check} is unknown: ${placesIn('en', by)} saw it down and never came back`,
  },
  'check-without-data': {
    zh: ({ check, from }) => `${check} 无数据：${placesIn('zh', from)}`,
    en: ({ check, from }) => `${check}: no data from ${placesIn('en', from)}`,
  },
  'check-held': {
    zh: ({ check, verdict, changes, withinMs }) =>
      `${check} ${duration(withinMs, 'zh')}内变化 ${changes} 次，平稳之前按“${verdicts.zh[verdict]}”保持`,
    en: ({ check, verdict, changes, withinMs }) =>
      `${check} changed ${changes} times within ${duration(withinMs, 'en')} and is held ${verdicts.en[verdict]} until it is calm`,
  },
  'check-removed': { zh: ({ check }) => `${check} 已不再检查`, en: ({ check }) => `${check} is no longer checked` },
  'partly-bad': {
    zh: ({ check, from, why }, say) => `从 ${placesIn('zh', from)} 看 ${check} 异常${why ? `：${say(why)}` : ''}`,
    en: ({ check, from, why }, say) => `${check} is not well from ${placesIn('en', from)}${why ? `: ${say(why)}` : ''}`,
  },
  'partly-bad-by-turns': {
    zh: ({ check, from }) => `从 ${placesIn('zh', from)} 看 ${check} 时好时坏`,
    en: ({ check, from }) => `${check} is well and not well by turns from ${placesIn('en', from)}`,
  },
  'partly-bad-no-more': {
    zh: ({ check, verdict }) => `${check} 各处所见一致：${verdicts.zh[verdict]}`,
    en: ({ check, verdict }) => `${check} is ${verdicts.en[verdict]} from everywhere`,
  },
  'not-observed': {
    zh: ({ check, from, why }, say) => `${placesIn('zh', from)} 看不到 ${check}：${why ? say(why) : '没有它的上报'}`,
    en: ({ check, from, why }, say) =>
      `${check} cannot be looked at from ${placesIn('en', from)}: ${why ? say(why) : 'it reports nothing of it'}`,
  },
  'not-observed-by-turns': {
    zh: ({ check, from }) => `${placesIn('zh', from)} 时而看得到、时而看不到 ${check}`,
    en: ({ check, from }) => `${check} can and cannot be looked at by turns from ${placesIn('en', from)}`,
  },
  'observed-again': {
    zh: ({ check }) => `各处都看得到 ${check}`,
    en: ({ check }) => `${check} is looked at from everywhere`,
  },
}
