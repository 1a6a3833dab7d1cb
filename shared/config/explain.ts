import * as z from 'zod'
import { issueText, type Mistake, mistake } from '../contracts/mistake.ts'
import { spaced } from '../contracts/spaced.ts'
import { didYouMean } from '../contracts/suggest.ts'
import type { Bilingual } from '../contracts/words.ts'

const nouns: Record<string, Bilingual> = {
  string: { en: 'a text', zh: '文本' },
  number: { en: 'a number', zh: '数' },
  int: { en: 'a whole number', zh: '整数' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  array: { en: 'a list, such as [a, b]', zh: '列表，如 [a, b]' },
  object: { en: 'a mapping of keys to values', zh: '键到值的映射' },
  record: { en: 'a mapping of keys to values', zh: '键到值的映射' },
}

/** What is wrong and what would be right, where the schema does not say it itself. */
export function explain(issue: z.core.$ZodRawIssue): string | undefined {
  // The keys that the schema knows; the reader makes one sentence of them for each unknown key.
  if (issue.code === 'unrecognized_keys')
    return issue.inst instanceof z.core.$ZodObject ? Object.keys(issue.inst._zod.def.shape).join(' ') : ''
  const found = mistakeOf(issue)
  return found && issueText(found)
}

function mistakeOf(issue: z.core.$ZodRawIssue): Mistake | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.input, issue.expected)
    case 'invalid_value':
      return wrongValue(issue.input, issue.values.map(String))
    case 'invalid_format':
      return wrongFormat(issue.input, issue.format)
    case 'too_small':
    case 'too_big':
      return outOfRange(issue)
    default:
      return undefined
  }
}

function wrongType(input: unknown, expected: string): Mistake {
  const wanted = nouns[expected] ?? { en: expected, zh: expected }
  const is = described(input)
  if (input === undefined)
    return mistake('missing', { en: `is missing: ${wanted.en}`, zh: spaced`没有写：应为${wanted.zh}` })
  if (input === null)
    return mistake('empty', { en: `is empty: give ${wanted.en}`, zh: spaced`是空的：应写${wanted.zh}` })
  if (expected === 'string' && typeof input !== 'object')
    return mistake('not-quoted', {
      en: `must be a text, and YAML reads it as a ${typeof input}: put it in quotes`,
      zh: spaced`应为文本，YAML 却读成了${nouns[typeof input]?.zh ?? typeof input}：加上引号`,
    })
  return mistake('wrong-type', {
    en: `must be ${wanted.en}, not ${is.en}`,
    zh: spaced`应为${wanted.zh}，不能是${is.zh}`,
  })
}

function wrongValue(input: unknown, options: string[]): Mistake {
  const is = described(input)
  const guess = didYouMean(String(input), options)
  if (input === undefined)
    return mistake('missing', {
      en: `is missing: one of ${options.join(', ')}`,
      zh: `没有写：取 ${options.join('、')} 之一`,
    })
  return mistake('wrong-value', {
    en: `must be one of ${options.join(', ')}, not ${is.en}${guess.en}`,
    zh: `应为 ${options.join('、')} 之一，不能是${is.zh}${guess.zh}`,
  })
}

function wrongFormat(input: unknown, format: string): Mistake | undefined {
  if (format !== 'url') return undefined
  const is = described(input)
  return mistake('no-url', {
    en: `${is.en} is not a URL: write one such as https://example.com/healthz`,
    zh: `${is.zh}不是 URL：写成 https://example.com/healthz 这样`,
  })
}

function outOfRange(issue: Extract<z.core.$ZodRawIssue, { code: 'too_small' | 'too_big' }>): Mistake {
  const [code, limit, least, bound] =
    issue.code === 'too_small'
      ? (['too-small', 'least', '至少', issue.minimum] as const)
      : (['too-big', 'most', '至多', issue.maximum] as const)
  const is = described(issue.input)
  if (issue.origin === 'string' && bound === 1) return mistake('empty', { en: 'is empty', zh: '是空的' })
  if (issue.origin === 'string')
    return mistake(code, { en: `must have at ${limit} ${bound} characters`, zh: `${least} ${bound} 个字符` })
  if (issue.origin === 'array')
    return mistake(code, {
      en: `must have at ${limit} ${bound} ${bound === 1 ? 'entry' : 'entries'}`,
      zh: `${least}要有 ${bound} 项`,
    })
  return mistake(code, {
    en: `must be at ${limit} ${bound}, not ${is.en}`,
    zh: `${least}为 ${bound}，不能是${is.zh}`,
  })
}

function described(value: unknown): Bilingual {
  if (value === null) return { en: 'nothing', zh: '空' }
  if (Array.isArray(value)) return { en: 'a list', zh: '列表' }
  if (typeof value === 'object') return { en: 'a mapping', zh: '映射' }
  return typeof value === 'string' ? { en: `"${value}"`, zh: `“${value}”` } : { en: String(value), zh: ` ${value} ` }
}

/** YAML reads an unquoted `+8613…` or `0123` as a number, and what made it a text is gone. */
export function numberTrap(issue: z.core.$ZodIssue, value: unknown, written: string | undefined): Mistake | undefined {
  if (issue.code !== 'invalid_type' || issue.expected !== 'string' || typeof value !== 'number' || !written)
    return undefined
  const lost = written.startsWith('+')
    ? { en: 'the +', zh: '+' }
    : /^-?0\d/.test(written)
      ? { en: 'the leading 0', zh: '开头的 0' }
      : undefined
  if (lost === undefined) return undefined
  return mistake('number-not-quoted', {
    en: `unquoted, YAML reads this as a number and drops ${lost.en}: write "${written}" in quotes`,
    zh: spaced`没有引号，YAML 会读成数字而丢掉${lost.zh}：加引号写成 "${written}"`,
  })
}
