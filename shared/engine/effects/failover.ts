import { tidy } from '../../checks/run/tidy.ts'
import { OWN_PROJECT } from '../../contracts/compiled-config.ts'
import type { Fact } from '../../contracts/fact.ts'
import type { Instant } from '../../contracts/words.ts'
import type { FailoverEffect, FailoverEvent, FailoverState } from '../../evaluation/failover-state.ts'
import { failoverTroubles } from '../../evaluation/failover-troubles.ts'
import type { Effects } from './table.ts'

/** What the effects of a failover are carried out with. */
interface Telling {
  name: string
  title: string
  /** Puts a message on the events queue. */
  send(message: string): Promise<void>
}

/** The effects of a failover: alerts of the `fenghuo` project, by the events queue as those of anybody else. */
export const failoverEffects: Effects<FailoverEffect, FailoverState, FailoverEvent, Telling> = {
  alert: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver(effect, { decidedAt }, _, io) {
      await io.send(JSON.stringify({ v: 1, kind: 'alerts', alerts: [alertOf(effect, decidedAt, io)] }))
      return { status: 'done' }
    },
  },
}

function alertOf({ action, trouble, fact }: FailoverEffect, at: Instant, { name, title }: Telling): object {
  return {
    action,
    dedupKey: `${OWN_PROJECT}/failover-${name}:${trouble}`,
    project: OWN_PROJECT,
    fact: tidy(fact as Fact),
    title,
    severity: failoverTroubles[trouble].severity,
    source: 'region-health',
    component: name,
    class: trouble,
    at,
  }
}
