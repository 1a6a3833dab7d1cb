import { Fault, fact } from '../run/fault.ts'
import { hasControls } from './control-characters.ts'
import type { Malformation } from './irregularity.ts'
import type { Note } from './note.ts'
import type { RawHead } from './raw-head.ts'

/**
 * Reads a head that is not as RFC 9112 has it, as far as browsers do. Seen of Chromium, and of curl 7.88, which takes but few other
 * versions: neither takes a NUL.
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

function linesOf(text: string, note: Note): string[] {
  const whole = text.replace(/\r?\n\r?\n$/, '')
  if (/(^|[^\r])\n/.test(text)) note('line-end')
  const unfolded = whole.replace(/\r?\n[\t ]+/g, ' ')
  if (unfolded !== whole) note('folded-header')
  return unfolded.split(/\r?\n/)
}

function statusOf(line: string, note: Note): number {
  const [, version = '', status] = /^HTTP\/(\d\.\d) (\d{3})(?: |$)/.exec(line) ?? []
  if (status === undefined) throw malformed('not-http')
  if (version !== '1.1' && version !== '1.0') note('version')
  if (hasControls(line)) note('control-character')
  return Number(status)
}

function fieldOf(line: string, note: Note): [string, string] {
  const [, name, space, value = ''] = /^([\w!#$%&'*+.^`|~-]+)([\t ]*):(.*)$/s.exec(line) ?? []
  if (name === undefined || value.includes('\r')) throw malformed('header-line')
  if (space !== '') note('space-before-colon')
  if (hasControls(value)) note('control-character')
  return [name, value.trim()]
}

/** RFC 9112, section 6.3: a coding overrides a length, and several lengths are one if they are equal. */
function framed(fields: RawHead['fields'], note: Note): RawHead['fields'] {
  const valuesOf = (wanted: string) =>
    fields
      .filter(([name]) => name.toLowerCase() === wanted)
      .flatMap(([, value]) => value.split(',').map((one) => one.trim()))
  const lengths = valuesOf('content-length')
  const codings = valuesOf('transfer-encoding').filter((coding) => coding.toLowerCase() !== 'identity')
  const [length] = lengths
  if (lengths.some((one) => !/^\d{1,15}$/.test(one) || Number(one) !== Number(length))) throw malformed('length')
  if (lengths.length > 1) note('repeated-length')
  if (lengths.length > 0 && valuesOf('transfer-encoding').length > 0) note('length-and-encoding')
  const others = fields.filter(([name]) => !/^(content-length|transfer-encoding)$/i.test(name))
  if (codings.length > 0) return [...others, ['transfer-encoding', codings.join(', ')]]
  return length === undefined ? others : [...others, ['content-length', length]]
}

function malformed(how: Malformation): Fault {
  return new Fault(fact('response-malformed', { how }))
}
