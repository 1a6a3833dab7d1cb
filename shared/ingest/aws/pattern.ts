import { BlockList, isIP } from 'node:net'
import { isRecord } from '../plain.ts'
import type { Excluded, Matcher, Pattern, Sign } from './pattern-schema.ts'

/** Whether an event fits a pattern: every field of the pattern holds one of its values, and of alternatives one fits. */
export function fits(wanted: Pattern, event: unknown): boolean {
  const fields = isRecord(event) ? event : {}
  return Object.entries(wanted).every(([name, expected]) => {
    if (name === '$or') return (expected as Pattern[]).some((one) => fits(one, event))
    const actual = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!Array.isArray(expected)) return fits(expected, actual)
    const values = Array.isArray(actual) ? actual : [actual]
    return values.some((value) => (expected as Matcher[]).some((one) => fitsOne(one, value)))
  })
}

function fitsOne(expected: Matcher, value: unknown): boolean {
  if (expected === null || typeof expected !== 'object') return expected === value
  if ('exists' in expected) return (value !== undefined) === expected.exists
  if ('anything-but' in expected) return value !== undefined && !isExcluded(expected['anything-but'], value)
  if ('numeric' in expected) return typeof value === 'number' && isWithin(expected.numeric, value)
  if (typeof value !== 'string') return false
  if ('cidr' in expected) return isInNetwork(expected.cidr, value)
  if ('wildcard' in expected) return isLike(expected.wildcard, value)
  if ('equals-ignore-case' in expected) return folded(value) === folded(expected['equals-ignore-case'])
  if ('prefix' in expected) return compared(expected.prefix, value, (text, begin) => text.startsWith(begin))
  return compared(expected.suffix, value, (text, end) => text.endsWith(end))
}

/** Compares as it is, or in any case of letters. */
function compared(
  expected: string | { 'equals-ignore-case': string },
  value: string,
  holds: (value: string, expected: string) => boolean,
): boolean {
  if (typeof expected === 'string') return holds(value, expected)
  return holds(folded(value), folded(expected['equals-ignore-case']))
}

function isExcluded(excluded: Excluded, value: unknown): boolean {
  if (Array.isArray(excluded)) return excluded.some((one) => one === value)
  if (excluded === null || typeof excluded !== 'object') return excluded === value
  const matchers = Object.entries(excluded).flatMap(([how, texts]) => [texts].flat().map((text) => ({ [how]: text })))
  return (matchers as Matcher[]).some((one) => fitsOne(one, value))
}

const signs: Record<Sign, (value: number, limit: number) => boolean> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
}

/** `[">", 0, "<=", 5]` */
function isWithin(range: [Sign, number] | [Sign, number, Sign, number], value: number): boolean {
  const [sign, limit, second, end] = range
  return signs[sign](value, limit) && (second === undefined || end === undefined || signs[second](value, end))
}

/** A star with an even number of backslashes before it. */
const STAR = /(?<=(?<!\\)(?:\\\\)*)\*/

/** `*` stands for any characters; a backslash before it, or before a backslash, for itself. In one pass: the text is a stranger's. */
function isLike(wildcard: string, value: string): boolean {
  const parts = wildcard.split(STAR).map((part) => part.replace(/\\([\\*])/g, '$1'))
  const [first = '', ...others] = parts
  const last = others.pop()
  if (last === undefined) return value === first
  if (!value.startsWith(first)) return false
  let at = first.length
  for (const part of others) {
    const found = value.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return value.length - last.length >= at && value.endsWith(last)
}

function isInNetwork(network: string, address: string): boolean {
  const [base = '', bits] = network.split('/')
  const family = isIP(base) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0) return false
  const list = new BlockList()
  list.addSubnet(base, Number(bits), family)
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function folded(text: string): string {
  return text.toLowerCase()
}
