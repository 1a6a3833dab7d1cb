import { jsonIn } from '../contracts/json-in.ts'
import { unpacked } from './content-coding.ts'
import type { Format, InboundRequest } from './format.ts'
import { multipartFields } from './multipart.ts'
import { partsOf } from './parts.ts'

/** Why a body can't be read, and by which status its sender is told. */
export interface Undecoded {
  status: 400 | 413 | 415
  message: string
}

/** A body as plain data, or why it is none. */
export type Decoded = { body: unknown } | Undecoded

/** A body or a part of it, and how many entries of its list stand before it, and in it. */
export type DecodedPart = Decoded & { before: number; count: number }

type Encodings = NonNullable<Format['encodings']>

/**
 * Reads a body part by part: each call gives the next one, undefined after the last. Nothing of one that was given is kept here, so that a
 * large body is never held as data as a whole.
 */
export function partsIn(
  request: InboundRequest,
  format: Pick<Format, 'encodings' | 'list'>,
): () => DecodedPart | undefined {
  let readers: (() => DecodedPart)[] | undefined
  return () => {
    readers ??= readersOf(request, format)
    return readers.shift()?.()
  }
}

function readersOf(
  request: InboundRequest,
  { encodings, list }: Pick<Format, 'encodings' | 'list'>,
): (() => DecodedPart)[] {
  const text = request.method === 'GET' ? '' : textOf(request)
  const parts = typeof text === 'string' ? partsOf(text, list) : []
  if (parts.length < 2) return [() => ({ ...decoded(request, text, encodings), before: 0, count: 0 })]
  return parts.map(({ text, ...place }) => () => {
    const body = jsonIn(text)
    return { ...(body === undefined ? NO_JSON : { body }), ...place }
  })
}

/** Reads a body as a whole. */
export function decode(request: InboundRequest, encodings?: Encodings): Decoded {
  return decoded(request, textOf(request), encodings)
}

const NO_JSON: Undecoded = { status: 400, message: 'JSON parse error' }

/**
 * Reads a body as JSON, whatever it says it is: curl says that everything is a form. A format that takes forms gets their fields, one
 * with a field `data` that holds JSON gets that. What comes by GET is in the query.
 */
function decoded(
  { method, query, headers }: InboundRequest,
  text: string | Undecoded,
  encodings: Encodings = [],
): Decoded {
  if (method === 'GET') return fieldsOf(Object.fromEntries(query), true)
  if (typeof text !== 'string') return text
  const type = (headers['content-type'] ?? '').toLowerCase()
  const json = jsonIn(text)
  if (json !== undefined) return { body: json }
  if (type.startsWith('multipart/form-data') && encodings.includes('multipart'))
    return fieldsOf(multipartFields(text, headers['content-type'] ?? ''))
  const isForm = type.startsWith('application/x-www-form-urlencoded')
  if (encodings.includes('form') && (isForm || /^[\w.-]+=/.test(text)))
    return fieldsOf(Object.fromEntries(new URLSearchParams(text)))
  const isJsonType = type === '' || /json|text\/plain|octet-stream/.test(type) || isForm
  if (!isJsonType) return { status: 415, message: `JSON is expected, and not ${type.slice(0, 60)}` }
  return NO_JSON
}

/** A field `data` holds all in JSON; in a query each field may (`areJson`). */
function fieldsOf(fields: Record<string, string> | undefined, areJson = false): Decoded {
  if (fields === undefined) return { status: 400, message: 'the form has no end' }
  const data = Object.hasOwn(fields, 'data') ? jsonIn(fields.data ?? '') : undefined
  if (data !== undefined || !areJson) return { body: data ?? fields }
  return { body: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, jsonIn(text) ?? text])) }
}

/**
 * A body as text, in the character set that the type names; what it can't hold becomes U+FFFD. A mark of the byte order is left out. Or why
 * it can't be read.
 */
function textOf(request: InboundRequest): string | Undecoded {
  const read = unpacked(request)
  if ('status' in read) return read
  const { body } = read
  if (typeof body === 'string') return body.startsWith('\ufeff') ? body.slice(1) : body
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(request.headers['content-type'] ?? '') ?? []
  try {
    return new TextDecoder(charset).decode(body)
  } catch {
    return new TextDecoder().decode(body)
  }
}
