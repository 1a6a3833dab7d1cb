import type { CheckKindConfig } from '../kind.ts'
import { checkKeys, speedTestKeys, speedTestName } from './keys.ts'
import { link } from './link.ts'
import type { WrittenCheck } from './written.ts'

/**
 * Globalping's probes take at least 5 s for a target that does not answer, and their results up to 10 s to be there.
 */
const LEAST_TIMEOUT_MS = 20_000

export const vantagePointsConfig: CheckKindConfig<WrittenCheck> = {
  kind: 'vantage-points',
  runsIn: 'latency',
  asksPlaces: true,
  modules: () => ['vantage-points'],
  schema: checkKeys,
  summary: {
    en: 'Asks third parties to look from their cities and ISPs; each node is a vantage. One `from` is enough.',
    zh: '请第三方从各城市、各运营商来看；每个节点是一个观测点。`from` 写一个就够。',
  },
  leastTimeoutMs: LEAST_TIMEOUT_MS,
  section: {
    key: 'speedTests',
    summary: {
      en: 'Third-party speed tests that take a form per node, for `via` of checks.',
      zh: '按节点提交表单的第三方测速服务，供检查的 `via` 使用。',
    },
    name: speedTestName,
    entry: speedTestKeys,
    link,
  },
}
