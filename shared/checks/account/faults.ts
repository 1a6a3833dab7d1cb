import type { Fact, FactOf, Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'
import { type ApiFault, apiWording } from '../network/api-faults.ts'
import { daysIn, grouped, quoted } from '../phrases.ts'

type Nothing = Record<never, never>

/** What texts and calls need, and why it does not serve them. */
export type NotInForce = {
  what: 'sign' | 'template' | 'number' | 'sender' | 'instance' | 'user' | 'application'
  name: string
  state:
    | 'under-review'
    | 'not-in-force'
    | 'refused'
    | 'missing'
    | 'not-active'
    | 'no-calls-out'
    | 'disabled'
    | 'seen-by-nobody'
}

/** What a cloud tells of an account, and what keeps it from telling. */
export type AccountFault =
  | ApiFault
  | FactOf<{
      'account-texts': { count: number; limit?: number }
      /** By its name, or a part of it; in its own unit, where it has told one. */
      'account-package': { name: string; left: number; unit: string; limit?: number }
      'account-balance': { amount: number; currency: string; limit?: number }
      'account-in-arrears': { amount: number; currency: string }
      'account-key-old': { ageMs: number; limitMs: number; user?: string }
      'account-key-not-listed': Nothing
      'account-not-approved': NotInForce & { said: string }
      /** Of AWS, USD: what texts may still cost this month, of so many. */
      'account-spend': { left: number; total: number; limit?: number }
      'account-spend-uncounted': Nothing
      /** At once, by an instance of Connect. */
      'account-calls': { count: number; limit?: number }
      /** Neither is anything sent by this key. */
      'account-key-refused': { action: string; error: string; said: string }
      /** The key may not ask for this, or the vendor can't say now. */
      'account-not-told': { action: string; fault: Fact }
      'account-several': { each: Fact[] }
    }>

const states: Record<NotInForce['state'], Record<Language, string>> = {
  'under-review': { zh: '审核中', en: 'under review' },
  'not-in-force': { zh: '已通过，尚未生效', en: 'approved but not yet in force' },
  refused: { zh: '未通过审核，或已停用', en: 'refused or withdrawn' },
  missing: { zh: '不存在', en: 'not there' },
  'not-active': { zh: '不可用', en: 'not active' },
  'no-calls-out': { zh: '不允许呼出', en: 'not allowed to call out' },
  disabled: { zh: '已停用', en: 'disabled' },
  'seen-by-nobody': { zh: '的可见范围内没有人', en: 'visible to nobody' },
}

const kinds: Record<NotInForce['what'], Record<Language, string>> = {
  sign: { zh: '签名', en: 'signature' },
  template: { zh: '模板', en: 'template' },
  number: { zh: '号码', en: 'number' },
  sender: { zh: '短信发送方', en: 'sender ID' },
  instance: { zh: '实例', en: 'instance' },
  user: { zh: '用户', en: 'user' },
  application: { zh: '应用', en: 'application' },
}

export const accountWording: Wording<AccountFault> = {
  ...apiWording,
  'account-texts': {
    zh: ({ count, limit }) => `短信还剩 ${grouped(count)} 条${limit === undefined ? '' : `（限 ${grouped(limit)}）`}`,
    en: ({ count, limit }) =>
      `${grouped(count)} texts are left${limit === undefined ? '' : `, limit ${grouped(limit)}`}`,
  },
  'account-package': {
    zh: ({ name, left, unit, limit }) =>
      `套餐包 ${name} 还剩 ${[grouped(left), unit].filter(Boolean).join(' ')}${limit === undefined ? '' : `（限 ${grouped(limit)}）`}`,
    en: ({ name, left, unit, limit }) =>
      `package ${name} has ${[grouped(left), unit].filter(Boolean).join(' ')} left${limit === undefined ? '' : `, limit ${grouped(limit)}`}`,
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
    zh: ({ ageMs, limitMs, user }) =>
      `${user === undefined ? '' : `用户 ${user} 的`}密钥已用 ${daysIn('zh', ageMs)}（限 ${daysIn('zh', limitMs)}）`,
    en: ({ ageMs, limitMs, user }) =>
      `the key${user === undefined ? '' : ` of user ${user}`} is ${daysIn('en', ageMs)} old, limit ${daysIn('en', limitMs)}`,
  },
  'account-key-not-listed': {
    zh: () => '账号的密钥列表里没有这个密钥',
    en: () => 'the account does not list this key',
  },
  'account-not-approved': {
    zh: ({ what, name, state, said }) => `${kinds[what].zh} ${name} ${states[state].zh}${after('：', said)}`,
    en: ({ what, name, state, said }) => `${kinds[what].en} ${name} is ${states[state].en}${after(': ', said)}`,
  },
  'account-spend': {
    zh: ({ left, total, limit }) =>
      `本月短信还可消费 ${left.toFixed(2)} 美元，上限 ${total} 美元${limit === undefined ? '' : `（限 ${limit}）`}`,
    en: ({ left, total, limit }) =>
      `${left.toFixed(2)} of ${total} USD are left for texts this month${limit === undefined ? '' : `, limit ${limit}`}`,
  },
  'account-spend-uncounted': {
    zh: () => '厂商没有统计短信消费：缺少短信服务的关联角色',
    en: () => 'AWS does not count what texts cost: its service-linked role is not there',
  },
  'account-calls': {
    zh: ({ count, limit }) => `可同时 ${count} 个呼叫${limit === undefined ? '' : `（限 ${limit}）`}`,
    en: ({ count, limit }) => `${count} calls at once${limit === undefined ? '' : `, limit ${limit}`}`,
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
