import { forEachAtMost } from '../../contracts/at-most.ts'
import type { Instant } from '../../contracts/words.ts'
import { ownId } from '../../evaluation/own-condition.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import { isBefore, type Place } from '../../incidents/duty/duty.ts'
import type { DutyRecord } from '../../incidents/duty/record.ts'
import type { Silence } from '../../incidents/pause/silence.ts'
import type { Canary } from '../../store/canary.ts'
import type { EndedSessions } from '../../store/ended-sessions.ts'
import { keepAddress, type RegionAddress } from '../../store/region-addresses.ts'
import { keepSilence } from '../../store/silences.ts'
import type { Swap } from '../../store/swaps.ts'
import type { EngineIo } from '../io.ts'
import { applySilences } from '../pauses/apply-silences.ts'
import { type EvaluationConfig, updateOwnVerdict } from '../verdicts/update-verdicts.ts'
import { takeEndedSessions } from './take-sessions.ts'
import { takeSwaps } from './take-swaps.ts'

/** What watch reads of a region: of the others, and of its own. */
export interface KnownRegion {
  region: string
  /** Every silence that is not forgotten. */
  silences(): Promise<Silence[]>
  /** Every swap of turns that is not forgotten. */
  swaps(): Promise<Swap[]>
  /** Whose sessions were ended there. */
  sessions(): Promise<EndedSessions[]>
  /** Where it takes ack links, as it says itself. */
  address(): Promise<RegionAddress | undefined>
  /** Who has duty, as it knows that. */
  duty(): Promise<DutyRecord | undefined>
  /** The last canary that has come through there: how it is, and what it runs. */
  canary(): Promise<Canary | undefined>
  /** What stands for a project's people there. */
  people(project: string): Promise<PeopleRevision>
}

/** This region and the others. */
export interface Regions {
  own: KnownRegion
  others: KnownRegion[]
  /** Where this region takes ack links, without a slash at its end. */
  acknowledge?: string
}

export interface PeopleRevision {
  /** The same for the same people, schedules and overrides; absent where there are none. */
  revision?: string
  /** When they were written, if that is known. */
  changedAt?: Instant
}

/** People are compared once in so many minutes: they change seldom, and each project takes a read in every region. */
const COMPARED_MINUTES = 5

/** Whoever writes to all regions is done with the last one after so long. */
const WRITING_MS = 120_000

/** Projects that a notice names. */
const NAMED = 5

/**
 * Says where this region takes ack links and hears where each other does, takes over what those have of silences, ended sessions and swaps
 * and this one has not, and says which of those behind this one have other people. A region that does not answer is asked again in a minute, and
 * is neither like this one nor different.
 */
export async function followRegions(
  { own, others, acknowledge }: Regions,
  place: Place,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  if (acknowledge !== undefined) await keepAddress({ region: place.own, acknowledge }, io)
  const isCompared = Math.floor(io.now() / 60_000) % COMPARED_MINUTES === 0
  for (const other of others) {
    try {
      await takeSilences(own, other, io)
      await takeEndedSessions(own, other, io)
      if (isCompared) await takeSwaps(own, other, io)
      const address = await other.address()
      if (address !== undefined) await keepAddress(address, io)
      if (isCompared && !isBefore(other.region, place)) await compare(own, other, config, io)
    } catch (error) {
      io.log({ level: 'warn', event: 'region not read', region: other.region, error: String(error) })
    }
  }
}

/**
 * Who made a silence by a button, or while this region was lost, has told nobody but that region. One that is over and not known here is of
 * no use any more.
 */
async function takeSilences(own: KnownRegion, other: KnownRegion, io: EngineIo): Promise<void> {
  const [ours, theirs] = await Promise.all([own.silences(), other.silences()])
  const known = new Map(ours.map(({ id, changedAt }) => [id, changedAt]))
  const isNews = ({ id, changedAt, endsAt }: Silence) => {
    const ownChange = known.get(id)
    return ownChange === undefined ? endsAt > io.now() : changedAt > ownChange
  }
  const taken: Silence[] = []
  await forEachAtMost(theirs.filter(isNews), async (one) => void ((await keepSilence(one, io)) && taken.push(one)))
  await applySilences(taken, io)
}

async function compare(own: KnownRegion, other: KnownRegion, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const differing: string[] = []
  const beingWritten: string[] = []
  await forEachAtMost(Object.keys(config.projects), async (project) => {
    const both = await Promise.all([own.people(project), other.people(project)])
    if (both[0].revision === both[1].revision) return
    const isWriting = both.some(({ changedAt = 0 }) => io.now() - changedAt < WRITING_MS)
    ;(isWriting ? beingWritten : differing).push(project)
  })
  if (beingWritten.length === 0) await tellDifference(other.region, differing.toSorted(), config, io)
}

async function tellDifference(
  region: string,
  differing: string[],
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const isSame = differing.length === 0
  const args = { region, projects: differing.slice(0, NAMED), more: Math.max(0, differing.length - NAMED) }
  const fact: OwnFact = isSame ? { code: 'region-same', args: { region } } : { code: 'region-differs', args }
  const subject = { id: ownId({ of: 'region', region }), severity: 'warning' as const }
  await updateOwnVerdict(subject, isSame ? 'up' : 'down', fact, config, io)
}
