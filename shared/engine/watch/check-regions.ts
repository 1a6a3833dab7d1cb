import type { CompiledFailover, FailoverRegion } from '../../contracts/compiled-config.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import type { Instant } from '../../contracts/words.ts'
import { failoverMachine, isToBeSpokenTo } from '../../evaluation/failover.ts'
import type { FailoverEvent, FailoverState, RegionResult } from '../../evaluation/failover-state.ts'
import { apply } from '../../store/apply.ts'
import type { ItemTable } from '../../store/table.ts'
import { failoverEffects } from '../effects/failover.ts'
import { carriedOut } from '../effects/table.ts'

export interface RegionsIo {
  regions: ItemTable & { servedBefore(name: string): Promise<string | undefined> }
  check(failover: CompiledFailover, region: FailoverRegion, speaks: boolean): Promise<RegionResult>
  /** Puts a message on the events queue. */
  send(message: string): Promise<void>
  now(): Instant
  token(): string
  leaseUntil: Instant
  log(entry: LogEntry): void
}

/**
 * Checks every region of what fails over, decides which serves, and writes that down where it changes. What people are to hear and have
 * not is told again with the next minute. Rejects when a table does, once all others are done.
 */
export async function checkRegions(failover: CompiledFailover[], io: RegionsIo): Promise<void> {
  const done = await Promise.allSettled(failover.map((one) => checkOne(one, io)))
  const failed = done.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

async function checkOne(failover: CompiledFailover, io: RegionsIo): Promise<void> {
  let event: FailoverEvent | undefined
  const gather = async (state: FailoverState | undefined) => {
    event ??= await checked(failover, state, io)
    return event
  }
  const applied = await apply(
    failoverMachine,
    // The table's key is the name alone.
    { pk: failover.name, sk: 'state' },
    { gather },
    {
      table: io.regions,
      now: io.now,
      token: io.token,
      leaseUntil: io.leaseUntil,
      carries: () => true,
      ...carriedOut(failoverEffects, { name: failover.name, title: failover.title, send: io.send }),
      failed: (error) => io.log({ level: 'error', event: 'delivery failed', error: String(error) }),
      // The next minute checks again, and tells.
      nudge: async () => {},
    },
  )
  if (applied.reason === 'switched')
    io.log({
      level: 'warn',
      event: 'switched',
      failover: failover.name,
      to: applied.state?.serving,
      why: applied.state?.why,
    })
}

async function checked(
  failover: CompiledFailover,
  state: FailoverState | undefined,
  io: RegionsIo,
): Promise<FailoverEvent> {
  const results = await Promise.all(
    failover.regions.map(async (region) => {
      const speaks = isToBeSpokenTo(failover, state?.regions[region.region], io.now())
      const result = await io.check(failover, region, speaks)
      if (result.found !== 'well')
        io.log({ level: 'warn', event: 'not well', failover: failover.name, region: region.region, ...result })
      return [region.region, result] as const
    }),
  )
  const began = state === undefined ? await io.regions.servedBefore(failover.name) : undefined
  return { rules: failover, results: Object.fromEntries(results), ...(began !== undefined && { began }) }
}
