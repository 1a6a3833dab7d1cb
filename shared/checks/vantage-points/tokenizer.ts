/** Deeper nesting is no answer of a speed test. */
const DEEPEST = 20

/** White space and comments, a name or number, a string with its escapes, or one sign. */
const tokens =
  /\s+|\/\/[^\n]*|\/\*.*?\*\/|(?<word>[-+]?[\p{L}\p{N}_$.]+(?:(?<=\d[eE])[-+]\d+)?)|(?<string>'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*")|(?<sign>[{}[\]():,;])/gsuy

interface Token {
  kind: 'word' | 'string' | 'sign'
  /** As it is written; a string without its quotes and with its escapes replaced. */
  text: string
}

/**
 * The value that a JavaScript-like answer stands for, such as `({state:1,msg:'',result:{alltime:'212'}})` or
 * `callback({...});`. It is read token by token and never evaluated: literals of objects, arrays, strings, numbers,
 * `true`, `false`, `null` and `undefined`, and nothing else. Objects have no prototype. Throws a `SyntaxError`.
 */
export function readLiteral(text: string): unknown {
  const list = tokenize(text)
  let at = 0

  const peek = () => list[at]
  const isSign = (sign: string, ahead = 0) => list[at + ahead]?.kind === 'sign' && list[at + ahead]?.text === sign
  const skip = (sign: string) => isSign(sign) && ++at > 0
  const fail = (): never => {
    throw new SyntaxError(peek() === undefined ? 'it ends too early' : `unexpected ${peek()?.text.slice(0, 20)}`)
  }
  const expect = (sign: string) => {
    if (!skip(sign)) fail()
  }

  const value = (depth: number): unknown => {
    if (depth > DEEPEST) throw new SyntaxError('nested too deep')
    if (skip('{')) return object(depth)
    if (skip('[')) return array(depth)
    const token = list[at] ?? fail()
    const read = token.kind === 'string' ? token.text : token.kind === 'word' ? plain(token.text) : fail()
    at++
    return read
  }

  const object = (depth: number): Record<string, unknown> => {
    const read: Record<string, unknown> = Object.create(null)
    while (!skip('}')) {
      const key = peek()
      if (key === undefined || key.kind === 'sign') return fail()
      at++
      expect(':')
      read[key.text] = value(depth + 1)
      if (!isSign('}')) expect(',')
    }
    return read
  }

  const array = (depth: number): unknown[] => {
    const read: unknown[] = []
    while (!skip(']')) {
      read.push(value(depth + 1))
      if (!isSign(']')) expect(',')
    }
    return read
  }

  if (peek()?.kind === 'word' && isSign('(', 1)) at++
  const isWrapped = skip('(')
  const read = value(0)
  if (isWrapped) expect(')')
  skip(';')
  if (peek() !== undefined) fail()
  return read
}

function tokenize(text: string): Token[] {
  const found: Token[] = []
  let end = 0
  for (const match of text.matchAll(tokens)) {
    end = match.index + match[0].length
    const { word, string, sign } = match.groups ?? {}
    if (word !== undefined) found.push({ kind: 'word', text: word })
    if (string !== undefined) found.push({ kind: 'string', text: withoutEscapes(string.slice(1, -1)) })
    if (sign !== undefined) found.push({ kind: 'sign', text: sign })
  }
  if (end < text.length) throw new SyntaxError(`unexpected ${text.slice(end, end + 20)}`)
  return found
}

const words: Record<string, unknown> = { true: true, false: false, null: null, undefined: undefined }

/** A word that is a value. */
function plain(word: string): unknown {
  if (Object.hasOwn(words, word)) return words[word]
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(word)) return Number(word)
  throw new SyntaxError(`unexpected ${word.slice(0, 20)}`)
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' }
const continued = ['\n', '\r', '\r\n', '\u2028', '\u2029']

/**
 * ECMAScript, "String Literals": `\uXXXX`, `\u{X}`, `\xXX`, the single letters, a line continued; else the character.
 */
function withoutEscapes(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,5})\}|x([0-9a-fA-F]{2})|(\r\n|.))/gsu,
    (_whole, unit?: string, point?: string, byte?: string, other = '') => {
      const code = unit ?? point ?? byte
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
      return continued.includes(other) ? '' : (escapes[other] ?? other)
    },
  )
}
