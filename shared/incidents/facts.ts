import type { Sighting } from '../contracts/alert.ts'
import { STORM_KEY } from '../contracts/storm.ts'
import type { GroupFact } from './alert-group.ts'
import type { DatedAlert, Incident } from './incident.ts'
import { incidentStates } from './notice.ts'

/**
 * What a sender may say of one incident, in characters of JSON: an item holds 400 KB (DynamoDB), links and sightings once more for
 * each recipient of a message that is under way.
 */
const MAX_DETAILS = 20_000
const MAX_LABELS = 5_000
const MAX_LINKS = 4_000
const MAX_SIGHTINGS = 10_000

/** What an alert may have for a title; its summary, cut to as much, serves where it has none. Voices and texts shorten it further. */
const MAX_TITLE = 40

type Described = Pick<
  Incident,
  'title' | 'summary' | 'severity' | 'source' | 'links' | 'sightings' | 'component' | 'group' | 'class'
> &
  Partial<
    Pick<
      Incident,
      | 'fact'
      | 'state'
      | 'labels'
      | 'details'
      | 'runbook'
      | 'flapping'
      | 'mute'
      | 'until'
      | 'endsUnrenewed'
      | 'once'
      | 'tells'
      | 'proof'
    >
  >

/** The fields of an incident that an alert says, cut to what every message about it can carry. */
export function described(alert: DatedAlert): Described {
  return {
    title: alert.title ?? heading(alert.summary),
    summary: alert.summary,
    severity: alert.severity,
    source: alert.source,
    links: fitting(alert.links ?? [], MAX_LINKS).map(({ href, text }) =>
      text === undefined ? { href } : { href, text },
    ),
    sightings: fittingSightings(alert.sightings ?? []),
    ...(alert.fact === undefined ? {} : { fact: alert.fact }),
    ...stateOf(alert),
    ...(alert.component === undefined ? {} : { component: alert.component }),
    ...(alert.group === undefined ? {} : { group: alert.group }),
    ...(alert.class === undefined ? {} : { class: alert.class }),
    ...(alert.labels === undefined ? {} : { labels: fittingEntries(alert.labels, MAX_LABELS) }),
    ...(alert.details === undefined ? {} : { details: fittingEntries(alert.details, MAX_DETAILS) }),
    ...(alert.flapping === undefined ? {} : { flapping: alert.flapping }),
    ...(alert.mute === undefined ? {} : { mute: alert.mute }),
    ...(alert.runbook === undefined ? {} : { runbook: alert.runbook }),
    ...(alert.until === undefined ? {} : { until: alert.until }),
    ...(alert.endsUnrenewed ? { endsUnrenewed: true } : {}),
    ...(alert.once ? { once: true } : {}),
    ...(alert.tells === undefined ? {} : { tells: alert.tells }),
    ...(alert.proof === undefined ? {} : { proof: alert.proof }),
  }
}

/** What its end says of an incident. */
export function withEnd(incident: Incident, alert: DatedAlert): Incident {
  const { sightings, neverBack } = alert
  return {
    ...incident,
    ...(sightings === undefined ? {} : { sightings: fittingSightings(sightings) }),
    ...(neverBack === undefined ? {} : { neverBack }),
    ...countedAnew(incident, alert),
  }
}

/** An incident of several alerts says how many of them go on: at its end that is not what its last trigger said. */
export function countedAnew({ groupKey, fact: said }: Incident, { fact }: DatedAlert): Pick<Incident, 'fact'> {
  const counting: GroupFact['code'] = 'alert-group'
  return fact !== undefined && (groupKey === STORM_KEY || said?.code === counting) ? { fact } : {}
}

function stateOf(alert: DatedAlert): Pick<Described, 'state'> {
  const state = incidentStates.find((one) => one === alert.class)
  return state === undefined ? {} : { state }
}

/** The first of many that together fit, in characters of JSON. */
function fitting<T>(items: T[], characters: number): T[] {
  let left = characters
  return items.filter((item) => {
    const size = JSON.stringify(item).length
    if (size > left) return false
    left -= size
    return true
  })
}

function fittingEntries<T>(record: Record<string, T>, characters: number): Record<string, T> {
  return Object.fromEntries(fitting(Object.entries(record), characters))
}

/** Leaves out what vantages saw if that is too long for a message; how many saw it is always told. */
function fittingSightings(sightings: Sighting[]): Sighting[] {
  if (JSON.stringify(sightings).length <= MAX_SIGHTINGS) return sightings
  return sightings.map(({ fault, ...rest }) => rest)
}

function heading(summary: string): string {
  const characters = [...summary.trim()]
  return characters.length <= MAX_TITLE ? characters.join('') : `${characters.slice(0, MAX_TITLE - 1).join('')}…`
}
