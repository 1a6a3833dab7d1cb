import type { Language } from '../../contracts/words.ts'

/** What the page of regions says by itself. */
export interface RegionsPageWords {
  title: string
  alone: string
  /** What is done to have another one, in this order. */
  add: string
  steps: { name: string; deploy: string; look: string }
  guide: string
  how: string
  order: string
  here: string
  serves: string
  duty: string
  byOrder: (region: string) => string
  since: (region: string, why: string) => string
  until: string
  thisOne: (region: string) => string
  well: (time: string) => string
  late: (ago: string) => string
  never: string
  pages: string
  guards: string
  none: string
  reports: string
  bring: (some: number, all: number) => string
  /** Before since when, and why. */
  brings: string
  history: string
  change: (from: string, to: string, why: string) => string
  compare: string
}

const zh: RegionsPageWords = {
  title: '地域',
  alone: '这个部署只在一个地域，没有别的地域接替。',
  add: '如何增加一个地域',
  steps: {
    name: '在 fenghuo.yml 里按顺序写上，第一个呼叫，其余看守：',
    deploy: '用那里的 Connect 实例在每个地域部署：',
    look: '在一台机器上用两个地域演练，看一个接替另一个：',
  },
  guide: '全部步骤及其保证：',
  how: '以下是本地域所知：每个地域都知道全部告警单，由一个呼叫，其余看守。',
  order: '顺序',
  here: '本地域',
  serves: '值守',
  duty: '由谁值守',
  byOrder: (region) => `${region}，一直按顺序`,
  since: (region, why) => `${region}：${why}，自`,
  until: '到',
  thisOne: (region) => `本地域 ${region}`,
  well: (time) => `收到的消息有人处理，已 ${time}`,
  late: (ago) => `收到的消息没有人处理：探路消息上次走通在 ${ago}前`,
  never: '探路消息还没有走通过',
  pages: '呼叫',
  guards: '看守',
  none: '无',
  reports: '各地观测点的报告',
  bring: (some, all) => `${all} 处中 ${some} 处送到`,
  brings: '送不到，自',
  history: '值守的变更',
  change: (from, to, why) => `${from} → ${to}：${why}`,
  compare:
    '各地域的人员、静默、密钥、时钟和版本的差异：bin/fenghuo.js region；watch 发现的差异是 fenghuo 项目的告警单。',
}

const en: RegionsPageWords = {
  title: 'Regions',
  alone: 'This deployment is in one region: no other takes over.',
  add: 'How to add a second one',
  steps: {
    name: 'Name them in fenghuo.yml, in order: the first pages, the others guard it.',
    deploy: 'Deploy each, with a Connect instance of its own there.',
    look: 'See one take over from another, on one machine.',
  },
  guide: 'All steps, and what holds then:',
  how: 'This is what this region knows: each region has every incident, one pages it, and the others guard it.',
  order: 'Order',
  here: 'here',
  serves: 'has duty',
  duty: 'Duty',
  byOrder: (region) => `${region}: it has always gone by the order`,
  since: (region, why) => `${region}: ${why}, since`,
  until: 'until',
  thisOne: (region) => `This region, ${region}`,
  well: (time) => `what comes in is worked on, for ${time}`,
  late: (ago) => `what comes in is not worked on: a canary last came through ${ago} ago`,
  never: 'no canary has come through yet',
  pages: 'Pages',
  guards: 'Guards',
  none: 'none',
  reports: 'Reports of the vantages',
  bring: (some, all) => `${some} of ${all} bring theirs here`,
  brings: 'does not since',
  history: 'How duty has changed',
  change: (from, to, why) => `${from} → ${to}: ${why}`,
  compare:
    'Where people, silences, secrets, clocks and versions of regions differ: bin/fenghuo.js region. What watch finds of it is an incident of the project fenghuo.',
}

export const regionsPageWords: Record<Language, RegionsPageWords> = { zh, en }
