import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import type { Seen } from '../shared/engine/regions/differences.ts'
import type { VantageState } from '../shared/evaluation/vantage.ts'
import type { DutyRecord } from '../shared/incidents/duty/record.ts'
import type { Incident } from '../shared/incidents/incident.ts'
import { canaryIn, healthBy } from '../shared/store/canary.ts'
import { readDuty } from '../shared/store/duty.ts'
import { listIncidents } from '../shared/store/incidents.ts'
import type { StoreIo } from '../shared/store/io.ts'
import { type CountedWords, countedWords } from '../shared/store/peer-words.ts'
import { readSilences } from '../shared/store/silences.ts'
import { readVantages } from '../shared/store/vantages.ts'
import { readAll } from './contact-rows.ts'
import { checksOf, contactsOf, dutyOf, incidentsOf, storeOf } from './engine.ts'
import type { CliIo } from './io.ts'
import type { Target } from './target.ts'

/** What a region tells of itself. */
export interface RegionState extends Seen {
  /** Whether what comes to its queues is worked on, by the last canary that went through them. */
  isWell: boolean
  wellForMs: number
  /** Who has duty, as it knows that; absent: it has always gone by the order. */
  duty?: DutyRecord
  /** Numbers of the open incidents that it pages, and of those that it guards. */
  pages: number[]
  guards: number[]
  /** What probes have told it of their sends to each region. */
  probes: VantageState[]
  /** Words of others that it has refused since it was deployed, and that said nothing new. */
  words: CountedWords
}

/** More open incidents are not counted. */
const LISTED = 1_000

type RegionIo = Pick<StoreIo, 'now' | 'log'>

/** What a region can be compared by; without a configuration nobody looks at its people. Rejects when its tables do not answer. */
export async function lookAtRegion(target: Target, config: CompiledConfig | undefined, io: RegionIo): Promise<Seen> {
  const store = { incidents: incidentsOf(target), log: io.log }
  const [canary, silences, rows] = await Promise.all([
    canaryIn(store),
    readSilences(store),
    config && readAll(config, contactsOf(target)),
  ])
  return {
    canary,
    silences: silences.filter(({ endsAt }) => endsAt > io.now()).map(({ id, changedAt }) => `${id} ${changedAt}`),
    ...(rows && { people: Object.fromEntries([...rows].map(([project, row]) => [project, row?.revision])) }),
  }
}

/** Reads a region from outside. Rejects when its tables do not answer. */
export async function readRegion(target: Target, config: CompiledConfig | undefined, io: CliIo): Promise<RegionState> {
  const store = { ...storeOf(target, io), now: io.now }
  const [seen, duty, words, probes, open] = await Promise.all([
    lookAtRegion(target, config, store),
    readDuty(dutyOf(target)),
    countedWords(store),
    readVantages(Object.values(config?.vantages ?? {}), { checks: checksOf(target), log: store.log }),
    listIncidents('open', LISTED, store),
  ])
  const numbers = (isOurs: boolean) =>
    open.filter((one) => isPaged(one) && (one.duty?.pages === target.region) === isOurs).map(({ number }) => number)
  return {
    ...seen,
    ...healthBy(seen.canary, io.now()),
    ...(duty && { duty }),
    words,
    probes: probes.map(({ state }) => state),
    pages: numbers(true),
    guards: numbers(false),
  }
}

function isPaged({ status, duty }: Incident): boolean {
  return status === 'open' && duty !== undefined
}
