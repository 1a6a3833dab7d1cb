import type { Wording } from '../contracts/fact.ts'
import { severities } from '../contracts/severities.ts'
import type { GroupFact } from '../incidents/alert-group.ts'
import { words } from './words.ts'

/** What the incident of a group of alerts says. */
export const groupWording: Wording<GroupFact> = {
  'alert-group': {
    zh: ({ by, open, severities: counts }) =>
      open === 0 ? `${by}：告警均已恢复` : `${by}：${open} 个告警未恢复（${counted(counts, 'zh')}）`,
    en: ({ by, open, severities: counts }) =>
      open === 0
        ? `${by}: all alerts have recovered`
        : `${by}: ${open} ${open === 1 ? 'alert' : 'alerts'} not recovered (${counted(counts, 'en')})`,
  },
}

function counted(
  counts: Extract<GroupFact, { code: 'alert-group' }>['args']['severities'],
  language: 'zh' | 'en',
): string {
  return severities
    .flatMap((severity) =>
      counts[severity] === undefined ? [] : [`${counts[severity]} ${words[language].severity[severity]}`],
    )
    .join(words[language].list)
}
