import type { IncomingHttpHeaders } from 'node:http'
import type { Note } from './note.ts'
import type { RawHead } from './raw-head.ts'

export interface ResponseHead {
  status: number
  /** By names in lower case, in Latin-1. */
  headers: IncomingHttpHeaders
}

/** As RFC 9112 has it: a status line, fields and an empty line. */
const regular =
  /^HTTP\/1\.[01] \d{3}(?: [\t\x20-\x7e\x80-\xff]*)?\r\n(?:[\w!#$%&'*+.^`|~-]+:[\t\x20-\x7e\x80-\xff]*\r\n)*\r\n$/

/** Of these the first one counts, as in Node; others are joined. */
const single = ['content-type', 'location']

/** Reads a head, its empty line included, in Latin-1. Rejects with a fault for what nobody can read. */
export async function parseHead(text: string, note: Note): Promise<ResponseHead> {
  const { status, fields } = parseRegular(text) ?? (await import('./repair-head.ts')).repairHead(text, note)
  return { status, headers: headersOf(fields) }
}

/** Undefined if anything is irregular. */
function parseRegular(text: string): RawHead | undefined {
  if (!regular.test(text)) return undefined
  const [statusLine = '', ...lines] = text.slice(0, -4).split('\r\n')
  const fields = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  if (fields.filter(([name]) => /^(content-length|transfer-encoding)$/i.test(name)).length > 1) return undefined
  const length = fields.find(([name]) => /^content-length$/i.test(name))?.[1] ?? '0'
  return /^\d{1,15}$/.test(length) ? { status: Number(statusLine.slice(9, 12)), fields } : undefined
}

function headersOf(fields: RawHead['fields']): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = Object.create(null)
  for (const [written, value] of fields) {
    const name = written.toLowerCase()
    const before = headers[name]
    if (name === 'set-cookie') headers[name] = [...(headers[name] ?? []), value]
    else if (before === undefined) headers[name] = value
    else if (!single.includes(name)) headers[name] = `${before}, ${value}`
  }
  return headers
}
