import type { Wording } from '../../contracts/fact.ts'
import type { NotCounted } from '../../evaluation/consensus.ts'
import type { SlowerThanUsual } from '../../evaluation/usual.ts'

/** What evaluation says of what was seen by a check of any kind. */
export type EvaluationFault = NotCounted | SlowerThanUsual

export const evaluationWording: Wording<EvaluationFault> = {
  'not-counted': {
    zh: () => '不计入：那里多数检查失败',
    en: () => 'not counted: it fails most of its checks',
  },
  'slower-than-usual': {
    zh: ({ tookMs, times, usualMs }) => `${tookMs}ms，比平时慢 ${times.toFixed(1)} 倍（平时 ${usualMs}ms）`,
    en: ({ tookMs, times, usualMs }) => `${tookMs}ms, ${times.toFixed(1)}x slower than usual (${usualMs}ms)`,
    saysTime: true,
  },
}
