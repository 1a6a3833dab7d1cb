import { findingsOf, skipped } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'

/** Why a probe of another cloud can't be looked at. */
export const found = findingsOf('deployed-probes', {
  'no-key': (remedy: Bilingual) => skipped({ en: 'no key here', zh: '这里没有密钥' }, remedy),
  unseen: ({ en, zh }: Bilingual, by: string, advice: Bilingual | undefined) =>
    skipped(
      { en: `can't be seen: ${en} (${by})`, zh: `看不到：${zh}（${by}）` },
      advice ?? {
        en: 'look again later; it takes the policy of whoever deploys there',
        zh: '稍后再看；需要在那里部署者的权限',
      },
    ),
})
