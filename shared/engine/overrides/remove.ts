import type { ReadRow } from '../../clouds/aws/contacts-table.ts'
import type { Override } from '../../oncall/plan.ts'
import { type Changed, changeEach, type RegionPeople, readEach } from './everywhere.ts'
import { checkRows, type Making } from './make.ts'
import { refusal } from './refusal.ts'
import type { ProjectRow } from './rows.ts'

/**
 * Takes an override away that was not written in oncall.yml, in every region. Resolves with what it was. Rejects with an
 * `OverrideRefusal` when there is none, or who asks may not, and with a table's reason when no region answers.
 */
export async function removeOverride<P extends RegionPeople>(
  id: string,
  regions: P[],
  asking: Pick<Making, 'projects' | 'mayAct' | 'mayLook'>,
): Promise<Changed<P> & { override: Override }> {
  const read = await readEach(asking.projects, regions)
  const isHeld = ({ row }: Pick<ProjectRow, 'row'>) => row.directory.overrides.some(({ made }) => made?.id === id)
  const held = read.done.map(({ result }) => result.filter(isHeld)).find((rows) => rows.length > 0) ?? []
  const { mayAct = () => true, mayLook = mayAct } = asking
  const isSeen = held.some(({ project }) => mayLook(project))
  const override = held[0]?.row.directory.overrides.find(({ made }) => made?.id === id)
  if (override === undefined || !isSeen) throw refusal('no-such-override', { id })
  checkRows(held, asking)
  const without = (row: ReadRow) => {
    if (!isHeld({ row })) return undefined
    const overrides = row.directory.overrides.filter(({ made }) => made?.id !== id)
    return { ...row.directory, overrides }
  }
  return { override, ...(await changeEach(read, (rows) => rows.filter(isHeld), without)) }
}
