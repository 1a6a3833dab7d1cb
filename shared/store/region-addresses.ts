import type { Shape } from '../contracts/versions.ts'
import type { StoreIo } from './io.ts'
import { regionKey } from './keys.ts'
import { held, stateIn, statesIn } from './shape.ts'

/** Where a region takes ack links. */
export interface RegionAddress {
  region: string
  /** Its base, without a slash at its end. */
  acknowledge: string
}

/** The version, and form, in which an address is kept. */
export const regionAddressShape: Shape<RegionAddress> = { current: 1 }

/** What is known of where regions take ack links, this one included. Rejects when the table does. */
export async function readAddresses(io: Pick<StoreIo, 'incidents' | 'log'>): Promise<RegionAddress[]> {
  const rows = await io.incidents.query(regionKey('').pk, '')
  return statesIn(rows, regionAddressShape, io.incidents, io.log).map(({ state }) => state)
}

/** Where a region takes ack links, as far as its table, or ours, has heard. Rejects when the table does. */
export async function readAddress(
  region: string,
  { incidents }: Pick<StoreIo, 'incidents'>,
): Promise<RegionAddress | undefined> {
  return stateIn(await incidents.get(regionKey(region)), regionAddressShape, incidents)
}

/** Keeps where a region takes ack links; the same again is not written. */
export async function keepAddress(address: RegionAddress, { incidents }: Pick<StoreIo, 'incidents'>): Promise<void> {
  const before = await readAddress(address.region, { incidents })
  if (before?.acknowledge === address.acknowledge) return
  await incidents.put([{ ...regionKey(address.region), ...held(address, regionAddressShape) }])
}
