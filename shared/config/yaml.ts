import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml'
import { type Mistake, mistake } from '../contracts/mistake.ts'
import type { Problem } from './problem.ts'
import {
  aliasProblem,
  FULL_WIDTH_COLON,
  fullWidthColons,
  GIVEN_TWICE,
  givenTwice,
  INDENTED_OTHERWISE,
  indentedDeeper,
  NOT_UTF8,
  notUtf8,
  remedy,
  start,
  wideColonIn,
  withoutValue,
  worthReading,
} from './yaml-mistakes.ts'

export type Path = readonly (string | number)[]

/** A YAML text as plain data that remembers where each value was written. */
export interface Yaml {
  value: unknown
  /** What YAML itself has against the text. */
  problems: Problem[]
  /** The line from which on the data can't be trusted; infinity when the text is well-formed. */
  brokenFrom: number
  /** A problem at a path: at its value, or at its `key`. What does not exist is placed at the nearest key around it. */
  problem(path: Path, mistake: Mistake, at?: 'key' | 'value'): Problem
  /** A scalar as it is written, such as `+8613800000001` where the value is a number without its `+`. */
  written(path: Path): string | undefined
  has(path: Path): boolean
}

/*
 * Inside `{ }` and `[ ]` an unquoted `${X}` is a syntax error with a dozen confusing consequences. So the brackets of
 * references are hidden from the parser behind private-use characters of the same length, and every other mistake of the
 * file can be told in the same breath.
 */
const hide = (text: string) => text.replace(/\$\{([^\s{}[\]"',]*)\}/g, '\uE000\uE001$1\uE002')
const unhide = (text: string) => text.replace(/\uE000\uE001([^\uE002]*)\uE002/g, (_, name) => `\${${name}}`)

/** Each alias is looked up from the top of the file: so many take no time, twenty thousand a minute. */
const MAX_ALIASES = 200

/** Reads a YAML text. Never throws: a text that is no YAML at all gives problems and the data that could be saved. */
export function parseYaml(text: string, file: string): Yaml {
  const counter = new LineCounter()
  // The parser compares each key of a mapping with all before it: a set finds those that are given twice at once.
  const options = { lineCounter: counter, prettyErrors: false, uniqueKeys: false }
  const document: Document = parseDocument(hide(text), options)
  const problems: Problem[] = []

  const problemAt = (offset: number, path: Path, { code, words }: Mistake): Problem => {
    const { line, col } = counter.linePos(offset)
    return {
      file,
      line: Math.max(1, line),
      column: Math.max(1, col),
      key: path.join('.'),
      code,
      message: words.en,
      zh: words.zh,
    }
  }

  const unreadable = notUtf8(text)
  if (unreadable !== undefined) {
    problems.push(problemAt(unreadable, [], NOT_UTF8))
    return {
      value: undefined,
      problems,
      brokenFrom: 0,
      problem: () => problemAt(0, [], NOT_UTF8),
      has: () => false,
      written: () => undefined,
    }
  }
  const wide = fullWidthColons(text, counter)
  for (const error of worthReading(document.errors, counter)) {
    const { line } = counter.linePos(error.pos[0])
    const colon = wide.find((one) => one.line === line || one.line === line - 1)
    const deeper = indentedDeeper(error, text)
    if (deeper !== undefined) problems.push(problemAt(deeper, pathAt(document, error.pos[0]), INDENTED_OTHERWISE))
    else if (colon === undefined) problems.push(problemAt(error.pos[0], pathAt(document, error.pos[0]), remedy(error)))
    else problems.push(problemAt(colon.offset, [], FULL_WIDTH_COLON))
  }
  let isReadable = true
  /** Where the parser took a key and its value for one text, without an error. */
  let lostAt = Number.POSITIVE_INFINITY
  let aliases = 0
  visit(document, (_, node, ancestors) => {
    if (isMap(node)) {
      for (const key of givenTwice(node))
        problems.push(problemAt(start(key), pathAt(document, start(key)), GIVEN_TWICE))
      for (const key of withoutValue(node)) {
        const at = wideColonIn(key)
        if (at === undefined) continue
        problems.push(problemAt(at, [], FULL_WIDTH_COLON))
        lostAt = Math.min(lostAt, at)
      }
    }
    if (isAlias(node)) {
      if (++aliases > MAX_ALIASES) {
        const words = {
          en: `more than ${MAX_ALIASES} aliases: write the values, or let checks inherit them from \`defaults\``,
          zh: `别名多于 ${MAX_ALIASES} 个：直接写值，或让检查从 \`defaults\` 继承`,
        }
        problems.push(problemAt(start(node), pathAt(document, start(node)), mistake('too-many-aliases', words)))
        isReadable = false
        return visit.BREAK
      }
      const wrong = aliasProblem(node, document, ancestors)
      if (wrong) problems.push(problemAt(start(node), pathAt(document, start(node)), wrong))
      isReadable &&= !wrong
    }
    if (!isScalar(node) || typeof node.value !== 'string') return undefined
    const value = unhide(node.value)
    if (
      value !== node.value &&
      node.type === 'PLAIN' &&
      ancestors.some((around) => isCollection(around) && around.flow)
    ) {
      const words = {
        en: `inside { } and [ ] a reference needs quotes: write "${value}"`,
        zh: `在 { } 和 [ ] 里引用要加引号：写成 "${value}"`,
      }
      problems.push(problemAt(start(node), pathAt(document, start(node)), mistake('reference-not-quoted', words)))
    }
    node.value = value
    return undefined
  })

  const problem: Yaml['problem'] = (path, found, at = 'value') =>
    problemAt(offsetOf(document, path, at) ?? start(document.contents), path, found)

  let value: unknown
  try {
    if (isReadable) value = document.toJS()
  } catch (error) {
    isReadable = false
    const said = error instanceof Error ? error.message : String(error)
    problems.push(problem([], mistake('no-yaml', { en: said, zh: `读不成 YAML：${said}` })))
  }

  return {
    value,
    problems,
    brokenFrom: isReadable ? brokenFrom(document, counter, lostAt) : 0,
    problem,
    has: (path) => nodeAt(document, path) !== undefined,
    written(path) {
      const node = nodeAt(document, path)
      return isScalar(node) ? node.source : undefined
    },
  }
}

/** Where the section (the key of the file) begins in which the parser lost its way. */
function brokenFrom(document: Document, counter: LineCounter, lostAt: number): number {
  const offset = Math.min(lostAt, document.errors[0]?.pos[0] ?? Number.POSITIVE_INFINITY)
  if (offset === Number.POSITIVE_INFINITY) return offset
  const sections = isMap(document.contents) ? document.contents.items.map(({ key }) => start(key)) : []
  return counter.linePos(sections.findLast((section) => section <= offset) ?? 0).line
}

/** The node of a path; undefined when there is none. */
function nodeAt(document: Document, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((node, segment) => childOf(document, node, segment)?.value, rootOf(document))
}

function rootOf(document: Document): Node | undefined {
  return isNode(document.contents) ? document.contents : undefined
}

function childOf(
  document: Document,
  node: Node | undefined,
  segment: string | number,
): { key?: Node; value?: Node } | undefined {
  const parent = isAlias(node) ? node.resolve(document) : node
  if (!isCollection(parent)) return undefined
  if (!isMap(parent)) {
    const item: unknown = parent.items[Number(segment)]
    return isNode(item) ? { value: item } : undefined
  }
  // With a key given twice the last one counts, as it does in the data.
  const pair = parent.items.findLast((item) => isScalar(item.key) && String(item.key.value) === String(segment))
  return pair && { ...(isNode(pair.key) && { key: pair.key }), ...(isNode(pair.value) && { value: pair.value }) }
}

function offsetOf(document: Document, path: Path, at: 'key' | 'value'): number | undefined {
  const last = path.at(-1)
  if (last === undefined) return undefined
  const around = path.slice(0, -1)
  const child = childOf(document, nodeAt(document, around), last)
  if (!child) return offsetOf(document, around, 'key')
  const isEmpty = isScalar(child.value) && child.value.source === ''
  const place = at === 'key' || isEmpty ? (child.key ?? child.value) : (child.value ?? child.key)
  return place && start(place)
}

/** The path of what stands at an offset of the text, as far as it can be told. */
function pathAt(document: Document, offset: number): Path {
  let found: Path = []
  visit(document, (_, node, ancestors) => {
    const from = isPair(node) ? start(node.key) : start(node)
    const to = isPair(node) ? endOf(node.value ?? node.key) : endOf(node)
    if (from > offset || to < offset) return
    const way = [...ancestors, node]
    const madeUp = way.findIndex(isMadeUp)
    const meant = madeUp < 0 ? way : way.slice(0, madeUp)
    const path = meant.flatMap((each, index, all) => segmentOf(each, all[index - 1]))
    if (path.length >= found.length) found = path
  })
  return found
}

/** A key over two lines, which is folded: the parser takes a value, and the key below it that is indented too deep, for one. */
function isMadeUp(node: unknown): boolean {
  if (!isPair(node) || !isScalar(node.key) || node.key.type !== 'PLAIN') return false
  return endOf(node.key) - start(node.key) > (node.key.source?.length ?? 0)
}

function segmentOf(node: unknown, parent: unknown): (string | number)[] {
  if (isPair(node)) return isScalar(node.key) ? [String(node.key.value)] : []
  if (isSeq(parent)) return [parent.items.indexOf(node)]
  return []
}

function endOf(node: unknown): number {
  return isNode(node) ? (node.range?.[1] ?? 0) : 0
}
