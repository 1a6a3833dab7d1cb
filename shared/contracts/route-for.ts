import type { CompiledRoute } from './compiled-config.ts'

/** The routes that fit an E.164 number, the longest prefix first, then in their listed order. */
export function routeFor(routes: readonly CompiledRoute[], phone: string): CompiledRoute[] {
  return routes.filter((route) => phone.startsWith(route.to)).sort((a, b) => b.to.length - a.to.length)
}
