import type { Shape } from '../contracts/versions.ts'
import type { StoreIo } from './io.ts'
import { statusMarkKey } from './keys.ts'
import { held, stateIn } from './shape.ts'

/** What all subscribers of a page were told. */
interface Mark {
  digest: string
}
/** The version, and form, in which that is kept. */
export const statusMarkShape: Shape<Mark> = { current: 1 }

type Io = Pick<StoreIo, 'incidents'>

/** The digest of what all subscribers of a page were told; undefined before the first. */
export async function readMark(page: string, { incidents }: Io): Promise<string | undefined> {
  return stateIn(await incidents.get(statusMarkKey(page)), statusMarkShape, incidents)?.digest
}

/** Keeps it; '' when somebody is still to be told something. */
export async function writeMark(page: string, digest: string, { incidents }: Io): Promise<void> {
  await incidents.put([{ ...statusMarkKey(page), ...held({ digest }, statusMarkShape) }])
}
