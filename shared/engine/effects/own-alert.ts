import { tidy } from '../../checks/run/tidy.ts'
import { OWN_PROJECT } from '../../contracts/compiled-config.ts'
import type { Fact } from '../../contracts/fact.ts'
import type { Instant, Severity } from '../../contracts/words.ts'

/** What `region-health` has found, as an alert of the `fenghuo` project. */
interface Found {
  action: 'trigger' | 'resolve'
  /** Of the dedup key, what stands after the project. */
  key: string
  severity: Severity
  fact: Fact
  component: string
  class: string
  title?: string
}

/** It as a message of the events queue, like an alert of anybody else. */
export function ownAlert({ key, fact, ...found }: Found, at: Instant): string {
  const alert = {
    ...{ ...found, dedupKey: `${OWN_PROJECT}/${key}`, project: OWN_PROJECT, fact: tidy(fact) },
    ...{ source: 'region-health', at },
  }
  return JSON.stringify({ v: 1, kind: 'alerts', alerts: [alert] })
}
