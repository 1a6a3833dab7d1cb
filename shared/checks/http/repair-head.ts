import { Fault, fact } from '../run/fault.ts'
import { hasControls } from './control-characters.ts'
import type { Malformation } from './irregularity.ts'
import type { Note } from './note.ts'
import type { RawHead } from './raw-head.ts'

/** A length of more digits is that of no body. */
const MOST_DIGITS = 15

/**
 * Reads a head that is not as RFC 9112 has it, as far as both Chromium and curl (7.88) take it, but for versions, of which curl takes
 * few others. Neither takes a NUL, and curl no line without a colon.
 */
export function repairHead(text: string, note: Note): RawHead {
  if (text.includes('\0')) throw malformed('header-line')
  const lines = linesOf(text, note)
  const status = statusOf(lines.shift() ?? '', note)
  return {
    status,
    fields: framed(
      lines.map((line) => fieldOf(line, note)),
      note,
    ),
  }
}

/** To Chromium CR alone ends a line as well, and what follows it is another header, or more of the same. */
function linesOf(text: string, note: Note): string[] {
  if (/(^|[^\r])\n|\r(?!\n)/.test(text)) note('line-end')
  const lines: string[] = []
  for (const line of text.split(/[\r\n]+/).filter((one) => one !== '')) {
    const more = line.replace(/^[\t ]+/, '')
    if (more !== line) note('folded-header')
    lines.push(more === line ? line : `${lines.pop() ?? ''} ${more}`)
  }
  return lines
}

function statusOf(line: string, note: Note): number {
  const [start = '', version = '', status] = /^HTTP\/(\d\.\d)[\t ]+(\d{3})(?!\d)/i.exec(line) ?? []
  if (status === undefined) throw malformed('not-http')
  if (!/^HTTP\S+ \d{3}$/.test(start) || !/^(?: |$)/.test(line.slice(start.length))) note('status-line')
  if (version !== '1.1' && version !== '1.0') note('version')
  if (hasControls(line)) note('control-character')
  return Number(status)
}

function fieldOf(line: string, note: Note): [string, string] {
  const colon = line.indexOf(':')
  if (colon === -1) throw malformed('header-line')
  const before = line.slice(0, colon)
  const name = before.trimEnd()
  const value = line.slice(colon + 1)
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) note('header-name')
  if (name !== before) note('space-before-colon')
  if (hasControls(value)) note('control-character')
  return [name, value.trim()]
}

/** RFC 9112, section 6.3: a coding overrides a length, and several lengths are one if they are equal. */
function framed(fields: RawHead['fields'], note: Note): RawHead['fields'] {
  const valuesOf = (wanted: string) =>
    fields
      .filter(([name]) => name.toLowerCase() === wanted)
      .flatMap(([, value]) => value.split(',').map((one) => one.trim()))
  const lengths = valuesOf('content-length').map((text) => lengthIn(text, note))
  const codings = valuesOf('transfer-encoding').filter((coding) => coding.toLowerCase() !== 'identity')
  const [length] = lengths
  if (lengths.some((one) => one !== length)) throw malformed('length')
  if (lengths.length > 1) note('repeated-length')
  if (lengths.length > 0 && valuesOf('transfer-encoding').length > 0) note('length-and-encoding')
  const others = fields.filter(([name]) => !/^(content-length|transfer-encoding)$/i.test(name))
  if (codings.length > 0) return [...others, ['transfer-encoding', codings.join(', ')]]
  if (length === undefined || length === Infinity) return others
  return [...others, ['content-length', String(length)]]
}

/** The number that a length begins with, as curl reads it; `Infinity` for more than any body has, which ends with its connection. */
function lengthIn(text: string, note: Note): number {
  const digits = /^\+?(\d+)/.exec(text)?.[1]
  if (digits === undefined) throw malformed('length')
  const isTooLong = digits.length > MOST_DIGITS
  if (digits !== text || isTooLong) note('odd-length')
  return isTooLong ? Infinity : Number(digits)
}

function malformed(how: Malformation): Fault {
  return new Fault(fact('response-malformed', { how }))
}
