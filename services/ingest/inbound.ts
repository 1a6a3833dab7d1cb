import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { IngestIo } from '../../shared/engine/take-request.ts'

/** Keys and projects as the function's part of the configuration has them. */
export function inboundOf({ language, projects }: CompiledConfig): Pick<IngestIo, 'language' | 'keys' | 'projects'> {
  const all = Object.values(projects)
  return {
    language,
    keys: all.flatMap(({ name, keys = [] }) =>
      keys.map(({ key, perMinute }) => ({ project: name, hash: key, perMinute })),
    ),
    projects: Object.fromEntries(
      all.map(({ name, title, severity, inbound = {} }) => [
        name,
        { name, title, severity, language, options: inbound },
      ]),
    ),
  }
}
