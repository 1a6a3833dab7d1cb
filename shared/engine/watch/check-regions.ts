import type { CompiledFailover, FailoverRegion } from '../../contracts/compiled-config.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import type { Instant } from '../../contracts/words.ts'
import type { RegionResult } from '../../evaluation/confirmed.ts'
import { failoverMachine, isToBeSpokenTo } from '../../evaluation/failover.ts'
import type { FailoverEvent, FailoverState } from '../../evaluation/failover-state.ts'
import { peersMachine } from '../../evaluation/peer-health.ts'
import { apply } from '../../store/apply.ts'
import { peersKey } from '../../store/keys.ts'
import type { ItemTable } from '../../store/table.ts'
import { failoverEffects } from '../effects/failover.ts'
import { peersEffects } from '../effects/peers.ts'
import { carriedOut } from '../effects/table.ts'
import { lookAtPeers, type Peers } from '../regions/look-at-peers.ts'

export interface RegionsIo {
  regions: ItemTable & { servedBefore(name: string): Promise<string | undefined> }
  /** The other regions of the deployment, and the table where it is kept how they are; absent: there are none. */
  peers?: Peers & { table: ItemTable }
  check(failover: CompiledFailover, region: FailoverRegion, speaks: boolean): Promise<RegionResult>
  /** Puts a message on the events queue. */
  send(message: string): Promise<void>
  now(): Instant
  token(): string
  leaseUntil: Instant
  log(entry: LogEntry): void
}

/**
 * Checks every region of what fails over and decides which serves, and looks at the other regions of the deployment; what has changed is
 * written down. What people are to hear and have not is told again with the next minute. Rejects when a table does, once all others are done.
 */
export async function checkRegions(failover: CompiledFailover[], io: RegionsIo): Promise<void> {
  const done = await Promise.allSettled([...failover.map((one) => checkOne(one, io)), judgePeers(io)])
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
      ...minutely(io),
      table: io.regions,
      ...carriedOut(failoverEffects, { name: failover.name, title: failover.title, send: io.send }),
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

async function judgePeers(io: RegionsIo): Promise<void> {
  if (io.peers === undefined) return
  const { table, ...peers } = io.peers
  const event = await lookAtPeers(peers, io)
  const told = carriedOut(peersEffects, { send: io.send })
  const { reason, state } = await apply(peersMachine, peersKey(), { event }, { ...minutely(io), table, ...told })
  const [last] = state?.history ?? []
  if (reason === 'changed' && last !== undefined)
    io.log({
      level: 'info',
      event: 'region judged',
      region: last.region,
      is: last.is,
      ...(last.why && { why: last.why.code }),
    })
}

/** What no minute has told, or written, the next one does. */
function minutely({ now, token, leaseUntil, log }: RegionsIo) {
  return {
    ...{ now, token, leaseUntil },
    carries: () => true,
    failed: (error: unknown) => log({ level: 'error', event: 'delivery failed', error: String(error) }),
    nudge: async () => {},
  }
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
