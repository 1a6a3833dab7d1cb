import type { Wording } from '../contracts/fact.ts'
import { severities } from '../contracts/severities.ts'
import type { GroupFact } from '../incidents/alert-group.ts'
import { words } from './words.ts'

type Group = GroupFact['args']

/** What the incident of a group of alerts says. */
export const groupWording: Wording<GroupFact> = {
  'alert-group': {
    zh: (group) => {
      const { by, open, severities: counts } = group
      return open === 0
        ? `${by}：告警均已恢复`
        : `${by}：${open} 个告警未恢复（${counted(counts, 'zh')}）${listed(group, 'zh')}`
    },
    en: (group) => {
      const { by, open, severities: counts } = group
      return open === 0
        ? `${by}: all alerts have recovered`
        : `${by}: ${open} ${open === 1 ? 'alert' : 'alerts'} not recovered (${counted(counts, 'en')})${listed(group, 'en')}`
    },
  },
}

/** How many of a group go on beyond those that are listed. */
export const moreOfGroup = {
  zh: (more: number) => `另有 ${more} 个告警`,
  en: (more: number) => `and ${more} more ${more === 1 ? 'alert' : 'alerts'}`,
}

function listed({ named = [], open }: Group, language: 'zh' | 'en'): string {
  if (named.length === 0) return ''
  const more = open - named.length
  const names = named.map(({ name }) => name)
  return words[language].colon + [...names, ...(more > 0 ? [moreOfGroup[language](more)] : [])].join(between[language])
}

const between = { zh: '；', en: '; ' }

function counted(counts: Group['severities'], language: 'zh' | 'en'): string {
  return severities
    .flatMap((severity) =>
      counts[severity] === undefined ? [] : [`${counts[severity]} ${words[language].severity[severity]}`],
    )
    .join(words[language].list)
}
