import { forEachAtMost } from '../../contracts/at-most.ts'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { Instant } from '../../contracts/words.ts'
import { type RecipientQueue, recipientQueueShape } from '../../delivery/recipient-queue/queue.ts'
import { staleAfterMs } from '../../evaluation/consensus.ts'
import {
  comparedPlaces,
  isHeard,
  lastingTroubles,
  mostlyUnobserving,
  seenOf,
  skewOf,
  type VantageRecords,
} from '../../evaluation/vantages.ts'
import { stepDueAt } from '../../incidents/due.ts'
import { growthDueAt } from '../../incidents/grow.ts'
import type { Incident } from '../../incidents/incident.ts'
import { incidentMachine } from '../../incidents/machine.ts'
import { formatReference } from '../../incidents/reference.ts'
import { silentAt } from '../../incidents/unrenewed.ts'
import { pagedBy } from '../../oncall/pages.ts'
import { type PhoneLine, phoneLineShape } from '../../phoneline/phone-line.ts'
import { isTimeToSumUp, sumUpHour } from '../../store/history.ts'
import { itemIn } from '../../store/item.ts'
import { pathKey } from '../../store/keys.ts'
import { type SentText, sentTextShape } from '../../store/sent-texts.ts'
import { stateIn } from '../../store/shape.ts'
import type { Row } from '../../store/table.ts'
import { readVantages } from '../../store/vantages.ts'
import { deliverIncident } from '../alerts/take-alert.ts'
import { dispatchToIncident, dispatchToPhoneLine, dispatchToRecipientQueue } from '../dispatch.ts'
import { waitsOnlyForRecords } from '../effects/incident.ts'
import type { EngineIo } from '../io.ts'
import { applyInhibitions } from '../pauses/apply-inhibitions.ts'
import { applyRecentSilences } from '../pauses/apply-silences.ts'
import { applyWindows } from '../pauses/apply-windows.ts'
import type { PauseConfig } from '../pauses/pause-for.ts'
import { followDuty } from '../regions/follow-duty.ts'
import { followRegions, type Regions } from '../regions/follow-regions.ts'
import { awaitHeartbeats, sweepHeartbeat } from '../verdicts/take-heartbeat.ts'
import { deliverVantage, type EvaluationConfig, sweepVerdict, updateVerdicts } from '../verdicts/update-verdicts.ts'
import { endRemoved } from './end-removed.ts'
import {
  tellAccounts,
  updateClock,
  updateDeadLetters,
  updateProbe,
  updateUnobserving,
  updateVantage,
} from './own-troubles.ts'
import { type OnCallPeople, tellGaps } from './tell-gaps.ts'
import { tellHandoffs } from './tell-handoffs.ts'
import { tellNoise } from './tell-noise.ts'
import { tellSilencesLeft } from './tell-silences-left.ts'
import { type PathWatch, watchPath } from './watch-path.ts'

/** The dead-letter queue of one of our queues. */
export interface DeadLetters {
  queue: 'events' | 'escalation'
  /** Sends what bears no reason back to its queue, and counts what stays for a human. */
  redrive(): Promise<{ redriven: number; left: number }>
}

export interface WatchDeps {
  config: EvaluationConfig & PauseConfig & Pick<CompiledConfig, 'status'>
  /** How many messages wait on a queue of `page` and could be taken; of subscribers' only where a status page may have them. */
  backlog(queue: 'escalation' | 'subscribers'): Promise<number>
  deadLetters: DeadLetters[]
  /** By what watch judges the path itself; absent: nobody does. */
  path?: PathWatch
  /** Puts a canary on the events queue. */
  sendCanary?(): Promise<void>
  /** Absent: nobody's schedules are looked at for gaps. */
  people?: OnCallPeople
  /** Where there are several: this region, and the others as it reads them. */
  regions?: Regions
  /** Puts copies of status pages where they are to be; absent where there is none. */
  putCopies?(io: EngineIo): Promise<void>
}

/** Items looked at in one sweep; what is left is due next minute, and the most overdue come first. */
const SWEEP = 500

/** While more messages than these wait for `page`, what is overdue is among them: another of each would only make it later. */
const BACKLOG = 100

/** The next minute's deadlines are sent as delayed messages, so that those beyond the queue's longest delay come on time. */
const AHEAD_MS = 60_000

/**
 * Runs once a minute: sends on and delivers what is overdue, judges checks whose data is missing, and redrives dead letters. Each
 * concern is tried even when another fails; the failures are thrown together at the end.
 */
export async function watch(deps: WatchDeps, io: EngineIo): Promise<void> {
  const { path } = deps
  const concerns = [
    ...(path === undefined ? [] : [() => watchPath(path, io)]),
    ...(deps.sendCanary === undefined ? [] : [deps.sendCanary]),
    () => sweepIncidents(deps, io),
    () => applyRecentSilences(io),
    () => applyInhibitions(deps.config, io),
    () => applyWindows(deps.config, io),
    () => sweepChecks(deps, io),
    () => updateMissing(deps, io),
    () => awaitHeartbeats(deps.config, io),
    () => endRemoved(deps.config, pagedBy(Object.values(deps.people?.policies ?? {})), io),
    ...(deps.people === undefined ? [] : ofPeople(deps.people, deps.config, io)),
    () => tellAccounts(deps.config, io),
    ...ofRegions(deps, io),
    ...deps.deadLetters.map((letters) => () => tendDeadLetters(letters, deps, io)),
    // What outsiders see comes last: nobody's page waits for their bucket, nor for their mail.
    ...(deps.config.status === undefined ? [] : [() => tellLate(deps, io)]),
    () => deps.putCopies?.(io) ?? Promise.resolve(),
  ]
  const failures: unknown[] = []
  for (const concern of concerns) await concern().catch((error: unknown) => failures.push(error))
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} concerns failed: ${failures.join('; ')}`)
}

function ofRegions({ regions, config, people }: WatchDeps, io: EngineIo): (() => Promise<void>)[] {
  const { place } = io
  if (regions === undefined || place === undefined) return []
  return [
    () => followRegions(regions, place, config, io),
    () => followDuty(regions, place, { ...config, timezone: people?.timezone }, io),
  ]
}

/** Most deployments have no page for outsiders. */
async function tellLate({ config, backlog }: WatchDeps, io: EngineIo): Promise<void> {
  const [{ tellOutsiders }, { tellSubscribers }] = await Promise.all([
    import('../status/tell-outsiders.ts'),
    import('../status/tell-subscribers.ts'),
  ])
  await tellOutsiders(config, io)
  await tellSubscribers(config, () => backlog('subscribers'), io)
}

function ofPeople(people: OnCallPeople, config: EvaluationConfig, io: EngineIo): (() => Promise<void>)[] {
  return [tellGaps, tellHandoffs, tellNoise, tellSilencesLeft].map((tell) => () => tell(people, config, io))
}

/**
 * Sends overdue steps, calls that have no end yet, recipients' lost turns and texts without a receipt to the escalation queue unless
 * `page` is behind anyway, and delivers outboxes that nobody delivers.
 */
async function sweepIncidents({ backlog }: WatchDeps, io: EngineIo): Promise<void> {
  const isBehind = (await backlog('escalation').catch(() => 0)) > BACKLOG
  const rows = await io.incidents.due(io.now() + AHEAD_MS, SWEEP)
  await forEachAtMost(rows, async (row) => {
    // What people are to hear of the path is tried again each minute, by `watchPath`.
    if (row.pk === pathKey().pk) return
    const item = await io.incidents.get(row)
    // The index may lag: what the item itself says counts.
    if (item?.dueAt === undefined || item.dueAt > io.now() + AHEAD_MS) return
    const delayMs = Math.max(0, item.dueAt - io.now())
    if (row.pk.startsWith('phone-line#')) {
      const line = stateIn(item, phoneLineShape, io.incidents)
      return line && sweepPhoneLine(line, delayMs, isBehind, io)
    }
    if (row.pk.startsWith('recipient#')) {
      const queue = stateIn(item, recipientQueueShape, io.incidents)
      return queue && sweepRecipientQueue(queue, delayMs, isBehind, io)
    }
    if (row.pk.startsWith('text#')) {
      const text = stateIn(item, sentTextShape, io.incidents)
      return text && !isBehind && askForReceipt(text, delayMs, io)
    }
    const { state: incident, outbox } = itemIn(item, incidentMachine, io.incidents)
    if (incident === undefined) return
    if (delayMs === 0) await deliverIncident(incident, io)
    const silent = silentAt(incident)
    if (silent !== undefined && silent <= io.now())
      await dispatchToIncident(incident, { event: { type: 'unrenewed' } }, io)
    const grown = growthDueAt(incident)
    if (grown !== undefined && grown <= io.now()) await dispatchToIncident(incident, { event: { type: 'grown' } }, io)
    // A step that follows at once is on its way until it is overdue.
    const { phase } = incident.escalation
    if (isBehind || (delayMs > 0 && (phase === 'starting' || phase === 'next'))) return
    // What only waits to be put on record is no step for anybody.
    const stepAt =
      waitsOnlyForRecords(outbox) || item.dueAt === silent || item.dueAt === grown ? stepDueAt(incident) : item.dueAt
    if (stepAt !== undefined && stepAt <= io.now() + AHEAD_MS) await stepIncident(incident, stepAt, io)
  })
}

async function stepIncident(incident: Incident, at: Instant, io: EngineIo): Promise<void> {
  const step = Math.max(1, incident.step)
  const delayMs = Math.max(0, at - io.now())
  await io.escalate({ v: 1, kind: 'step', incident: formatReference(incident), step }, delayMs)
}

async function askForReceipt({ vendor, id }: SentText, delayMs: number, io: EngineIo): Promise<void> {
  await io.escalate({ v: 1, kind: 'text', vendor, id }, delayMs)
}

async function sweepPhoneLine(line: PhoneLine, delayMs: number, isBehind: boolean, io: EngineIo): Promise<void> {
  if (delayMs === 0) await dispatchToPhoneLine(line.phoneHash, 'deliver', io)
  if (isBehind) return
  await io.escalate({ v: 1, kind: 'phone-line', phoneHash: line.phoneHash, seq: Math.max(1, line.seq) }, delayMs)
}

async function sweepRecipientQueue(
  { recipient, seq }: RecipientQueue,
  delayMs: number,
  isBehind: boolean,
  io: EngineIo,
): Promise<void> {
  if (delayMs === 0) await dispatchToRecipientQueue(recipient, 'deliver', io)
  if (isBehind) return
  await io.escalate({ v: 1, kind: 'post', recipient, seq: Math.max(1, seq) }, delayMs)
}

/** Delivers the outboxes of verdicts and vantages that a crash has left. */
async function sweepChecks({ config }: WatchDeps, io: EngineIo): Promise<void> {
  const rows = await io.checks.due(io.now(), SWEEP)
  await forEachAtMost(rows, (row) => deliverCheckRow(row, config, io))
}

function deliverCheckRow(row: Row, config: EvaluationConfig, io: EngineIo): Promise<unknown> {
  if (row.pk.startsWith('vantage#')) return deliverVantage(row, config, io)
  if (row.pk.startsWith('heartbeat#')) return sweepHeartbeat(row, config, io)
  return sweepVerdict(row, config, io)
}

/**
 * Judges checks whose data is missing at some vantage, raises or resolves the notices of probes that are silent, faulty, unobserving or
 * have a wrong clock, and sums up each probe function's reports once an hour.
 */
async function updateMissing({ config }: WatchDeps, io: EngineIo): Promise<void> {
  const vantages = new Set(config.checks.flatMap((check) => check.from))
  const known = await readVantages(vantages, io)
  const now = io.now()
  const missing = config.checks.filter((check) => {
    const fresh = seenOf(check, known).filter((seen) => now - seen.at <= staleAfterMs(check))
    return new Set(fresh.map((seen) => seen.vantage)).size < new Set(check.from).size
  })
  const troubles = lastingTroubles(config, known, now)
  const unobserving = mostlyUnobserving(config, known, now)
  const ids = missing.map((check) => check.id)
  const ofVantage = async (vantage: string) => {
    const heard = silence(vantage, known, now)
    await updateProbe(vantage, heard, counts(vantage, known, config, now), config, io)
    // Of one that is silent nobody knows whether it is well again.
    if (heard !== 'heard') return
    await updateClock(vantage, skewOf(vantage, known, now), config, io)
    if (vantages.size === 1) return
    await updateVantage(vantage, troubles.get(vantage), config, io)
    await updateUnobserving(vantage, unobserving.get(vantage), config, io)
  }
  const works = [
    () => updateVerdicts(ids, config, io),
    ...[...vantages].map((vantage) => () => ofVantage(vantage)),
    // A third party's place of which nothing is known now is neither well nor faulty.
    ...[...comparedPlaces(config, known, now)].map(
      (place) => () => updateVantage(place, troubles.get(place), config, io),
    ),
    ...(isTimeToSumUp(now) ? known : []).map(
      ({ state }) =>
        () =>
          sumUpHour(state.vantage, state.function, io),
    ),
  ]
  await forEachAtMost(works, (work) => work())
}

/** Whether a vantage's functions have all fallen silent; `never`: none has reported yet. */
function silence(vantage: string, known: VantageRecords[], now: number): 'heard' | 'silent' | 'never' {
  if (!known.some(({ state }) => state.vantage === vantage)) return 'never'
  return isHeard(vantage, known, now) ? 'heard' : 'silent'
}

function counts(vantage: string, known: VantageRecords[], config: EvaluationConfig, now: number) {
  const here = config.checks.filter((check) => check.from.includes(vantage))
  return {
    all: here.length,
    unobserved: here.filter((check) => !check.from.some((one) => isHeard(one, known, now))).length,
  }
}

async function tendDeadLetters(letters: DeadLetters, { config }: WatchDeps, io: EngineIo): Promise<void> {
  const { redriven, left } = await letters.redrive()
  if (redriven > 0) io.log({ level: 'warn', event: 'redriven', queue: letters.queue, messages: redriven })
  await updateDeadLetters(letters.queue, { left }, config, io)
}
