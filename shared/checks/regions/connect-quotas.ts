import { concurrentCallsOf, type Quota, quotaInput } from '../../clouds/aws/connect-quota.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import { HOUR_MS, MINUTE_MS } from '../../contracts/milliseconds.ts'
import type { Instant } from '../../contracts/words.ts'
import { askRegion, type RegionIo, RegionTrouble } from './ask-region.ts'

/**
 * AWS changes a quota when somebody asks it to, which takes days: one that is enough is asked for again after an hour. One that is too low may
 * be raised at any moment, and one that could not be read may be read again.
 */
const ENOUGH_MS = HOUR_MS
const OTHERWISE_MS = 5 * MINUTE_MS

/** An account has a few hundred quotas of Connect; more pages nobody has. */
const MOST_PAGES = 10

/** How many calls at once a Connect instance may have, remembered by this instance of a function; undefined: nobody knows. Never rejects. */
export type ConnectQuotas = (instance: string, needed: number) => Promise<number | undefined>

interface Known {
  calls: number | undefined
  until: Instant
}

/** Quotas by Service Quotas' ListServiceQuotas, in the region of an instance's ARN. What cannot be read is logged, and makes nothing faulty. */
export function connectQuotas(io: RegionIo & { log(entry: LogEntry): void }): ConnectQuotas {
  const known = new Map<string, Known>()
  return async (instance, needed) => {
    const last = known.get(instance)
    if (last !== undefined && io.now() < last.until) return last.calls
    const calls = await read(instance, io).catch((error: unknown) => {
      const why = error instanceof RegionTrouble ? error.result.fault : undefined
      io.log({ level: 'warn', event: 'quota not read', instance, why: why?.code ?? String(error) })
      return last?.calls
    })
    const isEnough = calls !== undefined && calls >= needed
    known.set(instance, { calls, until: io.now() + (isEnough ? ENOUGH_MS : OTHERWISE_MS) })
    return calls
  }
}

/** Service Quotas API reference, ListServiceQuotas: the instance's own value may stand on any page. */
async function read(of: string, io: RegionIo): Promise<number | undefined> {
  const all: Quota[] = []
  let NextToken: unknown
  for (let page = 0; page < MOST_PAGES; page++) {
    const body = { ...quotaInput, ...(NextToken === undefined ? {} : { NextToken }) }
    const target = 'ServiceQuotasV20190624.ListServiceQuotas'
    const answer = await askRegion({ of, service: 'servicequotas', target, json: '1.1', body }, io)
    if (Array.isArray(answer.Quotas)) all.push(...answer.Quotas.map(Object))
    NextToken = answer.NextToken
    if (typeof NextToken !== 'string' || NextToken === '') break
  }
  return concurrentCallsOf(of, all)
}
