import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { CLOCK_OFF_MS, hasOtherSecret } from '../shared/engine/regions/compare-regions.ts'
import type { DutyRecord } from '../shared/incidents/duty/record.ts'
import type { Incident } from '../shared/incidents/incident.ts'
import { type Canary, canaryIn, healthBy } from '../shared/store/canary.ts'
import { readDuty } from '../shared/store/duty.ts'
import { listIncidents } from '../shared/store/incidents.ts'
import { refusedWords } from '../shared/store/refused-words.ts'
import { readSilences } from '../shared/store/silences.ts'
import { readAll } from './contact-rows.ts'
import { contactsOf, dutyOf, storeOf } from './engine.ts'
import type { CliIo } from './io.ts'
import type { Target } from './target.ts'

/** What a region tells of itself. */
export interface RegionState {
  /** Whether what comes to its queues is worked on, by the last canary that went through them. */
  isWell: boolean
  wellForMs: number
  canary?: Canary
  /** Who has duty, as it knows that; absent: it has always gone by the order. */
  duty?: DutyRecord
  /** Numbers of the open incidents that it pages, and of those that it guards. */
  pages: number[]
  guards: number[]
  /** What stands for the people of each project; absent where fenghuo.yml cannot be read. */
  people?: Record<string, string | undefined>
  /** Words that it has refused since it was deployed: forged, of another deployment, or of another secret. */
  refused: number
  /** Its silences, each by its id and last change. */
  silences: string[]
}

/** More open incidents are not counted. */
const LISTED = 1_000

/** Reads a region from outside. Rejects when its tables do not answer. */
export async function readRegion(target: Target, config: CompiledConfig | undefined, io: CliIo): Promise<RegionState> {
  const store = { ...storeOf(target, io), now: io.now }
  const [canary, duty, refused, open, silences, rows] = await Promise.all([
    canaryIn(store),
    readDuty(dutyOf(target)),
    refusedWords(store),
    listIncidents('open', LISTED, store),
    readSilences(store),
    config && readAll(config, contactsOf(target)),
  ])
  const numbers = (isOurs: boolean) =>
    open.filter((one) => isPaged(one) && (one.duty?.pages === target.region) === isOurs).map(({ number }) => number)
  return {
    ...healthBy(canary, io.now()),
    ...(canary && { canary }),
    ...(duty && { duty }),
    refused,
    pages: numbers(true),
    guards: numbers(false),
    silences: silences.filter(({ endsAt }) => endsAt > io.now()).map(({ id, changedAt }) => `${id} ${changedAt}`),
    ...(rows && { people: Object.fromEntries([...rows].map(([project, row]) => [project, row?.revision])) }),
  }
}

function isPaged({ status, duty }: Incident): boolean {
  return status === 'open' && duty !== undefined
}

const idOf = (silence: string) => silence.split(' ')[0]

/** What one region has otherwise than another. */
export interface Differences {
  projects: string[]
  silences: number
  /** It runs another version: it works, and was not deployed with the first. */
  version?: string
  /** It seals with another secret: neither takes the other's words. */
  hasOtherSecret: boolean
  /** Its functions' clock is so far ahead of its queues', ms; 0 for less than anybody minds. */
  aheadMs: number
}

export function differencesOf(first: RegionState, other: RegionState): Differences {
  const projects = Object.keys(first.people ?? {}).filter((one) => first.people?.[one] !== other.people?.[one])
  const beside = (some: string[], others: string[]) => some.filter((one) => !others.includes(one))
  const ids = [...beside(first.silences, other.silences), ...beside(other.silences, first.silences)].map(idOf)
  const { version, aheadMs = 0 } = other.canary ?? {}
  const isOther = version !== undefined && version !== (first.canary?.version ?? version)
  return {
    projects,
    silences: new Set(ids).size,
    ...(isOther && { version }),
    hasOtherSecret: hasOtherSecret(first.canary, other.canary),
    aheadMs: Math.abs(aheadMs) < CLOCK_OFF_MS ? 0 : aheadMs,
  }
}
