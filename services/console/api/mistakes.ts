import type * as z from 'zod/mini'
import { type Bilingual, inBoth, type Language } from '../../../shared/contracts/words.ts'
import { apiWords } from '../../../shared/messages/console/api.ts'

/** What is wrong with a body, field by field, and what each has to be. */
export function mistakesIn({ issues }: z.core.$ZodError): Bilingual {
  return inBoth((language) => issues.map((issue) => mistakeText(issue, language)).join('; '))
}

function mistakeText(issue: z.core.$ZodIssue, language: Language): string {
  const say = apiWords[language]
  const field = issue.path.join('.') || 'body'
  switch (issue.code) {
    case 'invalid_type':
      return say.type(field, issue.expected)
    case 'too_small':
      return say.least(field, String(issue.minimum))
    case 'too_big':
      return say.most(field, String(issue.maximum))
    case 'invalid_value':
      return say.oneOf(field, issue.values.join(', '))
    case 'invalid_format':
      return say.format(field, issue.format)
    case 'unrecognized_keys':
      return say.unknown(field, issue.keys.join(', '))
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? say.oneOf(field, issue.options.join(', '))
        : say.wrong(field)
    default:
      return say.wrong(field)
  }
}
