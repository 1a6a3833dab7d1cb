import type { Bilingual } from '../../shared/contracts/words.ts'
import { type FunctionDefinition, type Problem, type Service, tagsOf } from './service.ts'

/** What a vendor takes of tags. */
interface TagLimits {
  /** For a function, with those that mark what is ours. */
  most: number
  valueLength: number
  isKey(key: string): boolean
  /** How a key has to be. */
  keys: Bilingual
}

/** A function's tags, with our mark. Tells what the vendor would refuse of them. */
export function wantedTags(
  service: Service,
  definition: FunctionDefinition,
  limits: TagLimits,
  problem: Problem,
): Record<string, string> {
  const tags = tagsOf(service, definition)
  const count = Object.keys(tags).length
  if (count > limits.most)
    problem({
      en: `${count} tags with the two that say whose it is: at most ${limits.most}`,
      zh: `连同标明归属的两个，共 ${count} 个标签：最多 ${limits.most}`,
    })
  for (const [key, value] of Object.entries(tags)) {
    if (!limits.isKey(key)) problem({ en: `tag ${key}: ${limits.keys.en}`, zh: `标签 ${key}：${limits.keys.zh}` })
    if (value.length > limits.valueLength)
      problem({
        en: `tag ${key}: its value may have ${limits.valueLength} characters`,
        zh: `标签 ${key}：值最多 ${limits.valueLength} 个字符`,
      })
  }
  return tags
}
