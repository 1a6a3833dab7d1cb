import { posix } from 'node:path'
import type { Bilingual } from '../../shared/contracts/words.ts'
import type { Files } from '../provider/service.ts'

/** What Function Compute's Node loads; an ES module from Node 18 on. */
const EXTENSIONS = ['.js', '.cjs', '.mjs']

/** Why Function Compute could not load the handler from these files; undefined: it can. */
export function handlerProblem(files: Files, handler: string): Bilingual | undefined {
  const module = posix.normalize(handler.slice(0, Math.max(handler.lastIndexOf('.'), 0)))
  const isThere = EXTENSIONS.some((extension) => files[module + extension] !== undefined)
  if (isThere) return undefined
  return { en: `handler ${handler}: ${module}.js is not in the zip`, zh: `handler ${handler}：zip 里没有 ${module}.js` }
}
