import type { Wording } from '../../shared/contracts/fact.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { Difference } from '../../shared/engine/regions/differences.ts'
import { factBy } from '../../shared/messages/check-facts.ts'
import { words } from '../../shared/messages/words.ts'

const en = {
  about: 'The regions of a deployment: which work, who has duty, and who is to have it',
  show: 'Show the regions in their order: which work, what each pages and guards, and what they have otherwise (as without a command)',
  take: 'Have a region take duty by hand: it pages what is open and what begins, and the others guard that',
  taker: 'the region that takes it',
  takeNotes:
    'What another region pages is handed over between two steps, never while a phone rings. Should the region that has taken it be lost, the next one takes over after its guard.',
  for: 'for how long, such as 2h; otherwise until it is released',
  as: 'who says so; otherwise the user of this machine',
  yes: 'takes duty also for a region that does not work on what it takes',
  release: 'Have duty go by the order again',
  taken: (region: string, until?: string) => `${region} has duty ${until ? `until ${until}` : 'until it is released'}.`,
  released: 'Duty goes by the order again.',
  hears: 'it hears of it from the others',
  notes:
    'A region works when the canary of the last minutes has gone through both of its queues. Exit code 1: one does not, or has other people, silences or another secret than the first, or a clock that is off.',
  head: ['REGION', 'WORKS', 'DUTY', 'PAGES', 'GUARDS', 'DIFFERS'],
  here: 'here',
  since: (who: string, time: string, why: string, until?: string) =>
    `${who} since ${time}: ${why}${until ? ` until ${until}` : ''}`,
  silent: 'does not answer',
  well: (time: string) => `for ${time}`,
  late: (time: string) => `no: last ${time} ago`,
  never: 'no: never yet',
  refused: (region: string, count: number) =>
    `${region} has refused ${count === 1 ? '1 word' : `${count} words`} of others since it was deployed: its dead letters say why`,
  untaken: (region: string, vantage: string, time: string, why?: string) =>
    `reports of ${vantage} do not get to ${region} since ${time}: ${why ?? 'no answer'}`,
  lost: 'another one pages what it paged',
}

const zh: typeof en = {
  about: '一个部署的各地域：哪些在工作，由谁值守，改由谁值守',
  show: '各地域，按顺序：哪些在工作，各自在呼叫、看守什么，有什么不一致（不写子命令时也是它）',
  take: '让一个地域人工接手值守：未结束和新来的都由它呼叫，其余地域看守',
  taker: '接手的地域',
  takeNotes: '别的地域正在呼叫的，在两步之间交接，不会在响铃时交接。接手的地域若失联，下一个在看守到时后接替。',
  for: '多久，如 2h；不写则到交还为止',
  as: '由谁决定；默认本机用户',
  yes: '地域没有在处理收到的消息也接手',
  release: '恢复按顺序值守',
  taken: (region, until) => `${region} 接手值守，${until ? `到 ${until}` : '直到交还'}。`,
  released: '已恢复按顺序值守。',
  hears: '它会从别的地域得知',
  notes:
    '最近几分钟的探路消息走过两个队列，地域才算在工作。退出码 1：有地域不在工作，其人员、静默或密钥与第一个不同，或时钟不准。',
  head: ['地域', '在工作', '值守', '呼叫', '看守', '不一致'],
  here: '本地域',
  since: (who, time, why, until) => `${who}，自 ${time}：${why}${until ? `，到 ${until}` : ''}`,
  silent: '没有应答',
  well: (time) => `已 ${time}`,
  late: (time) => `否：上次在 ${time}前`,
  never: '否：还没有过',
  refused: (region, count) => `${region} 自部署以来拒收了 ${count} 条其他地域的告知：死信里有原因`,
  untaken: (region, vantage, time, why) => `${vantage} 的报告自 ${time} 起送不到 ${region}：${why ?? '没有应答'}`,
  lost: '它呼叫的改由别的地域呼叫',
}

/** The words of `region`. */
export const regionWords: Record<Language, typeof en> = { en, zh }

const projectsText = (projects: string[], language: Language) => projects.join(words[language].list)

/** What a region has otherwise than the first, short. */
const differenceWording: Wording<Difference> = {
  'other-secret': { zh: () => '密钥不同，互相不接受告知', en: () => 'another secret: neither takes the other’s words' },
  clock: {
    zh: ({ aheadMs }) => `时钟${aheadMs > 0 ? '快' : '慢'} ${Math.round(Math.abs(aheadMs) / 1_000)} 秒`,
    en: ({ aheadMs }) => `its clock is ${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'ahead' : 'behind'}`,
  },
  people: {
    zh: ({ projects }) => `${projectsText(projects, 'zh')} 的人员（apply）`,
    en: ({ projects }) => `people of ${projectsText(projects, 'en')} (apply)`,
  },
  silences: {
    zh: ({ count }) => `静默 ${count} 条`,
    en: ({ count }) => (count === 1 ? '1 silence' : `${count} silences`),
  },
  version: { zh: ({ version }) => `版本 ${version}`, en: ({ version }) => `version ${version}` },
}

export const differenceText = (difference: Difference, language: Language): string =>
  factBy(differenceWording, language, difference)
