import type { CompiledPolicy } from '../contracts/compiled-config.ts'

/** `sre` of `sre` and of `sre.next`. */
export function nameOfPage(page: string): string {
  return page.replace(/\.next$/, '')
}

/** The schedules and contacts that policies page. */
export function pagedBy(policies: CompiledPolicy[]): Set<string> {
  return new Set(policies.flatMap(({ layers }) => layers.flatMap(({ page }) => page.map(nameOfPage))))
}
