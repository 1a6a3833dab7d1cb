import type { SubscriptionWay } from '../../contracts/status-page.ts'
import type { Language } from '../../contracts/words.ts'

/** What the page of a status page's subscribers says by itself. */
export interface SubscriberWords {
  title: string
  how: string
  ways: Record<SubscriptionWay, string>
  sent: string
  states: Record<'asked' | 'active', string>
  never: string
  failures: (count: number) => string
  /** Sealed by another secret. */
  unreadable: string
  count: (active: number, asked: number) => string
  none: string
  noPages: string
  remove: string
  removeOf: (address: string) => string
  removed: string
  notThere: string
  onlyResponders: string
  onlyAdmins: string
}

const zh: SubscriberWords = {
  title: '订阅者',
  how: '谁订阅了状态页。地址加密保存，这里只显示一部分；未确认的一天后遗忘。移除后不再通知，也不告知对方。',
  ways: { mail: '邮件', webhook: 'Webhook' },
  sent: '最近一次送达',
  states: { asked: '未确认，自', active: '已确认，自' },
  never: '还没有',
  failures: (count) => `此后连续失败 ${count} 次`,
  unreadable: '由另一个密钥加密，读不出',
  count: (active, asked) => `${active} 个已确认，${asked} 个未确认`,
  none: '还没有人订阅。',
  noPages: '没有可订阅的状态页：在 fenghuo.yml 的 status 中写上 subscribe。',
  remove: '移除',
  removeOf: (address) => `移除 ${address}`,
  removed: '已移除，不再通知。',
  notThere: '已不在：可能已退订，或已移除。',
  onlyResponders: '查看订阅者需要在所有项目中的 responder 角色。',
  onlyAdmins: '移除订阅者需要在所有项目中的 admin 角色。',
}

const en: SubscriberWords = {
  title: 'Subscribers',
  how: 'Who has subscribed to the status pages. Addresses are kept encrypted, and only a part of each is shown; who does not confirm is forgotten after a day. Who is removed is told nothing any more, and not of that either.',
  ways: { mail: 'mail', webhook: 'webhook' },
  sent: 'Last delivery',
  states: { asked: 'not confirmed, since', active: 'confirmed, since' },
  never: 'none yet',
  failures: (count) => (count === 1 ? 'has failed once since' : `has failed ${count} times in a row since`),
  unreadable: 'sealed by another secret: it cannot be read',
  count: (active, asked) => `${active} confirmed, ${asked} not confirmed`,
  none: 'Nobody has subscribed yet.',
  noPages: 'No status page can be subscribed to: write subscribe below status in fenghuo.yml.',
  remove: 'Remove',
  removeOf: (address) => `Remove ${address}`,
  removed: 'Removed: it is told nothing any more.',
  notThere: 'It is not there any more: it has unsubscribed, or was removed.',
  onlyResponders: 'To see subscribers takes the role responder in all projects.',
  onlyAdmins: 'To remove subscribers takes the role admin in all projects.',
}

export const subscriberWords: Record<Language, SubscriberWords> = { zh, en }
