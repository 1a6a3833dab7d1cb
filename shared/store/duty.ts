import { type DutyRecord, dutyShape } from '../incidents/duty/record.ts'
import { dutyKey } from './keys.ts'
import { stateIn } from './shape.ts'
import type { ItemTable } from './table.ts'

/**
 * Who pages of several regions, since when and why, with what was before, as the region of this table knows it. Undefined: it has always
 * gone by the order. Rejects when the table does.
 */
export async function readDuty(regions: ItemTable): Promise<DutyRecord | undefined> {
  return stateIn(await regions.get(dutyKey()), dutyShape, regions)
}
