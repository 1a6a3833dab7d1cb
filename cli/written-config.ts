import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseYaml } from '../shared/config/yaml.ts'
import type { CliIo } from './io.ts'

/** The `regions` of fenghuo.yml in their order. None for one region alone. */
export function regionsOf(options: { config?: string }, io: Pick<CliIo, 'root' | 'cwd'>): string[] {
  const { regions } = writtenIn(options, io)
  return Array.isArray(regions) && regions.every((one) => typeof one === 'string') ? regions : []
}

/** The names of the projects of fenghuo.yml; none where it can't be read. */
export function projectsWritten(options: { config?: string }, io: Pick<CliIo, 'root' | 'cwd'>): string[] {
  return Object.keys(Object(writtenIn(options, io).projects))
}

/** What stands in fenghuo.yml, be the rest of it right or wrong: whoever acts at night is not to be stopped by that. */
function writtenIn(
  { config }: { config?: string },
  { root, cwd }: Pick<CliIo, 'root' | 'cwd'>,
): Record<string, unknown> {
  const path = config === undefined ? join(root, 'fenghuo.yml') : resolve(cwd, config)
  try {
    return Object(parseYaml(readFileSync(path, 'utf8'), path).value)
  } catch {
    return {}
  }
}
