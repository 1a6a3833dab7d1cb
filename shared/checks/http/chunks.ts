import { Fault, fact } from '../run/fault.ts'
import { HEADER_LIMIT_BYTES } from './header-limit.ts'
import type { Note } from './note.ts'

const CR = 13
const LF = 10

/** A size with its extensions, which are thrown away. */
const LINE_LIMIT = 16_384

type Part = 'size' | 'data' | 'cr' | 'lf' | 'trailer'

/** Takes a chunked body apart as it comes (RFC 9112, section 7.1). */
export class Chunks {
  isEnded = false
  #expects: Part = 'size'
  #line = ''
  #left = 0
  #trailerLength = 0
  readonly #note: Note

  constructor(note: Note) {
    this.#note = note
  }

  /** Hands the data in `bytes` to `take`, until that says it wants no more. Throws a fault for what is no chunk. */
  add(bytes: Buffer, take: (data: Buffer) => boolean): void {
    for (let at = 0; at < bytes.length && !this.isEnded; ) {
      if (this.#expects === 'data') {
        const data = bytes.subarray(at, at + this.#left)
        at += data.length
        this.#left -= data.length
        if (this.#left === 0) this.#expects = 'cr'
        if (!take(data)) return
      } else if (this.#expects === 'cr' || this.#expects === 'lf') this.#takeLineEnd(bytes[at++])
      else at = this.#addLine(bytes, at)
    }
  }

  /** Behind a chunk. */
  #takeLineEnd(byte: number | undefined): void {
    if (this.#expects === 'cr' && byte === CR) {
      this.#expects = 'lf'
      return
    }
    if (byte !== LF) throw malformed()
    if (this.#expects === 'cr') this.#note('chunk-line')
    this.#expects = 'size'
  }

  /** Adds what there is of a line from `from` on; where it ends. */
  #addLine(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(LF, from)
    this.#line += bytes.toString('latin1', from, end === -1 ? bytes.length : end)
    const limit = this.#expects === 'trailer' ? HEADER_LIMIT_BYTES : LINE_LIMIT
    if (this.#line.length + this.#trailerLength > limit) throw malformed()
    if (end === -1) return bytes.length
    const line = this.#line
    this.#line = ''
    if (!line.endsWith('\r')) this.#note('chunk-line')
    this.#takeLine(line.replace(/\r$/, ''))
    return end + 1
  }

  #takeLine(line: string): void {
    if (this.#expects === 'trailer') {
      this.#trailerLength += line.length
      this.isEnded = line === ''
      return
    }
    const [, size, space] = /^0*([\da-f]{1,12})([\t ]*)(?:;.*)?$/i.exec(line) ?? []
    if (size === undefined) throw malformed()
    if (space !== '') this.#note('chunk-line')
    this.#left = Number.parseInt(size, 16)
    this.#expects = this.#left === 0 ? 'trailer' : 'data'
  }
}

function malformed(): Fault {
  return new Fault(fact('response-malformed', { how: 'chunk' }))
}
