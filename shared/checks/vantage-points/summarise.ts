import type { Place } from '../../contracts/report.ts'
import type { VerdictWord } from '../../contracts/words.ts'

type Sight = Omit<Place, 'vantage'>

const worstFirst: [outcome: VerdictWord, word: string][] = [
  ['down', 'down'],
  ['degraded', 'slow'],
  ['unknown', 'without data'],
]

/**
 * What the places of one run together make of a target: `down` when more than half of those that know anything see it
 * down, `degraded` when at least half see it down or slow, else `up`; `unknown` when none knows anything, with the
 * reason that most of them have. The latency is their median (ms); the detail names the places that are worst off.
 */
export function summarise(places: Place[]): Pick<Place, 'outcome' | 'latencyMs' | 'detail'> {
  const outcome = together(places)
  if (outcome === 'unknown') return { outcome, detail: commonest(places.map(({ detail }) => detail ?? 'no data')) }
  const latencyMs = medianOf(places)?.latencyMs
  const [, word, worst] =
    worstFirst
      .map(([bad, word]) => [bad, word, places.filter((place) => place.outcome === bad)] as const)
      .find(([, , affected]) => affected.length > 0) ?? []
  const names = worst?.map(({ vantage }) => vantage.slice(vantage.indexOf('/') + 1)).join(', ')
  return {
    outcome,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(worst === undefined ? {} : { detail: `${worst.length} of ${places.length} nodes ${word}: ${names}` }),
  }
}

/**
 * What several probes at one place make of a target, by the same rule; latency and phases are those of the median
 * one.
 */
export function combine(sights: Sight[]): Sight {
  const outcome = together(sights)
  const { latencyMs, phases } = medianOf(sights) ?? {}
  const worst = worstFirst.flatMap(([bad]) => sights.find((sight) => sight.outcome === bad && sight.detail) ?? [])
  const detail = (worst[0] ?? sights.find((sight) => sight.detail))?.detail
  return {
    outcome,
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(phases === undefined ? {} : { phases }),
    ...(detail === undefined ? {} : { detail }),
  }
}

function together(sights: Sight[]): VerdictWord {
  const count = (outcome: VerdictWord) => sights.filter((sight) => sight.outcome === outcome).length
  const [down, slow, known] = [count('down'), count('degraded'), sights.length - count('unknown')]
  if (known === 0) return 'unknown'
  if (down > known / 2) return 'down'
  return down + slow >= known / 2 ? 'degraded' : 'up'
}

/** The one in the middle of those that know how long it took; of two in the middle the faster. */
function medianOf(sights: Sight[]): Sight | undefined {
  const timed = sights.filter(({ outcome, latencyMs }) => outcome !== 'unknown' && latencyMs !== undefined)
  const sorted = [...timed].sort((a, b) => (a.latencyMs ?? 0) - (b.latencyMs ?? 0))
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

function commonest(texts: string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return texts.find((text) => counts.get(text) === most) ?? 'no data'
}
