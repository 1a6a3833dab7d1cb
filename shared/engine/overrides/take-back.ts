import type { Swap } from '../../store/swaps.ts'
import type { EngineIo } from '../io.ts'
import { changeEach, type RegionPeople, readEach } from './everywhere.ts'
import { type Making, withoutMade } from './make.ts'

interface Undoing<P extends RegionPeople> {
  regions: P[]
  making: Making
  io: Pick<EngineIo, 'log'>
}

/** The ids of a swap's overrides, by which half of them is known as half of it. */
export function madeIds(id: string): string[] {
  return [`${id}-1`, `${id}-2`]
}

/** Takes away what somebody who died had made of a swap. Resolves with where that could not be. Rejects when no region answers. */
export async function takeBack<P extends RegionPeople>(
  { id }: Swap,
  { regions, making }: Undoing<P>,
): Promise<{ target: P }[]> {
  const ids = madeIds(id)
  const read = await readEach(making.projects, regions)
  const { missed } = await changeEach(
    read,
    (rows) => rows.filter(({ row }) => withoutMade(row.directory, ids) !== undefined),
    ({ directory }) => withoutMade(directory, ids),
  )
  return missed
}

/**
 * Whether somebody has accepted a swap, in part or whole, at the console of a region of which nobody has heard here yet: then its overrides stand
 * in the people of some region. While none answers it is taken for no: a no counts all the same.
 */
export async function isMadeElsewhere<P extends RegionPeople>(
  { id, accepting }: Swap,
  { regions, making, io }: Undoing<P>,
): Promise<boolean> {
  if (accepting !== undefined) return false
  const ids = madeIds(id)
  try {
    const { done } = await readEach(making.projects, regions)
    return done.some(({ result }) => result.some(({ row }) => withoutMade(row.directory, ids) !== undefined))
  } catch (error) {
    io.log({ level: 'warn', event: 'people not read for a swap', swap: id, error: String(error) })
    return false
  }
}
