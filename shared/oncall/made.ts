import { ownProperty } from '../contracts/own-property.ts'
import { namedIn } from './override.ts'
import type { Directory, Override } from './plan.ts'

/** An override that can't be kept: it names somebody who has left, or a schedule that is no more. */
export interface LostOverride {
  override: Override
  missing: string
}

/** Everybody of oncall.yml with the overrides that were made elsewhere, behind its own; and those that name what it does not have. */
export function withMade(everybody: Directory, overrides: Override[]): { directory: Directory; lost: LostOverride[] } {
  const kept: Override[] = []
  const lost: LostOverride[] = []
  for (const override of overrides.filter(({ made }) => made !== undefined)) {
    const missing = missingIn(override, everybody)
    if (missing === undefined) kept.push(override)
    else lost.push({ override, missing })
  }
  return { directory: { ...everybody, overrides: [...everybody.overrides, ...kept] }, lost }
}

function missingIn(override: Override, { contacts, schedules }: Directory): string | undefined {
  if (!('away' in override) && ownProperty(schedules, override.schedule) === undefined) return override.schedule
  return namedIn(override).find((name) => ownProperty(contacts, name) === undefined)
}
