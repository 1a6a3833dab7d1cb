import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Bilingual } from '../../shared/contracts/words.ts'
import type { Files } from '../provider/service.ts'

/** SCF loads a file at the zip's root only, for its handler takes no slash; the first name that the zip does not have. */
const ENTRIES = ['index', 'main'] as const

const EXTENSIONS = ['.js', '.cjs']

/** `file.function`, both 2 to 60 letters, digits, `-` and `_` between letters (InvalidParameterValue.Handler). */
const EXPORT = /^[A-Za-z][A-Za-z0-9_-]{0,58}[A-Za-z]$/

const MARK = /^\/\/ code ([0-9a-f]{64}):/

export interface Entry {
  /** What the API calls `Handler`, without the function. */
  module: string
  /** Of all other files. */
  codeHash: string
}

/**
 * Adds a file at the zip's root that loads the handler, and says in its first line which code the zip holds: `GetFunction` shows
 * this file for any version, so a deployment sees what is really there. Files that SCF could not be made to load stay as they
 * are: `entryProblem` says why.
 */
export function withEntry(files: Files, handler: string): Files {
  const file = fileOf(files, splitHandler(handler).module)
  const entry = ENTRIES.find((one) => files[`${one}.js`] === undefined)
  if (file === undefined || entry === undefined) return files
  const text = `// code ${hashOf(files)}: what this zip holds.\nmodule.exports = require('./${file}')\n`
  return { ...files, [`${entry}.js`]: Buffer.from(text) }
}

/** Why SCF could not call the handler in a zip of these files; undefined: it can. */
export function entryProblem(files: Files, handler: string): Bilingual | undefined {
  const { module, name } = splitHandler(handler)
  if (!EXPORT.test(name)) {
    return {
      en: `handler ${handler}: SCF takes a function's name of 2 to 60 letters, digits, - and _ between letters`,
      zh: `handler ${handler}：SCF 的函数名为 2 到 60 个字母、数字、- 和 _，以字母开头和结尾`,
    }
  }
  if (fileOf(files, module) === undefined) {
    const isModule = files[`${module}.mjs`] !== undefined
    if (!isModule)
      return {
        en: `handler ${handler}: ${module}.js is not in the zip`,
        zh: `handler ${handler}：zip 里没有 ${module}.js`,
      }
    return {
      en: `handler ${handler}: ${module}.js is an ES module, which the entry can’t load: bundle it as CommonJS`,
      zh: `handler ${handler}：${module}.js 是 ES 模块，入口无法加载：打包为 CommonJS`,
    }
  }
  if (entryOf(files)) return undefined
  const isFull = ENTRIES.every((one) => files[`${one}.js`] !== undefined)
  if (isFull)
    return {
      en: 'the zip has both index.js and main.js, and needs a free one for its entry',
      zh: 'zip 里 index.js 和 main.js 都已占用，入口需要其中一个',
    }
  return {
    en: "the zip was not packaged by this plugin: it has no entry of SCF's form",
    zh: 'zip 不是由本插件打包的：没有 SCF 形式的入口',
  }
}

/** The entry that `withEntry` made; undefined: this zip has none. */
export function entryOf(files: Files): Entry | undefined {
  for (const module of ENTRIES) {
    const codeHash = codeHashOf(Buffer.from(files[`${module}.js`] ?? []).toString())
    if (codeHash !== undefined) return { module, codeHash }
  }
  return undefined
}

/** The hash in the text of an entry; undefined: this is no entry of ours. */
export function codeHashOf(entry: string): string | undefined {
  return MARK.exec(entry)?.[1]
}

/** The function's name in a handler such as `services/probe/tencent.handler`. */
export function exportOf(handler: string): string {
  return splitHandler(handler).name
}

function fileOf(files: Files, module: string): string | undefined {
  return EXTENSIONS.map((extension) => `${module}${extension}`).find((path) => files[path] !== undefined)
}

function splitHandler(handler: string): { module: string; name: string } {
  const dot = handler.lastIndexOf('.')
  return { module: posix.normalize(handler.slice(0, Math.max(dot, 0))), name: handler.slice(dot + 1) }
}

/** Of paths and contents, in the order of their paths. */
function hashOf(files: Files): string {
  const hash = createHash('sha256')
  for (const [path, content] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path.length} ${path} ${content.length} `).update(content)
  }
  return hash.digest('hex')
}
