import type { Language } from '../contracts/words.ts'
import type { Unreached } from '../oncall/unreached.ts'
import { words } from './words.ts'

interface UnreachedWords {
  /** `layer`: from 1. */
  layer: (policy: string, layer: number, severities: string) => string
  silent: (layers: string) => string
  nothing: (layers: string, lacks: string[]) => string
}

const say: Record<Language, UnreachedWords> = {
  zh: {
    layer: (policy, layer, severities) => `\`${policy}\` 第 ${layer} 层（${severities}）`,
    silent: (layers) => `没有 \`phone\`：${layers}要打电话或发短信，只能改发邮件，叫不醒人`,
    nothing: (layers, lacks) =>
      `没有 ${lacks.join('，也没有 ')}，也没有别的方式可以代替：轮到此人时，${layers}谁也找不到，升级直接进入下一层`,
  },
  en: {
    layer: (policy, layer, severities) => `layer ${layer} of \`${policy}\` (${severities})`,
    silent: (layers) => `has no \`phone\`: where ${layers} rings or texts, they get a mail alone, which wakes nobody`,
    nothing: (layers, lacks) =>
      `has no ${lacks.join(' and no ')}, and nothing else takes over: while it is their turn nobody is reached by ${layers}, and the step passes on`,
  },
}

/** What a contact lacks, and what comes of it, after their name: ``has no `phone`: where layer 1 of `default` …``. */
export function unreachedText(unreached: Unreached, language: Language): string {
  const { layer, silent, nothing } = say[language]
  const { list } = words[language]
  const layers = unreached.layers.map((one) => layer(one.policy, one.layer + 1, one.severities.join(list))).join(list)
  if (unreached.is === 'silent') return silent(layers)
  return nothing(
    layers,
    unreached.lacks.map((key) => `\`${key}\``),
  )
}
