import type { Matcher, Matchers } from '../../contracts/matcher.ts'
import { type Matched, valuesIn } from './matched.ts'

/**
 * Sorts what has matchers by what one of each group says has to be equal, so that an incident is not held against all of them. The
 * function that it gives finds what may fit an incident, each once, in no order: whether it does fit is for its matchers to say.
 */
export function indexByEquality<T>(items: T[], matchersOf: (item: T) => Matchers): (incident: Matched) => T[] {
  const byName = new Map<string, Map<string, T[]>>()
  const others: T[] = []
  const variety = varietyOf(items.flatMap(matchersOf).flat())
  for (const item of items) {
    const equal = matchersOf(item).map((group) => mostTelling(group.filter(isEquality), variety))
    if (!equal.every((matcher) => matcher !== undefined)) others.push(item)
    else for (const { name, value } of equal) add(byName, name, value, item)
  }
  return (incident) => {
    const found = new Set(others)
    for (const [name, byValue] of byName)
      for (const value of valuesIn(incident, name)) for (const item of byValue.get(value) ?? []) found.add(item)
    return [...found]
  }
}

/** How many values each name is to be equal to. */
function varietyOf(matchers: Matcher[]): Map<string, number> {
  const values = Map.groupBy(matchers.filter(isEquality), ({ name }) => name)
  return new Map([...values].map(([name, some]) => [name, new Set(some.map(({ value }) => value)).size]))
}

function mostTelling(matchers: Matcher[], variety: Map<string, number>): Matcher | undefined {
  const [first] = matchers.toSorted((a, b) => (variety.get(b.name) ?? 0) - (variety.get(a.name) ?? 0))
  return first
}

/** The empty text is what an incident has not, too. */
function isEquality({ is, value }: Matcher): boolean {
  return is === '=' && value !== ''
}

function add<T>(byName: Map<string, Map<string, T[]>>, name: string, value: string, item: T): void {
  const byValue = byName.get(name) ?? new Map<string, T[]>()
  byName.set(name, byValue)
  const items = byValue.get(value) ?? []
  byValue.set(value, items)
  items.push(item)
}
