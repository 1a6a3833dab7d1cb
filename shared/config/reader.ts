import * as z from 'zod'
import { type Mistake, mistake, mistakeIn } from '../contracts/mistake.ts'
import { didYouMean } from '../contracts/suggest.ts'
import type { Bilingual } from '../contracts/words.ts'
import type { Thing } from '../messages/not-named.ts'
import { explain, numberTrap } from './explain.ts'
import { certificatesIn, FileMistake, imageOf, type ReadText } from './files.ts'
import { notNamed } from './not-named.ts'
import type { Problem } from './problem.ts'
import { type Path, parseYaml } from './yaml.ts'

/** Reads a configuration file piece by piece, so that a mistake in one piece hides none in another. */
export interface Reader {
  /** Whether all of the text is well-formed: what is missing is missing. */
  isWhole: boolean
  /** All problems so far in the order of the text. Of a text that is not well-formed, only what stands before the break. */
  problems(): Problem[]
  /** What is written at a path, as plain data. */
  get(path: Path): unknown
  /** The keys of the mapping at a path; none when there is no mapping. */
  keys(path: Path): string[]
  /** The value at a path (or `value` in its place) as `schema` makes it; undefined after noting what is wrong with it. */
  read<T>(schema: z.core.$ZodType<T>, path: Path, options?: ReadOptions): T | undefined
  /** The same for a mapping all of whose keys are optional: those with a mistake are left out. */
  readKeys<T extends object>(schema: z.core.$ZodType<T>, path: Path, options?: ReadOptions): Partial<T>
  /** The keys of a mapping of named things, after noting what is wrong with the mapping or with a name. */
  names(schema: z.core.$ZodType<string>, path: Path): string[]
  /** The text of the file that is named at a path; undefined after noting why there is none. */
  text(path: Path): string | undefined
  /** The certificates of the PEM file that is named at a path; undefined after noting why there are none. */
  certificates(path: Path): string | undefined
  /** The image that is named at a path, as a data URL; undefined after noting why there is none. */
  image(path: Path): string | undefined
  /** Notes a problem: at the value of a path, or at its key. */
  note(path: Path, mistake: Mistake, at?: 'key' | 'value'): void
  /** Notes each name at a path (a text, or the texts of a list) that stands for nothing. */
  lookUp(path: Path, what: Thing, known: readonly string[]): void
}

interface ReadOptions {
  /** Stands in for what is written at the path. */
  value?: unknown
  /** Keys that are known beside the schema's. */
  alsoKnown?: string[]
  /** Whom or what the messages are about. */
  about?: string
}

const noFiles: ReadText = () => {
  throw new Error('there is no folder to read it from')
}

/** `file` is the name that problems carry; `files` reads the files that it names. */
export function createReader(text: string, file: string, files: ReadText = noFiles): Reader {
  const yaml = parseYaml(text, file)
  const isWhole = yaml.brokenFrom === Number.POSITIVE_INFINITY
  const noted: Problem[] = []
  const note: Reader['note'] = (path, mistake, at) => {
    const problem = yaml.problem(path, mistake, at)
    // From a break on nothing is certain, and what seems to be missing may be there.
    if (isWhole || (problem.line < yaml.brokenFrom && yaml.has(path))) noted.push(problem)
  }
  const get = (path: Path) => path.reduce<unknown>((value, segment) => child(value, segment), yaml.value)

  const noteIssue = (issue: z.core.$ZodIssue, path: Path, options: ReadOptions) => {
    const { alsoKnown = [], about } = options
    const where = [...path, ...issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)))]
    if (issue.code === 'unrecognized_keys') {
      const known = [...issue.message.split(' '), ...alsoKnown]
      for (const key of issue.keys)
        note([...where, key], unknownKey(key, known, indentation(key, issue.keys, get(where))), 'key')
      return
    }
    if (issue.code === 'invalid_key') return note(where, mistakeIn(issue.issues[0] ?? issue), 'key')
    // Without branches, none was meant: the text that tells them apart is wrong.
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const [first] = issue.errors.toSorted((a, b) => deepest(b) - deepest(a))
      for (const inner of first ?? []) noteIssue(inner, where, options)
      return
    }
    const found = numberTrap(issue, get(where), yaml.written(where)) ?? mistakeIn(issue)
    const { en, zh } = found.words
    note(where, about ? mistake(found.code, { en: `${about}: ${en}`, zh: `${about}：${zh}` }) : found)
  }

  const tryRead = <T>(schema: z.core.$ZodType<T>, path: Path, options: ReadOptions) => {
    const value = options.value ?? get(path)
    const result = z.safeParse(schema, value, { error: explain })
    for (const issue of result.error?.issues ?? []) noteIssue(issue, path, options)
    return { value, result }
  }

  const lookUp: Reader['lookUp'] = (path, what, known) => {
    const value = get(path)
    if (Array.isArray(value)) for (const index of value.keys()) lookUp([...path, index], what, known)
    if (typeof value !== 'string' || known.includes(value) || !isWhole) return
    note(path, notNamed(what, value, known))
  }

  const readFrom = (path: Path, made: (text: string, name: string) => string, encoding?: 'base64') => {
    const name = get(path)
    if (typeof name !== 'string') return undefined
    try {
      return made(files(name, encoding), name)
    } catch (error) {
      const { code, words } = fileMistake(error)
      note(path, mistake(code, { en: `${name}: ${words.en}`, zh: `${name}：${words.zh}` }))
      return undefined
    }
  }

  return {
    isWhole,
    problems: () => [...yaml.problems, ...noted].sort((a, b) => a.line - b.line || a.column - b.column),
    get,
    keys: (path) => Object.keys(mapping(get(path))),
    read: (schema, path, options = {}) => tryRead(schema, path, options).result.data,
    readKeys(schema, path, options = {}) {
      const { value, result } = tryRead(schema, path, options)
      if (result.success) return result.data
      const wrong = result.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : issue.path.slice(0, 1).map(String),
      )
      const right = Object.entries(mapping(value)).filter(([key]) => !wrong.includes(key))
      return z.safeParse(schema, Object.fromEntries(right)).data ?? {}
    },
    names(schema, path) {
      if (get(path) !== undefined) tryRead(z.record(schema, z.unknown()), path, {})
      return Object.keys(mapping(get(path)))
    },
    text: (path) => readFrom(path, (text) => text),
    certificates: (path) => readFrom(path, certificatesIn),
    image: (path) => readFrom(path, imageOf, 'base64'),
    note,
    lookUp,
  }
}

function fileMistake(error: unknown): Mistake {
  if (error instanceof FileMistake) return error.mistake
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== 'ENOENT') return mistake('unreadable-file', { en: message, zh: message })
  return mistake('no-file', { en: 'there is no such file beside this one', zh: '本文件旁边没有这个文件' })
}

function child(value: unknown, segment: string | number): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, segment)) return undefined
  return (value as Record<string | number, unknown>)[segment]
}

function mapping(value: unknown): object {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}
}

/** A key that is known nowhere here may belong to the empty one above it, whose name this gives. */
function indentation(key: string, unknown: string[], around: unknown): string | undefined {
  const keys = Object.keys(mapping(around))
  const above = keys.slice(0, keys.indexOf(key)).findLast((one) => !unknown.includes(one))
  if (above === undefined || child(around, above) !== null) return undefined
  return above
}

function unknownKey(key: string, known: string[], above: string | undefined): Mistake {
  if (key === '<<')
    return mistake('merge-key', {
      en: 'merge keys are not read: checks inherit from their project and from `defaults`',
      zh: '不支持合并键：检查会从项目和 `defaults` 继承',
    })
  const guess = didYouMean(key, known)
  const all = [...new Set(known)].sort()
  const indent = above === undefined ? { en: '', zh: '' } : belongsTo(above)
  return mistake('unknown-key', {
    en: `unknown key${guess.en}; known here: ${all.join(', ')}${indent.en}`,
    zh: `没有这个键${guess.zh}；这里可用：${all.join('、')}${indent.zh}`,
  })
}

function belongsTo(above: string): Bilingual {
  return {
    en: `; if it belongs to \`${above}\`, indent it below that`,
    zh: `；如果属于 \`${above}\`，请缩进到它下面`,
  }
}

/** The branch of a union that understood most is the one that was meant. */
function deepest(issues: z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length))
}
