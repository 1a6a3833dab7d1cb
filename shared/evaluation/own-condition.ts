import { OWN_PROJECT } from '../contracts/compiled-config.ts'

const ofVantages = ['probe', 'vantage', 'unobserving', 'clock'] as const
const ofDuty = ['taken', 'stands-in'] as const
const queues = ['events', 'escalation'] as const

/**
 * What of Fenghuo itself a verdict may be about: a vantage (its probe, its faults, what it cannot observe, its clock), what a queue could
 * not read, a schedule's gap, whether its people can be reached, an account at a vendor, the people of another region of the
 * deployment, duty among the regions (that somebody has taken it, or one stands in), or the copy of a status page.
 */
export type OwnCondition =
  | { of: (typeof ofVantages)[number]; vantage: string }
  | { of: 'dead-letters'; queue: (typeof queues)[number] }
  | { of: 'gap'; schedule: string }
  | { of: 'reach'; schedule: string }
  | { of: 'account'; account: string }
  | { of: 'region'; region: string }
  | { of: 'duty'; what: (typeof ofDuty)[number] }
  | { of: 'status-copy'; page: string }

/** The id of its verdict, which stands where a check's `project/name` does: `fenghuo/clock-aws/ap-southeast-1`. */
export function ownId(condition: OwnCondition): string {
  return prefixOf(condition.of) + subjectOf(condition)
}

/** The condition of an id that `ownId` has made; undefined for any other. */
export function ownConditionOf(id: string): OwnCondition | undefined {
  const queue = queues.find((one) => id === ownId({ of: 'dead-letters', queue: one }))
  if (queue !== undefined) return { of: 'dead-letters', queue }
  for (const each of ['gap', 'reach'] as const)
    if (id.startsWith(prefixOf(each))) return { of: each, schedule: id.slice(prefixOf(each).length) }
  if (id.startsWith(prefixOf('account'))) return { of: 'account', account: id.slice(prefixOf('account').length) }
  if (id.startsWith(prefixOf('region'))) return { of: 'region', region: id.slice(prefixOf('region').length) }
  const what = ofDuty.find((one) => id === ownId({ of: 'duty', what: one }))
  if (what !== undefined) return { of: 'duty', what }
  if (id.startsWith(prefixOf('status-copy')))
    return { of: 'status-copy', page: id.slice(prefixOf('status-copy').length) }
  const of = ofVantages.find((one) => id.startsWith(prefixOf(one)))
  return of === undefined ? undefined : { of, vantage: id.slice(prefixOf(of).length) }
}

function subjectOf(condition: OwnCondition): string {
  if (condition.of === 'gap' || condition.of === 'reach') return condition.schedule
  if (condition.of === 'account') return condition.account
  if ('region' in condition) return condition.region
  if (condition.of === 'duty') return condition.what
  if (condition.of === 'status-copy') return condition.page
  return condition.of === 'dead-letters' ? condition.queue : condition.vantage
}

function prefixOf(of: OwnCondition['of']): string {
  return `${OWN_PROJECT}/${of}-`
}
