import type { z } from 'zod/mini'
import type { report as reportSchema } from '../../services/console/api/schemas/report.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import type { Report } from '../../shared/incidents/report.ts'
import { consoleClient } from '../desk/console-client.ts'
import type { ConsolePlace } from '../desk/place.ts'
import type { CliIo } from '../io.ts'
import { viewsAt } from '../oncall/console.ts'
import { consoleKeeper } from '../silence/console-keeper.ts'
import type { Reported } from './text.ts'

/** As a console tells it: of the projects that the token may read. */
export async function reportAt(
  since: Instant,
  project: string | undefined,
  place: ConsolePlace,
  io: CliIo,
): Promise<Reported> {
  const query = new URLSearchParams({ since: new Date(since).toISOString(), ...(project !== undefined && { project }) })
  const [{ text }, silences, { views }] = await Promise.all([
    consoleClient(place, io).ask('GET', `/api/v1/report?${query}`),
    consoleKeeper(place, {}, io).list(),
    viewsAt([], { gaps: true }, place, io),
  ])
  const { from: _, to: until, whole, ...report } = JSON.parse(text) as z.infer<typeof reportSchema>
  const to = Date.parse(until)
  return {
    report: report as Report,
    ahead: {
      silences: silences
        .map(({ silence }) => silence)
        .filter(({ endsAt }) => endsAt > to)
        .toSorted((a, b) => a.endsAt - b.endsAt),
      gaps: views.flatMap(({ name: schedule, timezone, gaps }) => gaps.map((gap) => ({ schedule, timezone, ...gap }))),
    },
    to,
    isWhole: whole,
  }
}
