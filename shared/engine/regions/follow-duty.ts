import { ownId } from '../../evaluation/own-condition.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import { firstOf, HAND_BACK_MS, type Place } from '../../incidents/duty/duty.ts'
import { type DutyRecord, type DutySeen, standsIn } from '../../incidents/duty/record.ts'
import { isSaidAfter, placeBy, takenBy } from '../../incidents/duty/said.ts'
import type { Incident } from '../../incidents/incident.ts'
import { type Health, healthBy } from '../../store/canary.ts'
import { listIncidents } from '../../store/incidents.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, updateOwnVerdict } from '../verdicts/update-verdicts.ts'
import { dispatchToDuty } from './duty.ts'
import type { KnownRegion } from './follow-regions.ts'

/** What another region says of duty, and how it is. */
interface Heard extends Health {
  region: string
  record: DutyRecord | undefined
}

/** What is read of regions for it. */
export interface DutyRegions {
  own: Pick<KnownRegion, 'duty'>
  others: Pick<KnownRegion, 'region' | 'duty' | 'canary'>[]
}

/** More open incidents are not looked through for one that is paged in another's stead. */
const LOOKED_THROUGH = 1_000

type Config = EvaluationConfig & { timezone?: string | undefined }

/**
 * Keeps the record of who has duty: takes over what was said by hand in regions whose word has not come, notes who stands in and since
 * when, and tells of both as the `fenghuo` project's own. A region that does not answer says nothing.
 */
export async function followDuty(regions: DutyRegions, place: Place, config: Config, io: EngineIo): Promise<void> {
  const heard = (await Promise.all(regions.others.map((other) => hear(other, io)))).filter((one) => one !== undefined)
  let known = await regions.own.duty()
  for (const { region, record } of heard) {
    const said = record?.said
    if (said === undefined || !isSaidAfter(said, known?.said)) continue
    known = (await dispatchToDuty({ event: { type: 'said', said, place, from: region } }, io))?.state
  }
  const now = placeBy(place, known?.said, io.now())
  const seen = await seenBy(heard, now, io)
  const duty = (await dispatchToDuty({ event: { type: 'minute', seen, place } }, io))?.state
  if (duty !== undefined) await tell(duty, now, config, io)
}

async function hear(other: DutyRegions['others'][number], { now, log }: EngineIo): Promise<Heard | undefined> {
  try {
    const [record, canary] = await Promise.all([other.duty(), other.canary()])
    return { region: other.region, record, ...healthBy(canary, now()) }
  } catch (error) {
    log({ level: 'warn', event: 'region not read', region: other.region, error: String(error) })
    return undefined
  }
}

async function seenBy(heard: Heard[], place: Place, io: EngineIo): Promise<DutySeen> {
  const first = firstOf(place)
  const isFirstBack = heard.some((one) => one.region === first && one.isWell && one.wellForMs >= HAND_BACK_MS)
  const claims = heard.flatMap(({ region, record, isWell }) =>
    isWell && record?.serving === region && standsIn(record) ? { region, since: record.since, why: record.why } : [],
  )
  const [claim] = claims.toSorted((one, other) => other.since - one.since)
  const paged = first === place.own ? undefined : await pagedInStead(isFirstBack, io)
  return { isFirstBack, ...(paged && { standsIn: paged }), ...(claim && { claim }) }
}

/**
 * Why this region pages in another's stead. What somebody has taken, what was only told and what waits count while that other one is still
 * away: they have no layer with which they would be handed back, and the warning of standing in is itself one of them.
 */
async function pagedInStead(isFirstBack: boolean, io: EngineIo): Promise<DutySeen['standsIn']> {
  const open = await listIncidents('open', LOOKED_THROUGH, io)
  const counts = (incident: Incident) => !isFirstBack || isPaging(incident)
  for (const incident of open) {
    const { why, pages, own } = incident.duty ?? {}
    if (counts(incident) && pages === own && why !== undefined && why !== 'taken') return why
  }
  return undefined
}

/** Whether an incident has a layer to come, with which it is handed back. */
function isPaging({ status, escalation: { phase } }: Incident): boolean {
  return status === 'open' && phase !== 'notified' && phase !== 'paused'
}

/** What is planned calls nobody; that a region stands in is a warning. */
async function tell({ serving, why, said }: DutyRecord, place: Place, config: Config, io: EngineIo): Promise<void> {
  const first = firstOf(place)
  const { timezone = 'UTC' } = config
  const isTaken = takenBy(said, place.order, io.now()) !== undefined
  const byHand: OwnFact =
    isTaken && said !== undefined
      ? {
          code: 'duty-by-hand',
          args: { region: first, by: said.by, ...(said.until !== undefined && { until: said.until }), timezone },
        }
      : { code: 'duty-not-by-hand', args: { region: first } }
  const taken = { id: ownId({ of: 'duty', what: 'taken' }), severity: 'info' as const }
  await updateOwnVerdict(taken, isTaken ? 'down' : 'up', byHand, config, io)
  const isElsewhere = serving !== first
  const inStead: OwnFact = isElsewhere
    ? { code: 'duty-elsewhere', args: { region: serving, of: first, why } }
    : { code: 'duty-in-order', args: { region: serving } }
  const stead = { id: ownId({ of: 'duty', what: 'stands-in' }), severity: 'warning' as const }
  await updateOwnVerdict(stead, isElsewhere ? 'down' : 'up', inStead, config, io)
}
