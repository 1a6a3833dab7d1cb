import type { Matchers } from '../../contracts/matcher.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Matched } from './matched.ts'
import { compileMatchers } from './matcher.ts'
import { indexByEquality } from './matcher-index.ts'
import type { Pause } from './pause.ts'
import { isActive, type Silence } from './silence.ts'

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
    const { id, by, comment, picked, maintenance, endsAt } = longest
    const args = {
      silence: id,
      by,
      comment,
      ...(picked !== undefined && { picked }),
      ...(maintenance && { maintenance }),
    }
    return { cause: { code: 'silenced', args }, until: endsAt }
  }
}
