import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What a function's code is bundled from. */
const sources = ['services', 'shared']

/** Enough of a SHA-256 in hexadecimal that two versions never share it. */
const DIGITS = 10

/**
 * What version a project's folder is of: that of its package.json and a hash of the code that functions are made from, such as
 * `0.1.0+5f3a09c1be`. Clouds count the versions of each function by themselves, so only this says whether two probes run the same.
 */
export function sourceVersion(root: string): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((folder) => filesIn(root, folder)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return `${version}+${hash.digest('hex').slice(0, DIGITS)}`
}

function filesIn(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(root, join(parentPath, name)))
}
