import * as z from 'zod'
import { didYouMean } from '../contracts/suggest.ts'

const nouns: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, such as [a, b]',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
}

/** What is wrong and what would be right, where the schema does not say it itself. */
export function explain(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      // The keys that the schema knows; the reader makes one sentence of them for each unknown key.
      return issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape).join(' ') : ''
    case 'invalid_type': {
      const wanted = nouns[issue.expected] ?? issue.expected
      if (issue.input === undefined) return `is missing: ${wanted}`
      if (issue.input === null) return `is empty: give ${wanted}`
      if (issue.expected === 'string' && typeof issue.input !== 'object') {
        return `must be a text, and YAML reads it as a ${typeof issue.input}: put it in quotes`
      }
      return `must be ${wanted}, not ${described(issue.input)}`
    }
    case 'invalid_value': {
      const options = issue.values.map(String)
      if (issue.input === undefined) return `is missing: one of ${options.join(', ')}`
      return `must be one of ${options.join(', ')}, not ${described(issue.input)}${didYouMean(String(issue.input), options)}`
    }
    case 'invalid_format':
      if (issue.format === 'url')
        return `${described(issue.input)} is not a URL: write one such as https://example.com/healthz`
      if (issue.format === 'email') return `${described(issue.input)} is not an e-mail address, such as lin@example.com`
      return undefined
    case 'too_small':
    case 'too_big':
      return outOfRange(issue)
    default:
      return undefined
  }
}

function outOfRange(issue: Extract<z.core.$ZodRawIssue, { code: 'too_small' | 'too_big' }>): string {
  const [limit, bound] = issue.code === 'too_small' ? ['least', issue.minimum] : ['most', issue.maximum]
  if (issue.origin === 'string') return bound === 1 ? 'is empty' : `must have at ${limit} ${bound} characters`
  if (issue.origin === 'array') return `must have at ${limit} ${bound} ${bound === 1 ? 'entry' : 'entries'}`
  return `must be at ${limit} ${bound}, not ${described(issue.input)}`
}

function described(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  return typeof value === 'string' ? `"${value}"` : String(value)
}

/** YAML reads an unquoted `+8613…` or `0123` as a number, and what made it a text is gone. */
export function numberTrap(issue: z.core.$ZodIssue, value: unknown, written: string | undefined): string | undefined {
  if (issue.code !== 'invalid_type' || issue.expected !== 'string' || typeof value !== 'number' || !written)
    return undefined
  if (written.startsWith('+'))
    return `unquoted, YAML reads this as a number and drops the +: write "${written}" in quotes`
  if (/^-?0\d/.test(written))
    return `unquoted, YAML reads this as a number and drops the leading 0: write "${written}" in quotes`
  return undefined
}
