import { linearPattern } from '../../contracts/linear-pattern.ts'
import type { Matcher, Matchers } from '../../contracts/matcher.ts'
import { type Matched, valuesOf } from './matched.ts'

/** So many texts at most are remembered of a pattern. */
const MOST_REMEMBERED = 200

/**
 * Compiles matchers into a function that says whether an incident fits. What an incident does not have is the empty text. Throws
 * `NotAPattern`.
 */
export function compileMatchers(groups: Matchers): (incident: Matched) => boolean {
  const compiled = groups.map((group) => group.toSorted(equalityFirst).map(compileMatcher))
  return (incident) => compiled.some((group) => group.every((fits) => fits(incident)))
}

function compileMatcher({ name, is, value }: Matcher): (incident: Matched) => boolean {
  const fits = isPattern({ is }) ? remembering(linearPattern(value)) : (text: string) => text === value
  const isNegated = is === '!=' || is === '!~'
  const { of, by } = valuesOf(name)
  return (incident) => {
    const values = of(incident)
    const found = by === 'every' ? values.length > 0 && values.every(fits) : values.some(fits)
    return found !== isNegated
  }
}

function equalityFirst(a: Matcher, b: Matcher): number {
  return Number(isPattern(a)) - Number(isPattern(b))
}

/** Thousands of alerts have a few teams, hosts and severities: what a pattern says of a text is worked out once. */
function remembering(fits: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const is = fits(text)
    if (known.size < MOST_REMEMBERED) known.set(text, is)
    return is
  }
}

function isPattern({ is }: Pick<Matcher, 'is'>): boolean {
  return is.endsWith('~')
}
