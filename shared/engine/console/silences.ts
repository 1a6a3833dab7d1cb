import { matcherText, projectsOf } from '../../contracts/matcher.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { Silence } from '../../incidents/pause/silence.ts'
import { listIncidents } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'
import { readSilence, readSilences } from '../../store/silences.ts'
import { silenceOf } from './action.ts'

/** More open incidents than these are not looked through for those that a silence keeps quiet. */
const MOST_OPEN = 500

/** So many that are over are shown. */
const OVER = 20

/** A silence, and what it keeps quiet. */
export interface SilenceView {
  id: string
  /** Groups, one of which has to fit by all its matchers: `project=pay`, `check=web`. */
  matchers: string[][]
  /** Those that it is for; undefined: it may be for any. */
  projects: string[] | undefined
  startsAt: Instant
  endsAt: Instant
  by: string
  comment: string
  link?: string
  /** It is planned work. */
  maintenance?: true
  state: 'now' | 'coming' | 'over'
  /** Short numbers. */
  quiet: number[]
  /** It fits whatever there may be: nobody is paged at all. */
  isEverything: boolean
}

/** Reads the silences that count or will, those that end first before the others, and then the last that are over. */
export async function viewSilences(io: Pick<StoreIo, 'incidents' | 'log' | 'now'>): Promise<SilenceView[]> {
  const now = io.now()
  const [silences, open] = await Promise.all([readSilences(io), listIncidents('open', MOST_OPEN, io)])
  const seen = await Promise.all(silences.map((silence) => seenOf(silence, open, now)))
  const over = seen.filter(({ state }) => state === 'over').toSorted((a, b) => b.endsAt - a.endsAt)
  const counting = seen.filter(({ state }) => state !== 'over').toSorted((a, b) => a.endsAt - b.endsAt)
  return [...counting, ...over.slice(0, OVER)]
}

/** The silence of an id, and what it keeps quiet; undefined: there is none, or it is forgotten. Rejects when the table does. */
export async function viewSilence(
  id: string,
  io: Pick<StoreIo, 'incidents' | 'log' | 'now'>,
): Promise<SilenceView | undefined> {
  const [silence, open] = await Promise.all([readSilence(id, io), listIncidents('open', MOST_OPEN, io)])
  return silence && seenOf(silence, open, io.now())
}

async function seenOf(
  { changedAt: _, matchers, ...silence }: Silence,
  open: Incident[],
  now: Instant,
): Promise<SilenceView> {
  // Patterns are loaded for whoever looks at silences.
  const { matchesEverything } = await import('../../contracts/matches-everything.ts')
  const { startsAt, endsAt, id } = silence
  return {
    ...silence,
    matchers: matchers.map((group) => group.map(matcherText)),
    projects: projectsOf(matchers),
    state: endsAt <= now ? 'over' : startsAt > now ? 'coming' : 'now',
    quiet: open.filter((one) => silenceOf(one) === id).map(({ number }) => number),
    isEverything: matchesEverything(matchers),
  }
}
