import type { EngineIo } from '../../shared/engine/io.ts'
import { followDuty } from '../../shared/engine/regions/follow-duty.ts'
import { readDuty } from '../../shared/store/duty.ts'
import { SimulatedTable } from './dynamo.ts'
import type { Faults } from './faults.ts'
import type { InRegion } from './in-region.ts'
import type { Setting } from './setting.ts'
import { storeOf } from './store.ts'
import type { Process, World } from './world.ts'

interface DutyOptions {
  world: World
  faults: Faults
  setting: Setting
  region?: InRegion
}

/** Who has duty, as a region keeps it in worlds where somebody takes that by hand; in all others nobody looks. */
export class Duty {
  readonly items: SimulatedTable
  private readonly options: DutyOptions

  constructor(options: DutyOptions) {
    this.options = options
    const { world, faults } = options
    this.items = new SimulatedTable({ world, forgets: faults.forgets, wrote: () => {} })
  }

  /** As a function reads and writes it. */
  io(process: Process): Pick<EngineIo, 'regions' | 'said'> {
    const { region, faults } = this.options
    if (region?.others === undefined) return {}
    const regions = storeOf(this.items.table, process, faults)
    return { regions, said: async () => (await readDuty(regions))?.said }
  }

  /** What watch does about it each minute. */
  async follow(io: EngineIo, process: Process): Promise<void> {
    const { region, setting } = this.options
    const { regions } = io
    if (region?.others === undefined || regions === undefined) return
    const read = { own: { duty: () => readDuty(regions) }, others: region.others(process) }
    await followDuty(read, region.place, setting.config, io)
  }
}
