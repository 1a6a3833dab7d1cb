import { fault, findingsOf, ok, warning } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import { several } from '../counts.ts'

const applying = (stage: string | undefined) =>
  stage === undefined ? 'bin/fenghuo.js apply' : `bin/fenghuo.js apply --stage ${stage}`

function putRight(stage: string | undefined): Bilingual {
  const apply = applying(stage)
  return { en: `put it right in oncall.yml, and ${apply}`, zh: `改好 oncall.yml，再执行 ${apply}` }
}

function joined(problems: Bilingual[]): Bilingual {
  return { en: problems.map(({ en }) => en).join('; '), zh: problems.map(({ zh }) => zh).join('；') }
}

/** Whether policies find anybody. */
export const found = findingsOf('people', {
  reached: (projects: number) =>
    ok({
      en: `${several(projects, 'project', 'en')}: all can be reached`,
      zh: `${several(projects, 'project', 'zh')}：都能找到人`,
    }),
  'nobody-applied': (stage: string | undefined) =>
    fault(
      { en: 'nobody is applied: nobody is paged', zh: '没有写入任何人：不会呼叫任何人' },
      { en: applying(stage), zh: `执行 ${applying(stage)}` },
    ),
  'nobody-paged': (problems: Bilingual[], stage: string | undefined) => {
    const { en, zh } = joined(problems)
    return fault(
      {
        en: `nobody can be paged now: ${en || 'the policy names nobody'}`,
        zh: `现在谁也呼叫不到：${zh || '策略没有指定任何人'}`,
      },
      putRight(stage),
    )
  },
  problems: (problems: Bilingual[], stage: string | undefined) => warning(joined(problems), putRight(stage)),
  'all-routed': (numbers: number) =>
    ok({
      en: `${several(numbers, 'number', 'en')}: a route fits each`,
      zh: `${several(numbers, 'number', 'zh')}：都有相符的线路`,
    }),
  'no-route': (numbers: number, codes: string[], channel: 'phone' | 'sms') =>
    warning(
      {
        en: `no route for ${several(numbers, 'number', 'en')} beginning with ${codes.join(', ')}`,
        zh: `${codes.join('、')} 开头的 ${several(numbers, 'number', 'zh')}没有线路`,
      },
      {
        en: `add a route with to: "${codes[0]}", or "+" for all, to channels.${channel}`,
        zh: `在 channels.${channel} 加一条线路，写 to: "${codes[0]}"，或用 "+" 表示全部`,
      },
    ),
})
