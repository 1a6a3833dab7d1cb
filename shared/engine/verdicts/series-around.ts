import type { Instant } from '../../contracts/words.ts'
import { checkKey } from '../../evaluation/record.ts'
import { placeId } from '../../evaluation/vantage.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { Series } from '../../incidents/post-mortem.ts'
import { readRuns } from '../../store/history.ts'
import type { StoreIo } from '../../store/io.ts'
import { readVantages } from '../../store/vantages.ts'

/** As much is shown before its opening and after its end, ms. */
const AROUND_MS = 30 * 60_000

/** What the vantages that saw an incident saw of its check around it; runs are kept for a week. Empty for what is no check's. */
export async function seriesAround(
  { groupKey, openedAt, resolved, sightings }: Incident,
  now: Instant,
  io: Pick<StoreIo, 'checks' | 'log'>,
): Promise<Series[]> {
  const [from, until] = [openedAt - AROUND_MS, Math.min(now, (resolved?.at ?? now) + AROUND_MS)]
  const vantages = [...new Set(sightings.map(({ vantage }) => vantage))]
  const keys = new Map(
    vantages.flatMap((vantage) => [groupKey, placeId(groupKey, vantage)].map((id) => [checkKey(id), id])),
  )
  const functions = (await readVantages(vantages, io)).map(({ state }) => state)
  const found = await Promise.all(
    functions.map(async ({ vantage, function: name }) => {
      const runs = await readRuns(vantage, name, from, until, io)
      const points = runs.flatMap(({ at, points: seen }) =>
        seen.flatMap(({ key, outcome, latencyMs }) => (keys.has(key) ? [{ at, outcome, latencyMs }] : [])),
      )
      return { vantage, points }
    }),
  )
  return found.filter(({ points }) => points.length > 0)
}
