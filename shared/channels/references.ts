import type { CompiledChannel, CompiledRoute } from '../contracts/compiled-config.ts'
import { resolveReferences as resolveText } from '../contracts/references.ts'
import type { VendorUrl } from './channel.ts'

/**
 * A copy of `settings` with every `${NAME}` in its strings replaced from `env`, and the variables that are unset or empty, each
 * with the place it is used at: the key path below `place`.
 */
export function withValues<Settings>(
  settings: Settings,
  env: Record<string, string | undefined>,
  place = '',
): { value: Settings; unset: string[] } {
  const unset: string[] = []

  function resolve(value: unknown, path: string): unknown {
    if (typeof value === 'string') {
      const { value: text, missing } = resolveText(value, env)
      unset.push(...missing.map((name) => (path ? `${name} (${path})` : name)))
      return text
    }
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, `${path}[${index}]`))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, item]) => [key, resolve(item, path ? `${path}.${key}` : key)])
    return Object.fromEntries(entries)
  }

  return { value: resolve(settings, place) as Settings, unset }
}

/** The same, for whoever can't go on without: throws one error that names every variable that is unset or empty. */
export function resolveSettings<Settings>(
  settings: Settings,
  env: Record<string, string | undefined>,
  place = '',
): Settings {
  const { value, unset } = withValues(settings, env, place)
  if (unset.length > 0) throw new Error(`environment variables not set: ${unset.join(', ')}`)
  return value
}

/** Where a vendor is reached. */
export function baseUrl({ variable, base }: VendorUrl, env: Record<string, string | undefined>): string {
  return env[variable] ?? base
}

/** The types of all channels, and of the routes of those that have routes. */
export function typesIn(channels: Record<string, CompiledChannel>): string[] {
  return Object.values(channels).flatMap(({ type, settings }) => {
    const { routes = [] } = Object(settings) as { routes?: CompiledRoute[] }
    return [type, ...routes.map((route) => route.type)]
  })
}
