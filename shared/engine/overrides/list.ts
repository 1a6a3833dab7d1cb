import type { ReadRow } from '../../clouds/aws/contacts-table.ts'
import type { Instant } from '../../contracts/words.ts'
import { overrideSpan, overrideText } from '../../oncall/override.ts'
import type { Override } from '../../oncall/plan.ts'
import { zonesOf } from './rows.ts'

/** An override with the projects in which it counts. */
export interface ListedOverride {
  override: Override
  projects: string[]
}

/** What is otherwise than the rotations say, now or later, each once, in the order of their beginnings. */
export function overridesAhead(
  rows: { project: string; row: Pick<ReadRow, 'directory'> }[],
  now: Instant,
): ListedOverride[] {
  const found = new Map<string, ListedOverride>()
  for (const { project, row } of rows) {
    for (const override of row.directory.overrides) {
      if (!zonesOf(override, row).some((zone) => overrideSpan(override, zone).end > now)) continue
      const name = `${override.made?.id} ${overrideText(override)}`
      found.set(name, { override, projects: [...(found.get(name)?.projects ?? []), project] })
    }
  }
  return [...found.values()].sort((one, other) => (one.override.from < other.override.from ? -1 : 1))
}
