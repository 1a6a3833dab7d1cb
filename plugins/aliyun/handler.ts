import { posix } from 'node:path'
import type { Files } from '../provider/service.ts'

/** What Function Compute's Node loads; an ES module from Node 18 on. */
const EXTENSIONS = ['.js', '.cjs', '.mjs']

/** The files as they are. Throws a RangeError if the handler's file is not among them. */
export function withHandler(files: Files, handler: string): Files {
  const module = posix.normalize(handler.slice(0, Math.max(handler.lastIndexOf('.'), 0)))
  if (!EXTENSIONS.some((extension) => files[module + extension])) {
    throw new RangeError(`handler ${handler}: ${module}.js is not in the zip`)
  }
  return files
}
