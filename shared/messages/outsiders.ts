import type { Language } from '../contracts/words.ts'

/** What the console says to whoever tells outsiders of an incident. */
export interface OutsidersWords {
  title: string
  how: string
  nowhere: string
  text: Record<Language, string>
  state: string
  impact: string
  send: string
  done: string
  empty: string
  long: (most: number) => string
  told: string
  none: string
  back: (number: number) => string
}

export const outsidersWords: Record<Language, OutsidersWords> = {
  zh: {
    title: '告知外部',
    how: '状态页的读者只看到这里写的文字。请不要写内部的名称、主机和电话。',
    nowhere: '没有状态页的组件依赖这张告警单的检查。可在命令行用 status post --page 发布。',
    text: { zh: '中文', en: '英文' },
    state: '进展',
    impact: '对外部的影响',
    send: '发布',
    done: '已发布，几秒内在状态页上可见。',
    empty: '没有发布：请至少用一种语言写点什么。',
    long: (most) => `没有发布：最多 ${most} 字。`,
    told: '已发布',
    none: '还没有发布过。',
    back: (number) => `回到 #${number}`,
  },
  en: {
    title: 'Tell outsiders',
    how: 'Readers of the status page see what is written here, and nothing else. Leave out internal names, hosts and phone numbers.',
    nowhere:
      'No component of a status page stands on the check of this incident. `status post --page` of the command line names a page.',
    text: { zh: 'In Chinese', en: 'In English' },
    state: 'How far we are',
    impact: 'What it does to them',
    send: 'Publish',
    done: 'It is published, and on the page within seconds.',
    empty: 'Nothing was published: write something in at least one language.',
    long: (most) => `Nothing was published: at most ${most} characters.`,
    told: 'Published so far',
    none: 'Nothing yet.',
    back: (number) => `Back to #${number}`,
  },
}
