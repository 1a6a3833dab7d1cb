import type { Matchers } from '../../contracts/matcher.ts'
import type { Shape } from '../../contracts/versions.ts'
import type { Instant } from '../../contracts/words.ts'
import { compileMatchers, type Matched } from './matcher.ts'
import { indexByEquality } from './matcher-index.ts'
import type { Pause } from './pause.ts'

/** Matching incidents page nobody while it lasts, and those that still burn at its end page. */
export interface Silence {
  id: string
  matchers: Matchers
  startsAt: Instant
  /** Its end; of one that was ended early, that time. */
  endsAt: Instant
  /** Who made it, as messages show them. */
  by: string
  comment: string
  link?: string
  /** When it was made, or last changed: what it now covers, or no longer does, is judged afresh. */
  changedAt: Instant
}
/** The version, and form, in which a silence is kept. */
export const silenceShape: Shape<Silence> = { current: 1 }

/** Matchers are compiled once, when the first incident is held against them: most steps need none of a thousand silences. */
const compiled = new WeakMap<Silence, (incident: Matched) => boolean>()

/** Whether a silence is for an incident, whenever it counts. One whose matchers cannot be read silences nothing. */
export function isSilencedBy(silence: Silence, incident: Matched): boolean {
  const known = compiled.get(silence)
  if (known !== undefined) return known(incident)
  const fits = compileOrNothing(silence.matchers)
  compiled.set(silence, fits)
  return fits(incident)
}

function compileOrNothing(matchers: Matchers): (incident: Matched) => boolean {
  try {
    return compileMatchers(matchers)
  } catch {
    return () => false
  }
}

/** Whether a silence counts now. */
export function isActive({ startsAt, endsAt }: Silence, now: Instant): boolean {
  return startsAt <= now && now < endsAt
}

/** Says which pause silences make of an incident now: of several, the one that lasts longest. */
export function silencePauses(silences: Silence[], now: Instant): (incident: Matched) => Pause | undefined {
  const active = silences
    .filter((silence) => isActive(silence, now))
    .toSorted((a, b) => b.endsAt - a.endsAt || (a.id < b.id ? -1 : 1))
    .map((silence, rank) => ({ silence, rank }))
  const candidates = indexByEquality(active, ({ silence }) => silence.matchers)
  return (incident) => {
    let longest: Silence | undefined
    let first = Number.POSITIVE_INFINITY
    for (const { silence, rank } of candidates(incident)) {
      if (rank > first || !isSilencedBy(silence, incident)) continue
      longest = silence
      first = rank
    }
    if (longest === undefined) return undefined
    const { id, by, comment, endsAt } = longest
    return { cause: { code: 'silenced', args: { silence: id, by, comment } }, until: endsAt }
  }
}
