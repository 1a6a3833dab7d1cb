import type { Instant } from '../../contracts/words.ts'
import { REMEMBERED_OUTCOMES } from '../../evaluation/record.ts'
import type { Row, RowKey } from '../../store/table.ts'

/** The groups that a pattern found, and those that it found before. */
interface FoundGroups {
  at: Instant
  groups: string[]
  /** No longer found, and since when. */
  gone: [group: string, at: Instant][]
}

/**
 * The groups that are no longer there, told long enough for their verdicts to follow. Reading the others went well, so this is
 * known: a group that was deleted has no lag. `row` is what is kept of the looks before at `key`, and `changed` what is to be kept
 * now, if it differs.
 */
export function goneGroups(
  key: RowKey,
  row: Row | undefined,
  names: string[],
  at: Instant,
  intervalMs: number,
): { gone: string[]; changed: Row[] } {
  const known: FoundGroups = row?.state === undefined ? { at: 0, groups: [], gone: [] } : JSON.parse(row.state)
  if (at <= known.at) return { gone: [], changed: [] }
  const groups = names.toSorted()
  const found = new Set(groups)
  const lost = known.groups.filter((group) => !found.has(group))
  const told = known.gone.filter(([group, since]) => !found.has(group) && at - since < REMEMBERED_OUTCOMES * intervalMs)
  const gone = [...told, ...lost.map((group): [string, Instant] => [group, at])]
  const isChanged = lost.length > 0 || gone.length !== known.gone.length || groups.length !== known.groups.length
  const state = JSON.stringify({ at, groups, gone } satisfies FoundGroups)
  return { gone: gone.map(([group]) => group), changed: isChanged ? [{ ...key, state }] : [] }
}
