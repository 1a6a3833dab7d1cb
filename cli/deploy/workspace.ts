import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What no deployment is made from, or is made anew by each. */
const leftOut = new Set([
  'node_modules',
  '.git',
  '.fenghuo',
  '.serverless',
  '.esbuild',
  '.build',
  'test',
  'docs',
  'bench',
])

/**
 * Works in a copy of the project's folder, in which one deployment can be packaged while others are: the framework and its plugins
 * write to folders beside the configuration. The copy is taken away at the end.
 */
export async function inCopy<T>(root: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-deploy-'))
  try {
    const parts = (await readdir(root)).filter((name) => !leftOut.has(name))
    await Promise.all(parts.map((name) => cp(join(root, name), join(folder, name), { recursive: true })))
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
