import type { Env } from '../../clouds/aws/lambda.ts'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { resolveReferences } from '../../contracts/references.ts'
import type { IngestIo } from './ingest-io.ts'

/**
 * The secrets that sign the reports of each vantage, with their references resolved. A reference without a value signs nothing: its own text
 * is no secret.
 */
export function secretsOf(reportKeys: Record<string, string[]>, env: Env): Record<string, string[]> {
  const known = Object.entries(reportKeys).map(([vantage, keys]): [string, string[]] => [
    vantage,
    keys.flatMap((key) => {
      const { value, missing } = resolveReferences(key, env)
      return missing.length > 0 ? [] : [value]
    }),
  ])
  return Object.fromEntries(known)
}

/** What a request is taken with that the configuration says: the keys of projects, as hashes, and what formats are told of each project. */
export function inboundOf({ projects }: CompiledConfig): Pick<IngestIo, 'keys' | 'projects'> {
  const all = Object.values(projects)
  return {
    keys: all.flatMap(({ name, keys = [] }) =>
      keys.map(({ key, perMinute }) => ({ project: name, hash: key, perMinute })),
    ),
    projects: Object.fromEntries(
      all.map(({ name, title, severity, inbound = {} }) => [name, { name, title, severity, options: inbound }]),
    ),
  }
}
