import { fault, findingsOf, skipped, warning } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'

const set: Bilingual = {
  en: 'set LAST_RESORT_… where you deploy (docs/guides/last-resort.md), and deploy',
  zh: '在部署的地方设置 LAST_RESORT_…（docs/guides/last-resort.zh-CN.md），再部署',
}

/** Whom a probe tells itself when no queue is reached. */
export const found = findingsOf('last-resort', {
  'not-deployed': (stage: string | undefined, remedy: Bilingual) =>
    fault({ en: `nothing of stage ${stage} is deployed there`, zh: `那里没有部署 stage ${stage}` }, remedy),
  nobody: () =>
    skipped(
      {
        en: 'nobody is named: when no queue is reached, this probe tells no one',
        zh: '没有指定任何人：连不上队列时，这个探针谁也不告诉',
      },
      set,
    ),
  'some-silent': (functions: string[]) =>
    warning(
      {
        en: `${functions.join(', ')} would tell no one, and its neighbours would`,
        zh: `${functions.join('、')} 谁也不会告诉，而同处的其他函数会`,
      },
      { en: 'deploy again', zh: '重新部署' },
    ),
  'does-not-run': (name: string, { en, zh }: Bilingual) =>
    fault({ en: `${name} does not run: ${en}`, zh: `${name} 无法运行：${zh}` }, set),
})
