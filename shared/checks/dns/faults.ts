import type { FactOf, Wording } from '../../contracts/fact.ts'
import { type NetworkFault, networkWording } from '../network/faults.ts'
import { listIn } from '../phrases.ts'
import type { RecordType, ResponseCode } from './codes.ts'

/** Values of an answer, the first of them by name. */
export type Values = { first: string[]; more: number }

export type DnsFault =
  | NetworkFault
  | FactOf<{
      'dns-code': { answered: ResponseCode; expected: ResponseCode }
      'dns-no-record': { type: RecordType }
      'dns-unexpected': { type: RecordType; value: string }
      /** It may have others, but must have these. */
      'dns-lacks': { type: RecordType; found: Values; lacks: Values }
      'dns-none-of': { type: RecordType; found: Values; of: Values }
      'dns-differs': { type: RecordType; found: Values; expected: Values }
    }>

function valuesIn(language: 'zh' | 'en', { first, more }: Values): string {
  if (first.length === 0) return language === 'zh' ? '空' : 'none'
  return listIn(language, first, more)
}

export const dnsWording: Wording<DnsFault> = {
  ...networkWording,
  'dns-code': {
    zh: ({ answered, expected }) => `域名解析答复 ${answered}，应为 ${expected}`,
    en: ({ answered, expected }) => `DNS: ${answered}, expected ${expected}`,
  },
  'dns-no-record': {
    zh: ({ type }) => `域名解析失败：没有 ${type} 记录`,
    en: ({ type }) => `DNS: no ${type} record`,
  },
  'dns-unexpected': {
    zh: ({ type, value }) => `${type} 是 ${value}，不在预期之内`,
    en: ({ type, value }) => `${type} is ${value}, which is not expected`,
  },
  'dns-lacks': {
    zh: ({ type, found, lacks }) => `${type} 是 ${valuesIn('zh', found)}，缺少 ${valuesIn('zh', lacks)}`,
    en: ({ type, found, lacks }) => `${type} is ${valuesIn('en', found)}, without ${valuesIn('en', lacks)}`,
  },
  'dns-none-of': {
    zh: ({ type, found, of }) => `${type} 是 ${valuesIn('zh', found)}，应有其一：${valuesIn('zh', of)}`,
    en: ({ type, found, of }) => `${type} is ${valuesIn('en', found)}, with none of ${valuesIn('en', of)}`,
  },
  'dns-differs': {
    zh: ({ type, found, expected }) => `${type} 是 ${valuesIn('zh', found)}，应为 ${valuesIn('zh', expected)}`,
    en: ({ type, found, expected }) => `${type} is ${valuesIn('en', found)}, not ${valuesIn('en', expected)}`,
  },
}
