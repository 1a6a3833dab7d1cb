import type { Fact, FactValue } from '../../contracts/fact.ts'
import { FACT_CHARACTERS } from '../../contracts/fact-limit.ts'
import { cut } from './cut.ts'

/** More of somebody else's text is not quoted; where there is too much in all, less. */
const QUOTE_LIMITS = [160, 60, 20]

/** More of a list is not told. */
const MOST_ENTRIES = 20

/**
 * A fault as it may travel and be shown: what targets and vendors say is in one line without control characters, noncharacters and
 * the marks that turn the direction of writing around, and not longer than a sentence can bear.
 */
export function tidy(fault: Fact): Fact {
  const tidied = QUOTE_LIMITS.map((limit) => tidyFact(fault, limit))
  return tidied.find((one) => JSON.stringify(one).length <= FACT_CHARACTERS) ?? { code: fault.code, args: {} }
}

function tidyFact({ code, args }: Fact, limit: number): Fact {
  return { code, args: tidyParts(args, limit) }
}

function tidyParts(parts: Record<string, FactValue>, limit: number): Record<string, FactValue> {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, tidyValue(part, limit)]))
}

function tidyValue(value: FactValue, limit: number): FactValue {
  if (typeof value === 'string') return cut(value.replace(unseen, ' ').trim(), limit)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((entry) => tidyValue(entry, limit))
  return tidyParts(value, limit)
}

const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/gu
