import type { ComponentState, Impact, PostState, SubscriptionWay } from '../../contracts/status-page.ts'
import type { Language } from '../../contracts/words.ts'

/** What a status page says to outsiders. */
export interface StatusWords {
  /** Of a component. */
  state: Record<ComponentState, string>
  /** Of all of them together. */
  all: Record<ComponentState, string>
  post: Record<PostState, string>
  /** What an incident is called that nobody has named. */
  heading: (components: string, impact: Impact) => string
  /** What is told of it when nobody writes. */
  automatic: Record<PostState, string>
  work: string
  /** What is told of its end when nobody writes. */
  workOver: string
  workState: { coming: string; now: string }
  span: (from: string, until: string) => string
  until: (until: string) => string
  asOf: (time: string, zone: string) => string
  old: (time: string) => string
  going: string
  planned: string
  components: string
  past: string
  noPast: string
  /** `since`: the first day of which something is known, where not all are. */
  days: (uptime: string, count: number, since?: string) => string
  daysUnknown: string
  dayKnown: (day: string, share: string) => string
  dayUnknown: (day: string) => string
  first: string
  today: string
  other: string
  copied: string
  live: string
  subscribe: string
  email: string
  webhook: string
  how: Record<SubscriptionWay, string>
  ask: string
  back: string
  asked: string
  askedHook: string
  noAddress: string
  noHook: string
  confirm: string
  confirmed: string
  confirmedHook: string
  hookBefore: string
  leave: string
  left: string
  staleLink: string
  none: string
  failed: string
  tooMany: string
}

export const statusWords: Record<Language, StatusWords> = {
  zh: {
    state: {
      operational: '正常',
      maintenance: '维护中',
      unknown: '暂无数据',
      degraded: '变慢',
      partial: '部分中断',
      major: '中断',
    },
    all: {
      operational: '所有服务正常',
      maintenance: '正在维护',
      unknown: '部分服务暂无数据',
      degraded: '部分服务变慢',
      partial: '部分服务中断',
      major: '服务中断',
    },
    post: { investigating: '调查中', identified: '已找到原因', monitoring: '观察中', resolved: '已解决' },
    heading: (components, impact) =>
      `${components}：${{ degraded: '变慢', partial: '部分中断', major: '中断' }[impact]}`,
    automatic: {
      investigating: '我们的监测发现了问题，正在调查。',
      identified: '已找到原因，正在处理。',
      monitoring: '已经修复，正在观察。',
      resolved: '服务已恢复。',
    },
    work: '计划维护',
    workOver: '维护已结束，或不再进行。',
    workState: { coming: '计划中', now: '进行中' },
    span: (from, until) => `${from} 至 ${until}`,
    until: (until) => `至 ${until}`,
    asOf: (time, zone) => `截至 ${time}（${zone}）`,
    old: (time) => `暂时读不到最新状态，以下为 ${time} 的情况。`,
    going: '当前事件',
    planned: '计划维护',
    components: '服务',
    past: '历史事件',
    noPast: '过去 90 天没有发布过事件。',
    days: (uptime, count, since) =>
      since === undefined ? `${count} 天可用率 ${uptime}` : `可用率 ${uptime}（自 ${since}，${count} 天）`,
    daysUnknown: '尚无可用率',
    dayKnown: (day, share) => `${day}：${share}`,
    dayUnknown: (day) => `${day}：无数据`,
    first: '90 天前',
    today: '今天',
    other: 'English',
    copied: '这是存放在别处的副本，在原站不可用时仍可查看。',
    live: '实时页面',
    subscribe: '订阅更新',
    email: '邮箱',
    webhook: 'Webhook 地址（https）',
    how: {
      mail: '每次更新发一封邮件。先会收到一封确认信，每封邮件都有退订链接。',
      webhook:
        '每次更新向你的程序发一个签名的 JSON（Standard Webhooks）。先会发去一个确认链接，打开并确认后显示签名密钥；每次更新都带退订链接。',
    },
    ask: '订阅本页的更新。',
    back: '返回状态页',
    asked: '请查收邮箱：若该地址尚未订阅，会收到一封确认信，一天之内有效。',
    askedHook: '若该地址尚未订阅，会向它发去 subscription.confirm，请在一天之内打开其中的 confirm 链接。',
    noAddress: '这不是邮箱地址，请检查后再试。',
    noHook: '更新不能发往这个地址：应以 https:// 开头，用公网域名和默认端口，不含用户名和密码，至多 1000 个字符。',
    confirm: '确认订阅',
    confirmed: '已订阅。每次更新会发一封邮件。',
    confirmedHook: '已订阅。每次更新都用这个密钥签名。它只显示这一次，请保存；遗失后请退订并重新订阅。',
    hookBefore: '已订阅。签名密钥在首次确认时已显示过；遗失后请退订并重新订阅。',
    leave: '退订',
    left: '已退订，不会再收到更新。',
    staleLink: '链接无效或已过期。请从状态页重新订阅。',
    none: '这里没有状态页，或链接中缺少令牌。请向提供链接的人确认完整地址。',
    failed: '暂时读不到状态，请稍后再试。',
    tooMany: '请求过于频繁，请一分钟后再试。',
  },
  en: {
    state: {
      operational: 'Operational',
      maintenance: 'Maintenance',
      unknown: 'No data',
      degraded: 'Degraded',
      partial: 'Partial outage',
      major: 'Outage',
    },
    all: {
      operational: 'All services are operational',
      maintenance: 'Maintenance is under way',
      unknown: 'Some services have no data',
      degraded: 'Some services are degraded',
      partial: 'Some services are partly down',
      major: 'There is an outage',
    },
    post: { investigating: 'Investigating', identified: 'Identified', monitoring: 'Monitoring', resolved: 'Resolved' },
    heading: (components, impact) =>
      `${components}: ${{ degraded: 'degraded', partial: 'partial outage', major: 'outage' }[impact]}`,
    automatic: {
      investigating: 'Our checks have found a problem, and we are looking into it.',
      identified: 'We have found the cause, and are working on it.',
      monitoring: 'A fix is in place, and we are watching it.',
      resolved: 'The service has recovered.',
    },
    work: 'Planned maintenance',
    workOver: 'The maintenance is over, or does not take place.',
    workState: { coming: 'Planned', now: 'In progress' },
    span: (from, until) => `${from} to ${until}`,
    until: (until) => `until ${until}`,
    asOf: (time, zone) => `As of ${time} (${zone})`,
    old: (time) => `The newest state can't be read at the moment. This is how it was at ${time}.`,
    going: 'Going on',
    planned: 'Planned maintenance',
    components: 'Services',
    past: 'Past incidents',
    noPast: 'No incident was announced in the last 90 days.',
    days: (uptime, count, since) =>
      `${uptime} uptime ${since === undefined ? 'in' : `since ${since},`} ${count} ${count === 1 ? 'day' : 'days'}`,
    daysUnknown: 'No uptime yet',
    dayKnown: (day, share) => `${day}: ${share}`,
    dayUnknown: (day) => `${day}: no data`,
    first: '90 days ago',
    today: 'Today',
    other: '中文',
    copied: 'This is a copy that is kept elsewhere, and stays when the page itself cannot be reached.',
    live: 'Live page',
    subscribe: 'Subscribe to updates',
    email: 'E-mail address',
    webhook: 'Address of a webhook (https)',
    how: {
      mail: 'One mail for each update. You are asked to confirm by mail first, and each mail has a link that ends it.',
      webhook:
        'A signed JSON to your program for each update (Standard Webhooks). It is sent a link first: whoever opens that and confirms is shown the key of the signatures. Each update has a link that ends it.',
    },
    ask: 'Subscribe to the updates of this page.',
    back: 'Back to the status page',
    asked:
      'Look into your mailbox: if this address is not subscribed yet, a mail asks you to confirm that within a day.',
    askedHook:
      'If this address is not subscribed yet, a subscription.confirm is posted to it: open the link "confirm" in it within a day.',
    noAddress: 'This is no e-mail address. Please look at it again.',
    noHook:
      'Updates cannot be posted to this address: it has to begin with https://, with a public name, the usual port and no login, in at most 1,000 characters.',
    confirm: 'Confirm the subscription',
    confirmed: 'You are subscribed. Each update comes by mail.',
    confirmedHook:
      'You are subscribed. Each update is signed by this key. It is shown this once: keep it. Whoever has lost it unsubscribes, and subscribes again.',
    hookBefore:
      'You are subscribed. The key of the signatures was shown when this was confirmed: whoever has lost it unsubscribes, and subscribes again.',
    leave: 'Unsubscribe',
    left: 'You are unsubscribed. No further update will come.',
    staleLink: 'This link is not valid, or too old. Please subscribe anew on the status page.',
    none: 'There is no status page here, or the link lacks its token. Ask whoever gave it to you for the whole address.',
    failed: "The status can't be read at the moment. Please try again soon.",
    tooMany: 'Too many requests. Please try again in a minute.',
  },
}
