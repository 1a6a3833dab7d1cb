import type { Format } from './format.ts'
import { formats } from './registered/formats.ts'

export interface Route {
  format: Format
  /** The key in the path, if it has one there. */
  key?: string
}

const table = formats.flatMap((format) =>
  format.routes.map((route) => ({ format, segments: route.split('/').slice(1) })),
)

/** Finds whose path this is. What is no path of ours, or not properly encoded, has none. */
export function routeOf(path: string): Route | undefined {
  const given = (path.endsWith('/') ? path.slice(0, -1) : path).split('/').slice(1)
  for (const { format, segments } of table) {
    const key = matched(segments, given)
    if (key !== undefined) return key === '' ? { format } : { format, key }
  }
  return undefined
}

/** The key that stands in a path, empty if the route has none; undefined for another path. */
function matched(segments: string[], given: string[]): string | undefined {
  if (segments.length !== given.length) return undefined
  let key = ''
  for (const [index, segment] of segments.entries()) {
    const actual = given[index] ?? ''
    if (segment !== '{key}' && segment !== actual) return undefined
    if (segment === '{key}') key = decoded(actual)
    if (segment === '{key}' && key === '') return undefined
  }
  return key
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return ''
  }
}

/** What the paths of all formats begin with. */
export function firstSegments(): string[] {
  return [...new Set(table.map(({ segments }) => segments[0] ?? ''))]
}
