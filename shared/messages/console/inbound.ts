import type { Language, Severity } from '../../contracts/words.ts'
import { words } from '../words.ts'

/** What the pages about the ways in say by themselves. */
export interface InboundPageWords {
  title: string
  how: string
  noProjects: string
  formats: (count: number) => string
  heardOf: string
  others: string
  never: string
  lastSeen: (ago: string, alerts: number) => string
  address: string
  keyIs: (project: string) => string
  copy: string
  setup: string
  options: string
  test: string
  testHow: string
  noEnd: string
  signed: string
  testKey: string
  keyHow: string
  wakes: (severity: Severity) => string
  sure: string
  send: string
  noKey: string
  taken: (status: number, answer: string) => string
  refused: (status: number, answer: string) => string
  noAnswer: (reason: string) => string
  open: string
  /** What a test says. */
  sample: string
}

const zh: InboundPageWords = {
  title: '接入',
  how: '其他系统把告警发到这里，各用各的协议，只改一个地址。',
  noProjects: '没有您能看的项目。',
  formats: (count) => `全部 ${count} 种格式`,
  heardOf: '最近收到过',
  others: '其他格式',
  never: '还没有收到过',
  lastSeen: (ago, alerts) => `${ago}前收到，含 ${alerts} 条告警`,
  address: '地址',
  keyIs: (project) => `{key} 是项目 ${project} 的密钥，即配置里 keys 所写变量的值；这里没有密钥，不会显示。`,
  copy: '复制',
  setup: '如何设置',
  options: '这个项目为该格式写了设置。',
  test: '试一试',
  testHow: '经真实地址发送一条测试告警，再让它恢复，不留下未恢复的告警单。',
  noEnd: '这种格式开始的事没有消息能结束，测试会真的呼叫人：请用 bin/fenghuo.js replay 查看一份内容会产生什么。',
  signed: '这个项目要求该格式的请求带签名，签名的密钥不在这里：请用 bin/fenghuo.js inbound test。',
  testKey: '项目的密钥',
  keyHow: '只用于这一次发送，不保存。',
  wakes: (severity) => `这种格式写不了级别，测试会算作${words.zh.severity[severity]}，恢复之前可能就打电话。`,
  sure: '知道，仍要发送',
  send: '发送测试',
  noKey: '没有写密钥，什么也没有发送。',
  taken: (status) => `已接收（HTTP ${status}）：测试已在事件队列里。`,
  refused: (status, answer) => `没有接收（HTTP ${status}）：${answer}`,
  noAnswer: (reason) => `接入地址没有应答：${reason}`,
  open: '测试的开始已接收，恢复没有：请关闭它的告警单。',
  sample: '接入测试',
}

const en: InboundPageWords = {
  title: 'Inbound',
  how: 'Other systems send their alerts here, each by its own protocol: nothing changes but an address.',
  noProjects: 'There is no project that you may look at.',
  formats: (count) => `all ${count} formats`,
  heardOf: 'Heard of lately',
  others: 'Other formats',
  never: 'not heard of yet',
  lastSeen: (ago, alerts) => `heard of ${ago} ago, with ${alerts} ${alerts === 1 ? 'alert' : 'alerts'}`,
  address: 'Address',
  keyIs: (project) =>
    `{key} is a key of ${project}: what the variable holds that \`keys\` names in the configuration. Keys are not here, and not shown.`,
  copy: 'Copy',
  setup: 'How to set it up',
  options: 'The project has settings for this format.',
  test: 'Try it',
  testHow: 'A test goes through the real address and is resolved at once: no incident stays open.',
  noEnd:
    'Nothing ends what this format begins, so a test would page: bin/fenghuo.js replay shows what would come of a payload.',
  signed:
    'The project has this format’s requests signed, and the secret is not here: bin/fenghuo.js inbound test sends one.',
  testKey: 'A key of the project',
  keyHow: 'It serves this one test, and is not kept.',
  wakes: (severity) =>
    `This format has no severity: the test would be ${words.en.severity[severity]}, and may call before it is resolved.`,
  sure: 'I know, send it',
  send: 'Send a test',
  noKey: 'There was no key: nothing was sent.',
  taken: (status) => `Taken (HTTP ${status}): the test is on the events queue.`,
  refused: (status, answer) => `Not taken (HTTP ${status}): ${answer}`,
  noAnswer: (reason) => `The way in does not answer: ${reason}`,
  open: 'What begins the test was taken, and what ends it was not: resolve its incident.',
  sample: 'Test of the way in',
}

export const inboundPageWords: Record<Language, InboundPageWords> = { zh, en }
