import type { Outcome } from '../run.ts'
import { CHECK } from '../setting.ts'

/** What is down is an incident, and over when it is seen to be over. What is well, or faulty from one vantage only, pages nobody. */
export function checksAreBelieved(outcome: Outcome): string[] {
  const { breakdown, incidents, timelines, faults } = outcome
  const incident = incidents.find(({ groupKey }) => groupKey === CHECK)
  const { where, from, until } = breakdown
  // While the tables refuse everything the others' reports may be missing: then one is all there is to go by.
  const isFair = faults.outage.until === faults.outage.from
  const isDown = where === 'everywhere' || (where === 'most, who fall silent' && isFair)
  if (isDown && incident === undefined) return [`page lost: ${CHECK} was down, and nobody was told`]
  if (incident === undefined) return []
  if (incident.status !== 'resolved') return [`${CHECK} is up, and ${incident.status}`]
  if (!isFair && where !== 'nowhere') return []
  if (where === 'nowhere' || where === 'one vantage' || where === 'for one look')
    return [`${CHECK} was called down: broken ${where}`]
  const lines = timelines.get(`${incident.project}#${CHECK}`) ?? []
  return lines.some(({ kind, at }) => kind === 'resolved' && from < at && at < until)
    ? [`${CHECK} was called over while it went on: ${where}`]
    : []
}
