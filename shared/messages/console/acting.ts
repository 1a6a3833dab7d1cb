import type { Language } from '../../contracts/words.ts'

/** What the page of an incident says of what is seldom done to one. */
export interface ConsoleActingWords {
  layer: string
  fromLayer: string
  layerOf: (number: number, pages: string) => string
  until: string
  snooze: string
  policy: string
  handOver: string
  mergeInto: string
  merge: string
  split: (number: number) => string
  /** Why nothing was done. */
  refused: {
    layer: (layers: number) => string
    until: string
    policy: (name: string, among: string) => string
    'reaches-nobody': (name: string) => string
    itself: string
    unknown: (number: number) => string
    over: (number: number) => string
    member: (number: number, into: number) => string
    unmerged: string
    'silence-of-others': string
  }
}

const zh: ConsoleActingWords = {
  layer: '从哪一层',
  fromLayer: '从这一层起呼叫',
  layerOf: (number, pages) => `第 ${number} 层：${pages}`,
  until: '到什么时候',
  snooze: '认领到那时',
  policy: '改按哪个策略',
  handOver: '转给这个策略',
  mergeInto: '并入哪一张（编号）',
  merge: '并入',
  split: (number) => `从 #${number} 拆出`,
  refused: {
    layer: (layers) => `只有 ${layers} 层，没有做任何事。`,
    until: '时间应在 1 分钟以后、7 天以内，没有做任何事。',
    policy: (name, among) =>
      `这个项目的告警单不能转给策略 ${name}，没有做任何事。可以转给：${among}；其他的要写进项目的 handOver。`,
    'reaches-nobody': (name) => `策略 ${name} 对这个级别找不到任何人，没有做任何事。请转给某个人。`,
    itself: '不能并入自己，没有做任何事。',
    unknown: (number) => `没有 #${number} 这张告警单，没有做任何事。`,
    over: (number) => `#${number} 已经结束，没有做任何事。`,
    member: (number, into) => `#${number} 自己已并入 #${into}，没有做任何事：请写那一张。`,
    unmerged: '它没有并入别的告警单，没有做任何事。',
    'silence-of-others': '压住它的静默也涉及其他项目，没有做任何事：由可以处理那些项目的人结束。',
  },
}

const en: ConsoleActingWords = {
  layer: 'From which layer',
  fromLayer: 'Page from there on',
  layerOf: (number, pages) => `Layer ${number}: ${pages}`,
  until: 'Until when',
  snooze: 'Snooze until then',
  policy: 'By which policy',
  handOver: 'Hand over to it',
  mergeInto: 'Merge into (number)',
  merge: 'Merge',
  split: (number) => `Take out of #${number}`,
  refused: {
    layer: (layers) => `There ${layers === 1 ? 'is 1 layer' : `are ${layers} layers`}: nothing was done.`,
    until: 'That should be from 1 minute to 7 days ahead: nothing was done.',
    policy: (name, among) =>
      `An incident of this project cannot go to the policy ${name}: nothing was done. It can go to: ${among}. Others have to be in handOver of the project.`,
    'reaches-nobody': (name) =>
      `The policy ${name} reaches nobody for this severity: nothing was done. Hand it over to somebody instead.`,
    itself: 'It cannot be merged into itself: nothing was done.',
    unknown: (number) => `There is no incident #${number}: nothing was done.`,
    over: (number) => `#${number} is over already: nothing was done.`,
    member: (number, into) => `#${number} is merged into #${into} itself, so name that one. Nothing was done.`,
    unmerged: 'It is merged into none: nothing was done.',
    'silence-of-others':
      'The silence that keeps it quiet is for other projects, too: who may act in those ends it. Nothing was done.',
  },
}

/** The words of `ConsoleActingWords`. */
export const consoleActingWords: Record<Language, ConsoleActingWords> = { zh, en }
