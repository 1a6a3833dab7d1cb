import { findingsOf, ok, warning } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import type { Unsupported } from '../../call-limits.ts'
import { several } from '../counts.ts'

/** What vendors' limits leave of the calls that policies want. */
export const found = findingsOf('calls', {
  'within-limits': () =>
    ok({
      en: 'two incidents in an hour stay within what routes take',
      zh: '一小时内两张告警单，仍在各线路的上限之内',
    }),
  'over-limit': (policy: string, { en, zh }: Bilingual) =>
    warning(
      { en: `policy ${policy}: ${en}`, zh: `策略 ${policy}：${zh}` },
      {
        en: 'lower `calls` or `rounds`, or have the limit raised and write it into `perCallee`',
        zh: '调低 `calls` 或 `rounds`，或提高上限并写进 `perCallee`',
      },
    ),
  'all-supported': () =>
    ok({
      en: "nobody's only route is one whose vendor does not support the call",
      zh: '没有人只剩一条厂商不支持的线路',
    }),
  unsupported: ({ type, rule, numbers, others }: Unsupported) =>
    warning(
      {
        en: `the only route of ${several(numbers.length, 'number', 'en')} is ${type}: ${rule.en}`,
        zh: `${several(numbers.length, 'number', 'zh')}只有 ${type} 这一条线路：${rule.zh}`,
      },
      {
        en: `put a route before it that is for such numbers: ${others.join(', ')}`,
        zh: `在它前面加一条用于这些号码的线路：${others.join('、')}`,
      },
    ),
})
