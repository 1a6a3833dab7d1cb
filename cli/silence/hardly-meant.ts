import { OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import type { Matcher, Matchers } from '../../shared/contracts/matcher.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { type Bilingual, severities } from '../../shared/contracts/words.ts'
import { fieldNames } from '../../shared/incidents/pause/matched.ts'

/**
 * What matchers name that hardly anything has: a mistyped one silences nothing, and the phone rings in the middle of the work. `projects`:
 * those of fenghuo.yml; none: nobody knows them here.
 */
export function hardlyMeant(matchers: Matchers, projects: string[]): Bilingual[] {
  return matchers.flat().flatMap((matcher) => {
    const { name, is, value } = matcher
    if (!fieldNames.includes(name)) return mistypedField(matcher)
    if (is !== '=') return []
    if (name === 'severity' && !severities.some((one) => one === value))
      return [noSuch('severity', '级别', value, severities)]
    const isKnown = projects.length === 0 || [...projects, OWN_PROJECT].includes(value)
    return name === 'project' && !isKnown ? [noSuch('project', '项目', value, projects)] : []
  })
}

/** `product` and `resource`, two letters from a field, are labels that people have. */
const MOST_MISTYPED = 1

function mistypedField({ name }: Matcher): Bilingual[] {
  const meant = didYouMean(name, fieldNames, MOST_MISTYPED)
  if (meant.en === '') return []
  return [{ en: `\`${name}\` is taken for a label${meant.en}`, zh: `\`${name}\` 被当作标签${meant.zh}` }]
}

function noSuch(what: string, zh: string, value: string, known: readonly string[]): Bilingual {
  const meant = didYouMean(value, known)
  const all = known.join(', ')
  return {
    en: `no ${what} is named \`${value}\`${meant.en}; there are: ${all}`,
    zh: `没有名为 \`${value}\` 的${zh}${meant.zh}；有：${all}`,
  }
}
