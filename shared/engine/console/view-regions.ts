import type { DutyRecord } from '../../incidents/duty/record.ts'
import { type Canary, canaryIn, healthBy } from '../../store/canary.ts'
import { readDuty } from '../../store/duty.ts'
import { listIncidents } from '../../store/incidents.ts'
import type { EngineIo } from '../io.ts'

/** More open incidents are not counted. */
const LISTED = 1_000

/** The regions of a deployment, as this one knows them. */
export interface RegionsView {
  own: string
  order: string[]
  /** Who has duty, since when and why, with what was before; absent: it has always gone by the order. */
  duty?: DutyRecord
  /** Whether what comes to the queues of this one is worked on. */
  isWell: boolean
  wellForMs: number
  canary?: Canary
  /** Numbers of the open incidents that this one pages, and of those that it guards. */
  pages: number[]
  guards: number[]
}

/** Reads how the regions stand; undefined where there is one alone. Rejects when a table does. */
export async function viewRegions(
  io: Pick<EngineIo, 'place' | 'regions' | 'incidents' | 'log' | 'now'>,
): Promise<RegionsView | undefined> {
  const { place, regions } = io
  if (place === undefined) return undefined
  const [duty, canary, open] = await Promise.all([
    regions && readDuty(regions),
    canaryIn(io),
    listIncidents('open', LISTED, io),
  ])
  const paged = open.filter(({ status, duty: of }) => status === 'open' && of !== undefined)
  const numbers = (isOurs: boolean) =>
    paged.filter((one) => (one.duty?.pages === place.own) === isOurs).map(({ number }) => number)
  return {
    own: place.own,
    order: [...place.order],
    ...(duty && { duty }),
    ...healthBy(canary, io.now()),
    ...(canary && { canary }),
    pages: numbers(true),
    guards: numbers(false),
  }
}
