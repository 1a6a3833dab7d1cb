import { readMatcher } from '../../shared/config/read-matcher.ts'
import { type Matcher, type Matchers, matcherText } from '../../shared/contracts/matcher.ts'
import { matchesEverything } from '../../shared/contracts/matches-everything.ts'
import { CommandError } from '../failure.ts'

/** Stands between two groups of matchers. */
const OR = 'or'

/** Reads matchers as they are typed, one an argument. Throws a `CommandError` for what is none, and for what fits everything. */
export function readMatchers(texts: string[], isAllMeant: boolean): Matchers {
  const groups: Matchers = [[]]
  for (const text of texts) {
    if (text === OR) groups.push([])
    else groups.at(-1)?.push(matcherOf(text))
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

function matcherOf(text: string): Matcher {
  const read = readMatcher(text)
  if ('words' in read) throw new CommandError(read.words)
  return read.matcher
}

/** `project=pay check=web or project=shop`, with the language's word between the groups. */
export function matchersText(groups: Matchers, or: string): string {
  return groups.map((group) => group.map(matcherText).join(' ')).join(or)
}
