import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseYaml } from '../shared/config/yaml.ts'
import type { CliIo } from './io.ts'

/**
 * The `regions` of fenghuo.yml in their order, be the rest of it right or wrong: whoever acts at night is not to be stopped by that. None
 * for one region alone.
 */
export function regionsOf({ config }: { config?: string }, { root, cwd }: Pick<CliIo, 'root' | 'cwd'>): string[] {
  const path = config === undefined ? join(root, 'fenghuo.yml') : resolve(cwd, config)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return []
  }
  const { regions } = Object(parseYaml(text, path).value)
  return Array.isArray(regions) && regions.every((one) => typeof one === 'string') ? regions : []
}
