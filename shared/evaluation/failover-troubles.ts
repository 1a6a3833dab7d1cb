import type { Severity } from '../contracts/words.ts'
import type { FailoverFact } from './failover-fact.ts'
import type { FailoverState, FailoverTrouble } from './failover-state.ts'

interface Trouble {
  severity: Severity
  /** `home` is the first region. */
  holds(state: FailoverState, home: string): boolean
  begins(state: FailoverState, failover: string, home: string): FailoverFact
  ends(state: FailoverState, failover: string): FailoverFact
}

/** What people are told of a failover, each by an alert of its own. */
export const failoverTroubles: Record<FailoverTrouble, Trouble> = {
  elsewhere: {
    severity: 'warning',
    holds: ({ serving }, home) => serving !== home,
    begins: ({ serving, why }, failover, home) => ({
      code: 'failover-elsewhere',
      args: { failover, from: home, to: serving, ...(why && { why }) },
    }),
    ends: ({ serving }, failover) => ({ code: 'failover-home', args: { failover, region: serving } }),
  },
  // Where another is well, that one serves.
  'none-well': {
    severity: 'critical',
    holds: ({ serving, regions }) => regions[serving]?.is === 'faulty',
    begins: ({ serving, regions }, failover) => ({
      code: 'failover-none-well',
      args: {
        failover,
        keeps: serving,
        faults: Object.entries(regions).map(([region, { fault }]) => ({ region, ...(fault && { fault }) })),
      },
    }),
    ends: ({ serving }, failover) => ({ code: 'failover-well-again', args: { failover, region: serving } }),
  },
}
