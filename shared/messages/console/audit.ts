import type { Language } from '../../contracts/words.ts'

/** What the page of the audit says by itself. */
export interface AuditWords {
  title: string
  how: string
  day: string
  who: string
  show: string
  none: string
  /** Not all timelines were read. */
  some: (incidents: number) => string
  newest: (requests: number) => string
  before: string
  after: string
  from: (address: string) => string
  /** Numbers and ids, masked. */
  knownAt: (addresses: string) => string
  done: string
  refused: (status: number) => string
  /** It failed on the way, and may have been done. */
  broken: (status: number) => string
  /** It had begun, and nobody has said what became of it. */
  unknown: string
  doors: Record<'console' | 'api' | 'link' | 'cli', string>
  onlyAdmins: string
}

const zh: AuditWords = {
  title: '审计',
  how: '谁做了什么，从哪里；控制台、API 和认领链接的请求附来源地址，命令行的操作附用户、机器和 AWS 身份；电话、短信和群按钮的操作取自告警单的时间线，附此人现在的号码或 ID。“天”按 UTC。每次操作先记下再执行；只记下了开始的，结果不明。请求保留 400 天，告警单的时间线在结束后保留 180 天。',
  day: '日期',
  who: '谁',
  show: '查看',
  none: '这一天没有记录。',
  some: (incidents) =>
    `这一天的告警单超过 ${incidents} 张：其中较早的，电话、短信和群按钮的操作没有列出，请看告警单本身。`,
  newest: (requests) => `这一天的请求很多，只列出最新的 ${requests} 条。`,
  before: '前一天',
  after: '后一天',
  from: (address) => `来自 ${address}`,
  knownAt: (addresses) => `（现为 ${addresses}）`,
  done: '已完成',
  refused: (status) => `未完成（HTTP ${status}）`,
  broken: (status) => `中途失败（HTTP ${status}），可能已生效`,
  unknown: '已开始，结果不明',
  doors: { console: '控制台', api: 'API', link: '认领链接', cli: '命令行' },
  onlyAdmins: '查看审计需要在所有项目中的 admin 角色。',
}

const en: AuditWords = {
  title: 'Audit',
  how: 'Who did what, and from where: requests with their address, commands with user, machine and AWS identity; calls, texts and buttons by incidents’ timelines, with the person’s number or id of now. What is asked for is written down before it is done: of what has a beginning alone nobody knows the end. Days are those of UTC. Requests and commands are kept for 400 days, timelines for 180 after an incident is over.',
  day: 'Day',
  who: 'Who',
  show: 'Show',
  none: 'Nothing was done on this day.',
  some: (incidents) =>
    `More than ${incidents} incidents began on this day: what was done to the earlier ones by phone, text or button is told by themselves.`,
  newest: (requests) => `Much was asked for on this day: these are its newest ${requests} requests.`,
  before: 'the day before',
  after: 'the day after',
  from: (address) => `from ${address}`,
  knownAt: (addresses) => `(now ${addresses})`,
  done: 'done',
  refused: (status) => `not done (HTTP ${status})`,
  broken: (status) => `failed on the way (HTTP ${status}), may have been done`,
  unknown: 'begun, its end is not known',
  doors: { console: 'console', api: 'API', link: 'acknowledge link', cli: 'command line' },
  onlyAdmins: 'To see the audit takes the role admin in all projects.',
}

export const auditWords: Record<Language, AuditWords> = { zh, en }
