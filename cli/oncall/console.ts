import type { z } from 'zod/mini'
import type {
  ledger,
  projectList,
  scheduleList,
  schedule as scheduleSchema,
} from '../../services/console/api/schemas.ts'
import { type ConsoleClient, consoleClient, pagesOf } from '../desk/console-client.ts'
import type { ConsolePlace } from '../desk/place.ts'
import type { CliIo } from '../io.ts'
import type { Verified } from './verified.ts'
import { chosenOf, timesOf, type View, type ViewOptions, type Views } from './views.ts'

type Schedule = z.infer<typeof scheduleSchema>

/** Who is on call as a console tells it. Throws a `CommandError` for a schedule that it does not have. */
export async function viewsAt(names: string[], options: ViewOptions, place: ConsolePlace, io: CliIo): Promise<Views> {
  const client = consoleClient(place, io)
  const [present, called] = await Promise.all([schedulesAt({}, client), namesAt(client)])
  const chosen = chosenOf(
    names,
    present.map(({ name }) => name),
  )
  const zones = [...new Set(present.flatMap(({ name, timezone }) => (chosen.includes(name) ? [timezone] : [])))]
  // A day begins, and a time is meant, by the clock of each schedule.
  const views = await Promise.all(
    zones.map(async (zone) => {
      const { at, from, until } = timesOf(options, zone, io)
      const iso = (time: number) => new Date(time).toISOString()
      const isOtherwise = options.at !== undefined || options.week === true
      const all = isOtherwise ? await schedulesAt({ at: iso(at), from: iso(from) }, client) : present
      return all
        .filter(({ timezone }) => timezone === zone)
        .map((one) => viewOf(one, called, { at, from, until }, options))
    }),
  )
  const byName = new Map(views.flat().map((view) => [view.name, view]))
  return { source: place.url, views: chosen.flatMap((name) => byName.get(name) ?? []) }
}

/** When each channel of everybody was last seen to work, as a console tells it. */
export async function verifiedAt(place: ConsolePlace, io: CliIo): Promise<Verified[]> {
  const { text } = await consoleClient(place, io).ask('GET', '/api/v1/oncall/reach')
  const { people } = JSON.parse(text) as z.infer<typeof ledger>
  return people.map(({ name, channels }) => ({
    name,
    channels: channels.map(({ channel }) => channel),
    proven: Object.fromEntries(
      channels.flatMap(({ channel, at, by }) => (at && by ? [[channel, { at: Date.parse(at), by }]] : [])),
    ),
  }))
}

async function schedulesAt(query: Record<string, string>, client: ConsoleClient): Promise<Schedule[]> {
  const all: Schedule[] = []
  for await (const page of pagesOf<z.infer<typeof scheduleList>>('/api/v1/oncall', query, client))
    all.push(...page.schedules)
  return all
}

/** What the people are called of the projects that the token may look at. */
async function namesAt(client: ConsoleClient): Promise<Record<string, string>> {
  const names: Record<string, string> = {}
  for await (const { projects } of pagesOf<z.infer<typeof projectList>>('/api/v1/projects', {}, client))
    for (const { contacts } of projects) Object.assign(names, contacts)
  return names
}

function viewOf(
  of: Schedule,
  names: Record<string, string>,
  { at, from, until }: ReturnType<typeof timesOf>,
  options: ViewOptions,
): View {
  const { name, timezone, now: contacts, next } = of
  const spell = <T extends { start: string; end: string }>(one: T) => ({
    ...one,
    start: Date.parse(one.start),
    end: Date.parse(one.end),
  })
  const shifts = of.shifts.map(spell).filter(({ start, end }) => start < until && end > from)
  return {
    ...{ name, timezone, at, contacts, next, names },
    until: Date.parse(of.until),
    shifts: options.week ? shifts : [],
    gaps: options.gaps ? of.gaps.map(spell) : [],
  }
}
