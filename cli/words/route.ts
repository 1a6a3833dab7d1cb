import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about: 'Who would be paged, by which channels, layer by layer',
  project: 'whose alert',
  severity: "how bad (default: the project's own)",
  at: "such as 2026-12-05T18:30, `Sat 18:00`: in the configuration's time zone unless it names its own",
  deployed: 'with the people in the contacts table, in place of oncall.yml',
  notes: 'Exit code 1: the policy pages for this severity, and nobody could be reached.',
  row: (project: string, problem: string) => `${project} in the contacts table: ${problem}`,
  title: (severity: string, project: string, when: string, zone: string) =>
    `${severity} alert of ${project}, ${when} (${zone})`,
  head: ['LAYER', 'WHO', 'AT ONCE', 'IF THAT FAILS', 'CALLS', 'NEXT AFTER'],
  robots: 'robots',
  sameRobots: 'those told already',
  rounds: (rounds: string, every: string, end: string) =>
    `${rounds}, then everybody again every ${every}, until ${end} or it recovers.`,
  until: { key: 'somebody acknowledges', answer: 'somebody answers' },
  later: (robots: string, time: string) => `Told if nobody has taken it in ${time}: ${robots}.`,
  raised: (time: string) => `The next worse severity once nobody has taken it in ${time}.`,
  limit: (limit: string) => `Limit: ${limit}.`,
  nobody: 'Nobody is paged.',
  chat: (robots: string) => `Told once per state change: ${robots}.`,
  noChat: 'No robot is told.',
}

const zh: typeof en = {
  about: '会呼叫谁，用哪些渠道，逐层列出',
  project: '哪个项目的告警',
  severity: '严重程度（默认：项目自己的）',
  at: '如 2026-12-05T18:30、`Sat 18:00`：按配置的时区，除非自带时区',
  deployed: '用联系人表里的人，而不是 oncall.yml',
  notes: '退出码 1：策略要为这个级别呼叫人，却一个也找不到。',
  row: (project, problem) => `联系人表里的 ${project}：${problem}`,
  title: (severity, project, when, zone) => `${project} 的${severity}级告警，${when}（${zone}）`,
  head: ['层', '谁', '同时', '失败则', '通数', '多久后下一层'],
  robots: '机器人',
  sameRobots: '已告知的那些',
  rounds: (rounds, every, end) => `${rounds}，之后每隔 ${every}再找一遍所有人，直到${end}或恢复。`,
  until: { key: '有人认领', answer: '有人接听' },
  later: (robots, time) => `${time}无人认领则告知：${robots}。`,
  raised: (time) => `${time}无人认领则升为更严重的一级。`,
  limit: (limit) => `上限：${limit}。`,
  nobody: '不呼叫任何人。',
  chat: (robots) => `每次状态变化告知一次：${robots}。`,
  noChat: '不通知任何机器人。',
}

/** The words of `route`. */
export const routeWords: Record<Language, typeof en> = { en, zh }
