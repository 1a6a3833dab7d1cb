import type { z } from 'zod/mini'
import type { checkList, check as checkSchema } from '../../services/console/api/schemas.ts'
import { vantageName } from '../../shared/messages/places.ts'
import { dateAndTime, latency } from '../../shared/messages/times.ts'
import { consoleClient, pagesOf } from '../desk/console-client.ts'
import type { ConsolePlace } from '../desk/place.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import { table } from '../table.ts'
import { checkWords } from '../words/check.ts'
import { ofNames } from './choose.ts'
import { codeOf, countText } from './run.ts'

type Check = z.infer<typeof checkSchema>

/** Tells what a deployment believes of checks, as its console has it, and runs none. Resolves with the exit code. */
export async function tellChecksAt(names: string[], isJson: boolean, place: ConsolePlace, io: CliIo): Promise<number> {
  const all: Check[] = []
  const pages = pagesOf<z.infer<typeof checkList>>('/api/v1/checks', {}, consoleClient(place, io))
  for await (const { checks } of pages) all.push(...checks)
  if (all.length === 0)
    throw new CommandError({
      en: `${place.url} has no check that the token may read: see the projects of its grant in console.access`,
      zh: `${place.url} 没有令牌可读的检查：见 console.access 中其授权的 projects`,
    })
  const chosen = names.length === 0 ? all : ofNames(all, names)
  const counts = { up: 0, degraded: 0, down: 0, unknown: 0 }
  for (const { verdict } of chosen) counts[verdict]++
  const code = codeOf(counts)
  if (isJson) io.out(JSON.stringify({ source: place.url, counts, checks: chosen }, null, 2))
  else io.out(`${verdictTable(chosen, io)}\n${countText(counts, io.language)}`)
  return code
}

function verdictTable(checks: Check[], { language, timezone }: CliIo): string {
  const say = checkWords[language]
  const rows = checks.map(({ id, verdict, since, seen }) => [
    say.state[verdict].toUpperCase(),
    id,
    since === undefined ? '-' : dateAndTime(Date.parse(since), timezone),
    seen
      .map(({ vantage, verdict: saw, latencyMs }) =>
        [vantageName(vantage, language), say.state[saw], ...(latencyMs > 0 ? [latency(latencyMs)] : [])].join(' '),
      )
      .join(say.comma),
  ])
  return table(say.verdictHead, rows)
}
