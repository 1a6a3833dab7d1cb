import type { Fact, FactOf, Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'
import { type ApiFault, apiWording } from '../network/api-faults.ts'
import { daysIn, grouped, quoted } from '../phrases.ts'

type Nothing = Record<never, never>
type Review = 'under-review' | 'not-in-force' | 'refused' | 'missing'

/** What a cloud tells of an account, and what keeps it from telling. */
export type AccountFault =
  | ApiFault
  | FactOf<{
      'account-texts': { count: number; limit?: number }
      'account-balance': { amount: number; currency: string; limit?: number }
      'account-in-arrears': { amount: number; currency: string }
      'account-key-old': { ageMs: number; limitMs: number }
      'account-key-not-listed': Nothing
      'account-not-approved': { what: 'sign' | 'template'; name: string; state: Review; said: string }
      /** Neither is anything sent by this key. */
      'account-key-refused': { action: string; error: string; said: string }
      /** The key may not ask for this, or the vendor can't say now. */
      'account-not-told': { action: string; fault: Fact }
      'account-several': { each: Fact[] }
    }>

const states: Record<Review, Record<Language, string>> = {
  'under-review': { zh: '审核中', en: 'under review' },
  'not-in-force': { zh: '已通过，尚未生效', en: 'approved but not yet in force' },
  refused: { zh: '未通过审核，或已停用', en: 'refused or withdrawn' },
  missing: { zh: '不存在', en: 'not there' },
}

const kinds: Record<'sign' | 'template', Record<Language, string>> = {
  sign: { zh: '签名', en: 'signature' },
  template: { zh: '模板', en: 'template' },
}

export const accountWording: Wording<AccountFault> = {
  ...apiWording,
  'account-texts': {
    zh: ({ count, limit }) => `短信还剩 ${grouped(count)} 条${limit === undefined ? '' : `（限 ${grouped(limit)}）`}`,
    en: ({ count, limit }) =>
      `${grouped(count)} texts are left${limit === undefined ? '' : `, limit ${grouped(limit)}`}`,
  },
  'account-balance': {
    zh: ({ amount, currency, limit }) =>
      `余额 ${amount.toFixed(2)} ${moneyIn(currency)}${limit === undefined ? '' : `（限 ${limit}）`}`,
    en: ({ amount, currency, limit }) =>
      `${amount.toFixed(2)} ${currency} are left${limit === undefined ? '' : `, limit ${limit}`}`,
  },
  'account-in-arrears': {
    zh: ({ amount, currency }) => `账号欠费 ${amount.toFixed(2)} ${moneyIn(currency)}`,
    en: ({ amount, currency }) => `the account owes ${amount.toFixed(2)} ${currency}`,
  },
  'account-key-old': {
    zh: ({ ageMs, limitMs }) => `密钥已用 ${daysIn('zh', ageMs)}（限 ${daysIn('zh', limitMs)}）`,
    en: ({ ageMs, limitMs }) => `the key is ${daysIn('en', ageMs)} old, limit ${daysIn('en', limitMs)}`,
  },
  'account-key-not-listed': {
    zh: () => '账号的密钥列表里没有这个密钥',
    en: () => 'the account does not list this key',
  },
  'account-not-approved': {
    zh: ({ what, name, state, said }) => `${kinds[what].zh} ${name} ${states[state].zh}${after('：', said)}`,
    en: ({ what, name, state, said }) => `${kinds[what].en} ${name} is ${states[state].en}${after(': ', said)}`,
  },
  'account-key-refused': {
    zh: ({ action, error, said }) => `厂商不认这个密钥（${action}：${error}）${after('：', said)}`,
    en: ({ action, error, said }) => `the vendor does not take the key (${action}: ${error})${after(': ', said)}`,
  },
  'account-not-told': {
    zh: ({ action, fault }, say) => `${action}：${say(fault)}`,
    en: ({ action, fault }, say) => `${action}: ${say(fault)}`,
  },
  'account-several': {
    zh: ({ each }, say) => each.map(say).join('；'),
    en: ({ each }, say) => each.map(say).join('; '),
  },
}

/** Those that accounts are kept in (help.aliyun.com, QueryAccountBalance). */
const moneys = new Map([
  ['CNY', '元'],
  ['USD', '美元'],
  ['JPY', '日元'],
])

function moneyIn(currency: string): string {
  return moneys.get(currency) ?? currency
}

function after(before: string, said: string): string {
  return said === '' ? '' : `${before}${quoted(said)}`
}
