import { posix } from 'node:path'
import type { Files } from '../provider/service.ts'

/** What Function Compute's Node loads; an ES module from Node 18 on. */
const EXTENSIONS = ['.js', '.cjs', '.mjs']

/** Why Function Compute could not load the handler from these files; undefined: it can. */
export function handlerProblem(files: Files, handler: string): string | undefined {
  const module = posix.normalize(handler.slice(0, Math.max(handler.lastIndexOf('.'), 0)))
  const isThere = EXTENSIONS.some((extension) => files[module + extension] !== undefined)
  return isThere ? undefined : `handler ${handler}: ${module}.js is not in the zip`
}
