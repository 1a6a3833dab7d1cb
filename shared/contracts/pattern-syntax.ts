/** What a pattern is made of. `most` is absent where there is no end. */
export type Piece =
  | { type: 'character'; is: (character: string) => boolean }
  | { type: 'sequence'; of: Piece[] }
  | { type: 'choice'; of: Piece[] }
  | { type: 'repeat'; of: Piece; least: number; most?: number }

/** Where a pattern stops being one, from 0. */
export class PatternSyntaxError extends Error {
  readonly position: number

  constructor(position: number) {
    super(`no pattern from character ${position + 1} on`)
    this.position = position
  }
}

/** Parentheses in parentheses so deep are a mistake or an attack. */
const DEEPEST = 50

/** Counted repetitions beyond this are refused, as RE2 refuses them (google/re2 wiki, "Syntax"). */
const MOST_TIMES = 1_000

const classes: Record<string, (character: string) => boolean> = {
  d: (character) => character >= '0' && character <= '9',
  w: (character) => /^\w$/.test(character),
  s: (character) => /^[\t\n\f\r ]$/.test(character),
}
const controls: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f' }

/**
 * Reads a pattern in the syntax of RE2 (google/re2 wiki, "Syntax") as far as labels need it: characters, `.`, classes, `\d \w \s`,
 * groups, `|`, `* + ? {n,m}`, `(?i)` at its beginning. `^` and `$` may stand at its ends, where they change nothing. Throws a
 * `PatternSyntaxError`.
 */
export function parsePattern(source: string): { piece: Piece; ignoresCase: boolean } {
  const ignoresCase = source.startsWith('(?i)')
  const rest = ignoresCase ? source.slice('(?i)'.length) : source
  const offset = source.length - rest.length
  const fold = (character: string) => (ignoresCase ? character.toLowerCase() : character)
  return { piece: new Parser(rest, offset, fold).whole(), ignoresCase }
}

class Parser {
  readonly #characters: string[]
  readonly #offset: number
  readonly #fold: (character: string) => string
  #at = 0
  #depth = 0

  constructor(text: string, offset: number, fold: (character: string) => string) {
    this.#characters = [...text]
    this.#offset = offset
    this.#fold = fold
  }

  whole(): Piece {
    this.#take('^')
    const piece = this.#choice()
    if (this.#at < this.#characters.length) this.#fail()
    return piece
  }

  get #next(): string | undefined {
    return this.#characters[this.#at]
  }

  #take(character: string): boolean {
    if (this.#next !== character) return false
    this.#at += 1
    return true
  }

  #fail(at = this.#at): never {
    throw new PatternSyntaxError(at + this.#offset)
  }

  #choice(): Piece {
    const of = [this.#sequence()]
    while (this.#take('|')) of.push(this.#sequence())
    const [only] = of
    return of.length === 1 && only !== undefined ? only : { type: 'choice', of }
  }

  #sequence(): Piece {
    const of: Piece[] = []
    while (this.#next !== undefined && this.#next !== '|' && this.#next !== ')') {
      if (this.#next === '$' && this.#at === this.#characters.length - 1) {
        this.#at += 1
        break
      }
      of.push(this.#repeated(this.#one()))
    }
    return { type: 'sequence', of }
  }

  #repeated(of: Piece): Piece {
    const at = this.#at
    const times = this.#times()
    if (times === undefined) return of
    // Whether it takes as few as it can makes no difference to whether it fits.
    this.#take('?')
    if (this.#next !== undefined && '*+?{'.includes(this.#next)) this.#fail(at + 1)
    return { type: 'repeat', of, ...times }
  }

  #times(): { least: number; most?: number } | undefined {
    if (this.#take('*')) return { least: 0 }
    if (this.#take('+')) return { least: 1 }
    if (this.#take('?')) return { least: 0, most: 1 }
    if (this.#next !== '{') return undefined
    const end = this.#characters.indexOf('}', this.#at)
    const written = /^(\d{1,4})(,?)(\d{0,4})$/.exec(this.#characters.slice(this.#at + 1, end).join(''))
    const [, first, comma, last] = written ?? []
    const least = Number(first)
    const most = comma === '' ? least : last === '' ? undefined : Number(last)
    if (end < 0 || written === null || Math.max(least, most ?? 0) > MOST_TIMES || (most ?? least) < least) this.#fail()
    this.#at = end + 1
    return { least, ...(most === undefined ? {} : { most }) }
  }

  #one(): Piece {
    const at = this.#at
    const character = this.#next ?? this.#fail()
    if ('*+?{}^$]'.includes(character)) this.#fail()
    this.#at += 1
    if (character === '(') return this.#group(at)
    if (character === '[') return this.#class(at)
    if (character === '.') return { type: 'character', is: (one) => one !== '\n' }
    if (character === '\\') return { type: 'character', is: this.#escaped() }
    const meant = this.#fold(character)
    return { type: 'character', is: (one) => one === meant }
  }

  #group(at: number): Piece {
    if (this.#take('?') && !this.#take(':')) this.#fail()
    this.#depth += 1
    if (this.#depth > DEEPEST) this.#fail(at)
    const piece = this.#choice()
    if (!this.#take(')')) this.#fail(at)
    this.#depth -= 1
    return piece
  }

  #escaped(): (character: string) => boolean {
    const character = this.#next ?? this.#fail()
    this.#at += 1
    const known = classes[character.toLowerCase()]
    if (known !== undefined) return character === character.toLowerCase() ? known : (one) => !known(one)
    const control = controls[character]
    if (control !== undefined) return (one) => one === control
    if (/^[A-Za-z0-9]$/.test(character)) this.#fail(this.#at - 1)
    return (one) => one === character
  }

  #class(at: number): Piece {
    const isOther = this.#take('^')
    const parts: ((character: string) => boolean)[] = []
    while (parts.length === 0 || this.#next !== ']') {
      const first = this.#next ?? this.#fail(at)
      this.#at += 1
      if (first === '\\') parts.push(this.#escaped())
      else if (this.#next === '-' && ![']', undefined].includes(this.#characters[this.#at + 1])) {
        const last = this.#characters[this.#at + 1] ?? this.#fail(at)
        if (last === '\\' || last < first) this.#fail(this.#at + 1)
        this.#at += 2
        const [from, to] = [this.#fold(first), this.#fold(last)]
        parts.push((one) => one >= from && one <= to)
      } else {
        const meant = this.#fold(first)
        parts.push((one) => one === meant)
      }
    }
    this.#at += 1
    return { type: 'character', is: (one) => parts.some((fits) => fits(one)) !== isOther }
  }
}
