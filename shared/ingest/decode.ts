import { jsonIn } from '../contracts/json-in.ts'
import type { InboundRequest } from './format.ts'
import { multipartFields } from './multipart.ts'

/** A body as plain data, or why it is none. */
export type Decoded = { body: unknown } | { status: 400 | 415; message: string }

type Encoding = 'form' | 'multipart'

/**
 * Reads a body as JSON, whatever it says it is: curl says that everything is a form. A format that takes forms gets their fields, one
 * with a field `data` that holds JSON gets that. What comes by GET is in the query.
 */
export function decode({ method, query, headers, body }: InboundRequest, encodings: readonly Encoding[] = []): Decoded {
  if (method === 'GET') return fieldsOf(Object.fromEntries(query), true)
  const type = (headers['content-type'] ?? '').toLowerCase()
  const text = textIn(body, type)
  const json = jsonIn(text)
  if (json !== undefined) return { body: json }
  if (type.startsWith('multipart/form-data') && encodings.includes('multipart'))
    return fieldsOf(multipartFields(text, headers['content-type'] ?? ''))
  const isForm = type.startsWith('application/x-www-form-urlencoded')
  if (encodings.includes('form') && (isForm || /^[\w.-]+=/.test(text)))
    return fieldsOf(Object.fromEntries(new URLSearchParams(text)))
  const isJsonType = type === '' || /json|text\/plain|octet-stream/.test(type) || isForm
  if (!isJsonType) return { status: 415, message: `JSON is expected, and not ${type.slice(0, 60)}` }
  return { status: 400, message: 'JSON parse error' }
}

/** A field `data` holds all in JSON; in a query each field may (`areJson`). */
function fieldsOf(fields: Record<string, string> | undefined, areJson = false): Decoded {
  if (fields === undefined) return { status: 400, message: 'the form has no end' }
  const data = Object.hasOwn(fields, 'data') ? jsonIn(fields.data ?? '') : undefined
  if (data !== undefined || !areJson) return { body: data ?? fields }
  return { body: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, jsonIn(text) ?? text])) }
}

/** In the character set that the type names; what it can't hold becomes U+FFFD. */
function textIn(body: Buffer, type: string): string {
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/.exec(type) ?? []
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    return new TextDecoder().decode(body)
  }
}
