import {
  type Alias,
  type Document,
  isNode,
  isScalar,
  type LineCounter,
  type Node,
  type Scalar,
  type YAMLError,
  type YAMLMap,
} from 'yaml'

/** What people get wrong in YAML, found and said so that they know what to do. */

/** Where a text begins that was written in another encoding: what is no UTF-8 is read as U+FFFD, UTF-16 as zeros between letters. */
export function notUtf8(text: string): number | undefined {
  const offset = text.search(/[\uFFFD\0]/)
  return offset < 0 ? undefined : offset
}

export const FULL_WIDTH_COLON = 'a full-width colon （：）: YAML wants `: `, a colon and a space'

/** Where a line begins with what looks like a key and a full-width colon. */
export function fullWidthColons(text: string, counter: LineCounter): { offset: number; line: number }[] {
  return [...text.matchAll(/^[ \t]*(?:- )?[\w.-]+(?=：)/gm)].map((match) => {
    const offset = match.index + match[0].length
    return { offset, line: counter.linePos(offset).line }
  })
}

/**
 * One mistake makes the parser stumble over everything behind it: of a line only the first error is worth reading, and none
 * behind a quote or bracket that is not closed.
 */
export function worthReading(errors: YAMLError[], counter: LineCounter): YAMLError[] {
  const unclosed = errors.findIndex(({ code }) => code === 'MISSING_CHAR')
  const lines = new Set<number>()
  return errors.slice(0, unclosed < 0 ? errors.length : unclosed + 1).filter((error, index) => {
    const { line } = counter.linePos(error.pos[0])
    if (lines.has(line)) return false
    lines.add(line)
    return index === 0 || error.code !== 'UNEXPECTED_TOKEN'
  })
}

/** The plain keys of a mapping after which nothing follows: inside `{ }` a key and its value are one of them if the colon is wide. */
export function withoutValue(map: YAMLMap): Scalar[] {
  return map.items.flatMap(({ key, value }) =>
    isScalar(key) && key.type === 'PLAIN' && (value === null || (isScalar(value) && value.source === '')) ? [key] : [],
  )
}

export function wideColonIn(key: Scalar): number | undefined {
  const at = key.source?.search(/(?<=^[\w.-]+)：/) ?? -1
  return at < 0 ? undefined : start(key) + at
}

export function aliasProblem(alias: Alias, document: Document, ancestors: readonly unknown[]): string | undefined {
  const meant = alias.resolve(document)
  if (!meant) {
    return `\`*${alias.source}\` has no anchor \`&${alias.source}\` before it; a text that starts with * needs quotes`
  }
  return ancestors.includes(meant) ? `\`*${alias.source}\` stands inside what it stands for` : undefined
}

export const GIVEN_TWICE = 'this key is given twice: keep one of them'

export function givenTwice(map: YAMLMap): Node[] {
  const met = new Set<unknown>()
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key) || !met.has(key.value)) {
      if (isScalar(key)) met.add(key.value)
      return []
    }
    return [key]
  })
}

export const INDENTED_OTHERWISE =
  'is indented otherwise than what stands beside it: give all of it the same number of spaces'

/** Where a key begins that the parser takes for more of the value on the line above, as it is indented deeper than that one's key. */
export function indentedDeeper({ code, pos }: YAMLError, text: string): number | undefined {
  const [value = '', ...after] = text.slice(pos[0]).split('\n')
  if (code !== 'BLOCK_AS_IMPLICIT_KEY' || /:\s/.test(value) || after.length === 0) return undefined
  return pos[0] + value.length + 1 + (after[0]?.search(/\S/) ?? 0)
}

export function remedy(error: YAMLError): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'a tab in the indentation: YAML wants spaces'
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a second `: ` on the line: put a value that holds one in quotes'
    case 'BAD_SCALAR_START':
      return 'a value that starts with this character needs quotes'
    case 'BAD_INDENT':
      if (error.message.includes('same column')) return INDENTED_OTHERWISE
      return `${error.message}; check the indentation, and that brackets are closed`
    case 'MULTIPLE_DOCS':
      return 'a second document begins here: one file holds one, remove the `---`'
    default:
      return error.message
  }
}

/** The offset of a node; the beginning of the text for what is none. */
export function start(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}
