import type { Language } from '../../shared/contracts/words.ts'

const en = {
  about:
    'The regions of a deployment in their order: which work, what each pages and guards, and what they have otherwise',
  notes:
    'A region works when the canary of the last minutes has gone through both of its queues. Exit code 1: one does not, or has other people or silences than the first.',
  head: ['REGION', 'WORKS', 'PAGES', 'GUARDS', 'DIFFERS'],
  silent: 'does not answer',
  well: (time: string) => `for ${time}`,
  late: (time: string) => `no: last ${time} ago`,
  never: 'no: never yet',
  people: (projects: string) => `people of ${projects} (apply)`,
  silences: (count: number) => (count === 1 ? '1 silence' : `${count} silences`),
  lost: 'another one pages what it paged',
}

const zh: typeof en = {
  about: '一个部署的各地域，按顺序：哪些在工作，各自在呼叫、看守什么，有什么不一致',
  notes: '最近几分钟的探路消息走过两个队列，地域才算在工作。退出码 1：有地域不在工作，或其人员、静默与第一个不同。',
  head: ['地域', '在工作', '呼叫', '看守', '不一致'],
  silent: '没有应答',
  well: (time) => `已 ${time}`,
  late: (time) => `否：上次在 ${time}前`,
  never: '否：还没有过',
  people: (projects) => `${projects} 的人员（apply）`,
  silences: (count) => `静默 ${count} 条`,
  lost: '它呼叫的改由别的地域呼叫',
}

/** The words of `region`. */
export const regionWords: Record<Language, typeof en> = { en, zh }
