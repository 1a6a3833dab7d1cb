import { lineOf, linesOf } from './text.ts'

/** What is kept of a sender's own data, so that a hostile one costs no more than a talkative one. */
const MOST_LEVELS = 6
const MOST_ENTRIES = 100
const MOST_CHARACTERS = 16_000
const TEXT_CHARACTERS = 4_000
const NAME_CHARACTERS = 200

/** Plain data made of a stranger's JSON: names and texts are cleaned, and what is too deep, too many or too long is left out. */
function plainOf(value: unknown): unknown {
  const budget = { left: MOST_CHARACTERS }
  return within(value, MOST_LEVELS, budget)
}

/** The same for the details of an alert: a list or a text stands under `value`. Absent for nothing. */
export function detailsOf(value: unknown): Record<string, unknown> | undefined {
  const plain = plainOf(value)
  if (plain === undefined || plain === null || plain === '') return undefined
  if (!isRecord(plain)) return { value: plain }
  return Object.keys(plain).length > 0 ? plain : undefined
}

/** Whether a value is an object with keys: no list, and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field that should be a mapping; an empty one in place of anything else. */
export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}

/** A field that should be a list; an empty one in place of anything else. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function within(value: unknown, levels: number, budget: { left: number }): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') {
    budget.left -= 8
    return budget.left < 0 || Number.isNaN(value) ? undefined : value
  }
  if (typeof value === 'string') {
    const text = linesOf(value, Math.min(TEXT_CHARACTERS, Math.max(1, budget.left)))
    budget.left -= text.length
    return budget.left < 0 ? undefined : text
  }
  if (typeof value !== 'object' || levels === 0) return undefined
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ENTRIES).flatMap((item) => {
      const plain = within(item, levels - 1, budget)
      return plain === undefined ? [] : [plain]
    })
  }
  const entries = Object.entries(value)
    .slice(0, MOST_ENTRIES)
    .flatMap(([name, item]) => {
      const key = lineOf(name, NAME_CHARACTERS)
      budget.left -= key.length
      const plain = key === '' || budget.left < 0 ? undefined : within(item, levels - 1, budget)
      return plain === undefined ? [] : [[key, plain]]
    })
  return Object.fromEntries(entries)
}
