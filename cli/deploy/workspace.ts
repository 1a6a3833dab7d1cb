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
 * A copy of the project's folder, in which one deployment can be packaged while others are: the framework and its plugins
 * write to folders beside the configuration. Resolves to the folder, which is the caller's to remove.
 */
export async function copyProject(root: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-deploy-'))
  const parts = (await readdir(root)).filter((name) => !leftOut.has(name))
  await Promise.all(parts.map((name) => cp(join(root, name), join(folder, name), { recursive: true })))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

export function removeCopy(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true })
}
