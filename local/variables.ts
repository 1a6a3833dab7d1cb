import { resolve } from 'node:path'
import { type Path, readSource, type SourceFile } from './place.ts'

/** Where the Serverless Framework's `${…}` variables get their values. */
export interface VariableSources {
  stage: string
  region: string
  params: Record<string, string>
  env: Record<string, string | undefined>
}

/** A variable has no value and no fallback, where somebody needs it. */
const missing = Symbol('missing')
type Found = unknown | typeof missing

/** The innermost `${source:address}`. `${AWS::Region}` and `${Queue.Arn}` are CloudFormation's and stay. */
const innermost = /\$\{((?:self|sls|opt|param|env|file|aws|cf|ssm|s3)(?:\([^()]*\))?:[^{}]*|file\([^()]*\))\}/

/** Resolves variables in a definition as the framework does: only where somebody looks, so an unset one that only a deployment needs doesn't matter. */
export function variablesOf(source: SourceFile, sources: VariableSources) {
  const files = new Map<string, SourceFile>()
  const underWay = new Set<string>()

  /** The value at a path below the top with every variable in it resolved; undefined when the file has none there. */
  function read(path: Path): unknown {
    let value: unknown = source.data
    for (const [i, key] of path.entries()) {
      value = shallow(value, path.slice(0, i))
      if (value === null || typeof value !== 'object') return undefined
      value = (value as Record<string | number, unknown>)[key]
    }
    return deep(value, path)
  }

  /** The keys of a mapping, without looking into its values. */
  function keys(path: Path): string[] {
    const parent = path.slice(0, -1)
    let value: unknown = source.data
    for (const [i, key] of path.entries()) {
      value = shallow((value as Record<string | number, unknown> | undefined)?.[key], path.slice(0, i + 1))
    }
    if (value === undefined || value === null) return []
    if (typeof value !== 'object') source.fail(parent.concat(path.slice(-1)), 'should be a mapping')
    return Object.keys(value)
  }

  function deep(value: unknown, path: Path): unknown {
    const here = shallow(value, path)
    if (Array.isArray(here)) return here.map((item, i) => deep(item, [...path, i]))
    if (here === null || typeof here !== 'object') return here
    return Object.fromEntries(Object.entries(here).map(([key, item]) => [key, deep(item, [...path, key])]))
  }

  /** Resolves a value that is itself text; a variable that is the whole text may stand for anything, not only text. */
  function shallow(value: unknown, path: Path): unknown {
    if (typeof value !== 'string') return value
    const match = innermost.exec(value)
    if (!match) return value
    const found = first(match[1] ?? '', path)
    if (found === missing) source.fail(path, `\${${match[1]}} has no value and no fallback`)
    if (match[0] === value) return shallow(found, path)
    if (found !== null && typeof found === 'object') source.fail(path, `\${${match[1]}} is not text`)
    return shallow(
      value.replace(match[0], () => String(found ?? '')),
      path,
    )
  }

  /** `a, b, 'c'`: the first that has a value. */
  function first(expression: string, path: Path): Found {
    for (const part of expression.split(/,\s*(?=(?:[^']*'[^']*')*[^']*$)/)) {
      const found = one(part.trim(), path)
      if (found !== missing && found !== undefined) return found
    }
    return missing
  }

  function one(part: string, path: Path): Found {
    const quoted = /^(['"])(.*)\1$/.exec(part)
    if (quoted) return quoted[2]
    if (part === '' || part === 'null') return null
    if (part === 'true' || part === 'false') return part === 'true'
    if (/^-?\d+(\.\d+)?$/.test(part)) return Number(part)
    const file = /^file\(([^()]+)\)(?::(.*))?$/.exec(part)
    if (file) return fromFile(file[1] ?? '', file[2])
    const [name, address] = split(part)
    if (name === 'self') return own(address, path)
    if (name === 'env') return sources.env[address] ?? missing
    if (name === 'param') return sources.params[address] ?? stageParam(address) ?? missing
    if (name === 'opt') return { stage: sources.stage, region: sources.region }[address] ?? missing
    if (part === 'sls:stage') return sources.stage
    if (part === 'aws:region') return sources.region
    if (part === 'aws:accountId') return localAccount
    return source.fail(path, `\${${part}} is not known to the local stack`)
  }

  /** Another value of the same file. */
  function own(address: string, path: Path): Found {
    if (underWay.has(address)) source.fail(path, `\${self:${address}} refers to itself`)
    underWay.add(address)
    const found = read(pathOf(address)) ?? missing
    underWay.delete(address)
    return found
  }

  function stageParam(name: string): unknown {
    return read(['params', sources.stage, name]) ?? read(['params', 'default', name])
  }

  function fromFile(name: string, address: string | undefined): Found {
    const path = resolve(source.folder, name.trim())
    const file = files.get(path) ?? readSource(path)
    files.set(path, file)
    const keys = address === undefined ? [] : pathOf(address)
    return (
      keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], file.data) ?? missing
    )
  }

  return { read, keys, fail: source.fail }
}

export type Variables = ReturnType<typeof variablesOf>

/** The account that embedded queues and tables belong to. */
export const localAccount = '000000000000'

function split(part: string): [string, string] {
  const colon = part.indexOf(':')
  return [part.slice(0, colon), part.slice(colon + 1)]
}

function pathOf(address: string): Path {
  return address === '' ? [] : address.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))
}
