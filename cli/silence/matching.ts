import { PatternTooLarge } from '../../shared/contracts/linear-pattern.ts'
import { PatternSyntaxError } from '../../shared/contracts/pattern-syntax.ts'
import {
  compileMatchers,
  type Matchers,
  matcherText,
  matchesEverything,
  parseMatcher,
} from '../../shared/incidents/pause/matcher.ts'
import { CommandError } from '../failure.ts'

/** Stands between two groups of matchers. */
const OR = 'or'

/** Reads matchers as they are typed, one an argument. Throws a `CommandError` for what is none, and for what fits everything. */
export function readMatchers(texts: string[], isAllMeant: boolean): Matchers {
  const groups: Matchers = [[]]
  for (const text of texts) {
    if (text === OR) groups.push([])
    else groups.at(-1)?.push(readMatcher(text))
  }
  if (groups.some((group) => group.length === 0))
    throw new CommandError({
      en: 'say what it matches: project=pay check=web, with `or` between two groups',
      zh: '写明匹配什么：project=pay check=web；两组之间写 `or`',
    })
  if (matchesEverything(groups) && !isAllMeant)
    throw new CommandError({
      en: 'it matches everything: nobody would be paged at all. Say --yes if that is meant',
      zh: '它匹配一切，将没有任何人被呼叫。确实如此请加 --yes',
    })
  return groups
}

function readMatcher(text: string): Matchers[number][number] {
  const matcher = parseMatcher(text)
  if (matcher === undefined)
    throw new CommandError({
      en: `"${text}" is no matcher: write name=value, or with !=, =~, !~`,
      zh: `“${text}”不是匹配条件：写成 名称=值，也可用 !=、=~、!~`,
    })
  try {
    compileMatchers([[matcher]])
  } catch (error) {
    throw new CommandError(notAPattern(matcher.value, error))
  }
  return matcher
}

function notAPattern(value: string, error: unknown): { en: string; zh: string } {
  if (error instanceof PatternTooLarge)
    return { en: `"${value}" repeats too much: write a smaller count`, zh: `“${value}”重复太多：减小次数` }
  if (!(error instanceof PatternSyntaxError)) throw error
  const place = error.position + 1
  return {
    en: `"${value}" is no regular expression, from character ${place} on (RE2 syntax, without look-around and references)`,
    zh: `“${value}”从第 ${place} 个字符起不是正则表达式（RE2 语法，不支持环视和反向引用）`,
  }
}

/** The matchers at the beginning of arguments, and the command that follows them. */
export function splitCommand(args: string[]): { matchers: string[]; command: string[] } {
  const end = args.findIndex((text) => text !== OR && parseMatcher(text) === undefined)
  return end < 0 ? { matchers: args, command: [] } : { matchers: args.slice(0, end), command: args.slice(end) }
}

/** `project=pay check=web or project=shop`, with the language's word between the groups. */
export function matchersText(groups: Matchers, or: string): string {
  return groups.map((group) => group.map(matcherText).join(' ')).join(or)
}
