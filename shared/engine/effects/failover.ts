import { OWN_PROJECT } from '../../contracts/compiled-config.ts'
import type { Instant, Language } from '../../contracts/words.ts'
import type { FailoverEffect, FailoverEvent, FailoverState } from '../../evaluation/failover-state.ts'
import { failoverTroubles } from '../../evaluation/failover-troubles.ts'
import { factIn } from '../../messages/facts.ts'
import type { Effects } from './table.ts'

/** What the effects of a failover are carried out with. */
interface Telling {
  name: string
  title: string
  language: Language
  /** Puts a message on the events queue. */
  send(message: string): Promise<void>
}

/** An alert says no more than this (contract `alerts`, summary). */
const SUMMARY_LENGTH = 1_000

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

function alertOf({ action, trouble, fact }: FailoverEffect, at: Instant, { name, title, language }: Telling): object {
  return {
    action,
    dedupKey: `${OWN_PROJECT}/failover-${name}:${trouble}`,
    project: OWN_PROJECT,
    summary: factIn(language, fact).slice(0, SUMMARY_LENGTH),
    title,
    severity: failoverTroubles[trouble].severity,
    source: 'region-health',
    component: name,
    class: trouble,
    at,
  }
}
