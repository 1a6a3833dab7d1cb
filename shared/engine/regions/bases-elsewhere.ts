import { othersOf } from '../../incidents/duty/duty.ts'
import { readAddresses } from '../../store/region-addresses.ts'
import type { EngineIo } from '../io.ts'

type Known = Pick<EngineIo, 'incidents' | 'log'> & { place?: EngineIo['place'] | undefined }

/** Where the other regions take ack links, in order, as far as watch has heard. None if the table does not tell: a link is worth more. */
export async function basesElsewhere({ place, incidents, log }: Known): Promise<string[]> {
  if (place === undefined) return []
  try {
    const known = await readAddresses({ incidents, log })
    return othersOf(place).flatMap((other) => known.find(({ region }) => region === other)?.acknowledge ?? [])
  } catch (error) {
    log({ level: 'warn', event: 'addresses of regions not read', error: String(error) })
    return []
  }
}
