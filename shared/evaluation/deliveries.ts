import type { Instant } from '../contracts/words.ts'
import type { Sends } from './sends.ts'
import { SILENT_PROBE_MS } from './vantages.ts'

/** Whether probes bring their reports to a region. */
export interface Deliveries {
  region: string
  /** Vantages all of whose functions do. */
  taken: string[]
  /** Vantages one of whose functions does not, the longest first. */
  failing: { vantage: string; since: Instant; why?: string }[]
}

/** What a probe function has told, as any region has it. */
type Told = { vantage: string; function: string; heardAt: Instant; sends?: Sends }

/**
 * Whether the probes bring their reports to each region, as they say it themselves, in whichever region that has arrived. A function that
 * has fallen silent everywhere says nothing of it.
 */
export function deliveriesOf(regions: readonly string[], told: Told[], now: Instant): Deliveries[] {
  const newest = new Map<string, Told & { sends: Sends }>()
  for (const one of told) {
    const { sends } = one
    if (sends === undefined || now - one.heardAt >= SILENT_PROBE_MS) continue
    const key = `${one.vantage}#${one.function}`
    if ((newest.get(key)?.sends.toldAt ?? 0) < sends.toldAt) newest.set(key, { ...one, sends })
  }
  return regions.map((region) => {
    const sends = [...newest.values()].flatMap(({ vantage, sends: { to } }) => {
      const send = to[region]
      return send === undefined ? [] : [{ vantage, send }]
    })
    const failing = sends
      .filter(({ send }) => !send.isTaken)
      .map(({ vantage, send: { since, why } }) => ({ vantage, since, ...(why !== undefined && { why }) }))
      .toSorted((one, other) => one.since - other.since)
    const failed = new Set(failing.map(({ vantage }) => vantage))
    return {
      region,
      taken: [...new Set(sends.map(({ vantage }) => vantage))].filter((vantage) => !failed.has(vantage)),
      failing: failing.filter(({ vantage }, at) => failing.findIndex((one) => one.vantage === vantage) === at),
    }
  })
}
