import type { Language } from '../../shared/contracts/words.ts'
import type { Unset } from '../warnings.ts'

/** A line for each place that needs variables. */
function byPlace(unset: Unset[], colon: string, comma: string): string {
  const places = [...new Set(unset.flatMap(({ usedBy }) => usedBy))]
  const names = (place: string) => unset.flatMap(({ name, usedBy }) => (usedBy.includes(place) ? [name] : []))
  return places.map((place) => `\n  ${place}${colon}${names(place).join(comma)}`).join('')
}

const en = {
  about: 'Check fenghuo.yml and oncall.yml: every mistake with its file, line and column',
  unset: (unset: Unset[]) => `what these refer to is not set in the environment:${byPlace(unset, ': ', ', ')}`,
  nobody: 'there is no oncall.yml: the names in policies were not checked',
  fine: (counts: string[]) => `fine: ${counts.join(', ')}`,
}

const zh: typeof en = {
  about: '检查 fenghuo.yml 和 oncall.yml：每处错误都指出文件、行和列',
  unset: (unset) => `以下各处用到的变量，环境里没有设置：${byPlace(unset, '：', '、')}`,
  nobody: '没有 oncall.yml：策略里的名字没有核对',
  fine: (counts) => `没有问题：${counts.join('，')}`,
}

/** The words of `validate`. */
export const validateWords: Record<Language, typeof en> = { en, zh }
