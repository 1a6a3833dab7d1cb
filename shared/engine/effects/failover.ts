import type { Fact } from '../../contracts/fact.ts'
import type { FailoverEffect, FailoverEvent, FailoverState } from '../../evaluation/failover-state.ts'
import { failoverTroubles } from '../../evaluation/failover-troubles.ts'
import { ownAlert } from './own-alert.ts'
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
    async deliver({ action, trouble, fact }, { decidedAt }, _, { name, title, send }) {
      const { severity } = failoverTroubles[trouble]
      const of = { key: `failover-${name}:${trouble}`, title, component: name, class: trouble }
      await send(ownAlert({ action, severity, fact: fact as Fact, ...of }, decidedAt))
      return { status: 'done' }
    },
  },
}
