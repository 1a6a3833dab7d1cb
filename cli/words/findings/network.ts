import { fault, findingsOf, ok } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import { several } from '../counts.ts'

/** In which network a vantage's functions stand. */
export const found = findingsOf('network', {
  'not-deployed': (remedy: Bilingual) => fault({ en: 'nothing is deployed there', zh: '那里没有部署任何东西' }, remedy),
  'as-configured': (functions: number, network: string) =>
    ok({
      en: `${several(functions, 'function', 'en')} in ${network}`,
      zh: `${several(functions, 'function', 'zh')}在 ${network}`,
    }),
  other: (name: string, has: string | undefined, wanted: string, remedy: Bilingual) =>
    fault(
      {
        en: `${name} stands in ${has ?? 'no network'}, and is to stand in ${wanted}`,
        zh: `${name} ${has === undefined ? '不在任何网络里' : `在 ${has}`}，应在 ${wanted}`,
      },
      remedy,
    ),
})
