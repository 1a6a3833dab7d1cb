import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Document, LineCounter, parseDocument, type Tags } from 'yaml'
import { StartError } from './start-error.ts'

/** Where a value stands: the keys from the top of the file. */
export type Path = (string | number)[]

/** What can't be read from a definition, with the place it stands at. */
class DefinitionError extends StartError {
  constructor(file: string, line: number | undefined, path: Path, problem: string) {
    const text = `${file}${line === undefined ? '' : `:${line}`}: ${written(path)}: ${problem}`
    super({ en: text, zh: text })
    this.name = 'DefinitionError'
  }
}

/** A YAML file that can say on which line a path stands. */
export interface SourceFile {
  file: string
  folder: string
  data: unknown
  fail(path: Path, problem: string): never
}

/** Reads YAML or JSON, CloudFormation's short tags (`!Ref`, `!GetAtt`, …) included. Throws `DefinitionError` on bad syntax. */
export function readSource(file: string): SourceFile {
  return parseSource(file, readFileSync(file, 'utf8'))
}

export function parseSource(file: string, text: string): SourceFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, customTags: cloudFormationTags })
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault) throw new DefinitionError(file, lines.linePos(fault.pos[0]).line, [], fault.message)
  return {
    file,
    folder: dirname(resolve(file)),
    data: document.toJS(),
    fail(path, problem) {
      throw new DefinitionError(file, lineOf(document, lines, path), path, problem)
    },
  }
}

/** `functions.probe.events[0].schedule` */
function written(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('') || 'the file'
}

/** The nearest enclosing line that the file has: a value that came from elsewhere has none of its own. */
function lineOf(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    const range = node && typeof node === 'object' && 'range' in node ? node.range : undefined
    if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line
  }
  return undefined
}

const shortForms = ['Ref', 'GetAtt', 'Sub', 'Join', 'If', 'Select', 'Split', 'ImportValue', 'FindInMap', 'Base64']
const conditions = ['Condition', 'Equals', 'Not', 'And', 'Or']

const cloudFormationTags: Exclude<Tags, (existing: Tags) => Tags> = [...shortForms, ...conditions].flatMap((name) => {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`
  const wrap = (value: unknown) => ({ [key]: value })
  const wrapNode = (node: { toJSON(): unknown }) => wrap(node.toJSON())
  return [
    { tag: `!${name}`, resolve: wrap },
    { tag: `!${name}`, collection: 'seq' as const, resolve: wrapNode },
    { tag: `!${name}`, collection: 'map' as const, resolve: wrapNode },
  ]
})
