import type { Shape } from '../../contracts/versions.ts'
import type { Instant } from '../../contracts/words.ts'
import { REMEMBERED_OUTCOMES } from '../../evaluation/record.ts'
import { held } from '../../store/shape.ts'
import type { Row, RowKey } from '../../store/table.ts'

/** The groups that a pattern found, and those that it found before. */
export interface FoundGroups {
  at: Instant
  groups: string[]
  /** No longer found, and since when. */
  gone: [group: string, at: Instant][]
}
/** The version, and form, in which the groups that a check has found are kept. */
export const foundGroupsShape: Shape<FoundGroups> = { current: 1 }

/**
 * The groups that are no longer there, told long enough for their verdicts to follow. Reading the others went well, so this is
 * known: a group that was deleted has no lag. `known` is what is kept of the runs before at `key`, and `changed` what is to be kept
 * now, if it differs.
 */
export function goneGroups(
  key: RowKey,
  known: FoundGroups,
  names: string[],
  at: Instant,
  intervalMs: number,
): { gone: string[]; changed: Row[] } {
  if (at <= known.at) return { gone: [], changed: [] }
  const groups = names.toSorted()
  const found = new Set(groups)
  const lost = known.groups.filter((group) => !found.has(group))
  const told = known.gone.filter(([group, since]) => !found.has(group) && at - since < REMEMBERED_OUTCOMES * intervalMs)
  const gone = [...told, ...lost.map((group): [string, Instant] => [group, at])]
  const isChanged = lost.length > 0 || gone.length !== known.gone.length || groups.length !== known.groups.length
  const row = { ...key, ...held({ at, groups, gone }, foundGroupsShape) }
  return { gone: gone.map(([group]) => group), changed: isChanged ? [row] : [] }
}
