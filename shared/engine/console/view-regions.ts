import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { type Deliveries, deliveriesOf } from '../../evaluation/deliveries.ts'
import type { DutyRecord } from '../../incidents/duty/record.ts'
import { type Canary, canaryIn, healthBy } from '../../store/canary.ts'
import { readDuty } from '../../store/duty.ts'
import { listIncidents } from '../../store/incidents.ts'
import { readVantages } from '../../store/vantages.ts'
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
  /** Whether probes bring their reports to each, as they have told this one. */
  deliveries: Deliveries[]
}

/** Reads how the regions stand, as seen from `vantages` also; undefined where there is one alone. Rejects when a table does. */
export async function viewRegions(
  vantages: CompiledConfig['vantages'],
  io: Pick<EngineIo, 'place' | 'regions' | 'incidents' | 'checks' | 'log' | 'now'>,
): Promise<RegionsView | undefined> {
  const { place, regions } = io
  if (place === undefined) return undefined
  const [duty, canary, open, probes] = await Promise.all([
    regions && readDuty(regions),
    canaryIn(io),
    listIncidents('open', LISTED, io),
    readVantages(Object.values(vantages), io),
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
    deliveries: deliveriesOf(
      place.order,
      probes.map(({ state }) => state),
      io.now(),
    ),
  }
}
