import { NotAPattern } from '../contracts/linear-pattern.ts'
import { type Matcher, parseMatcher } from '../contracts/matcher.ts'
import type { Bilingual } from '../contracts/words.ts'
import { compileMatchers } from '../incidents/pause/matcher.ts'

/** Reads one matcher as people write it, or says what is wrong with it. */
export function readMatcher(text: string): { matcher: Matcher } | { words: Bilingual } {
  const matcher = parseMatcher(text)
  if (matcher === undefined)
    return {
      words: {
        en: `"${text}" is no matcher: write check=web, severity!=critical, team=~"pay|shop" or team!~"s.*"`,
        zh: `“${text}”不是匹配条件：写成 check=web、severity!=critical、team=~"pay|shop"、team!~"s.*" 这样`,
      },
    }
  try {
    compileMatchers([[matcher]])
    return { matcher }
  } catch (error) {
    return { words: notAPattern(matcher.value, error) }
  }
}

function notAPattern(value: string, error: unknown): Bilingual {
  if (!(error instanceof NotAPattern)) throw error
  return {
    en: `"${value}" is no regular expression: ${error.why} (RE2 syntax, without look-around and references; what is not to fit is a matcher of its own, with !~)`,
    zh: `“${value}”不是正则表达式：${error.why}（RE2 语法，不支持环视和反向引用；要排除的另写一个匹配条件，用 !~）`,
  }
}
