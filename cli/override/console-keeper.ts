import type { z } from 'zod/mini'
import { kindOf, overrideIn } from '../../services/console/api/override-resource.ts'
import type {
  madeOverride,
  overrideList,
  override as overrideSchema,
  removedOverride,
} from '../../services/console/api/schemas/overrides.ts'
import type { Override } from '../../shared/oncall/plan.ts'
import { consoleClient, pagesOf } from '../desk/console-client.ts'
import type { ConsolePlace } from '../desk/place.ts'
import type { CliIo } from '../io.ts'
import { shiftLines } from '../shift-lines.ts'
import { commonWords } from '../words/common.ts'
import { oncallWords } from '../words/oncall.ts'
import type { OverrideKeeper } from './keeper.ts'

const OVERRIDES = '/api/v1/overrides'

/** Keeps overrides by a console, in the name of a contact. */
export function consoleKeeper(place: ConsolePlace, { as }: { as?: string }, io: CliIo): OverrideKeeper {
  const client = consoleClient(place, io)
  const say = oncallWords[io.language].override
  /** Says which regions have not taken it, and what to do about that; whether all have. */
  const isEverywhere = (missed: string[], remedy: (region: string) => string) => {
    for (const region of missed) io.err(commonWords[io.language].warning(remedy(region)))
    return missed.length === 0
  }
  return {
    async make(asked) {
      const { from, to, note } = asked
      const body = { as: as ?? io.user, ...kindOf(asked), from, to, ...(note !== undefined && { note }) }
      const { text } = await client.ask('POST', OVERRIDES, body)
      const { override, changed, shifts, unreached = [], missed } = JSON.parse(text) as z.infer<typeof madeOverride>
      const bySchedule = Map.groupBy(shifts, ({ schedule }) => schedule)
      return {
        ...listedIn(override),
        changed,
        shifts: [...bySchedule].flatMap(([schedule, changes]) =>
          shiftLines(
            schedule,
            changes.map((change) => ({ ...change, from: Date.parse(change.from) })),
            io.timezone,
            io.language,
          ),
        ),
        warnings: unreached.map(({ contact, text: words }) => `${contact} ${words[io.language]}`),
        isEverywhere: isEverywhere(missed, say.behind),
      }
    },
    async list() {
      const all: z.infer<typeof overrideSchema>[] = []
      for await (const page of pagesOf<z.infer<typeof overrideList>>(OVERRIDES, {}, client)) all.push(...page.overrides)
      return all.map(listedIn)
    },
    async remove(id) {
      const { text } = await client.ask('DELETE', `${OVERRIDES}/${encodeURIComponent(id)}`)
      const { override, missed } = JSON.parse(text) as z.infer<typeof removedOverride>
      return { ...listedIn(override), isEverywhere: isEverywhere(missed, say.left) }
    },
  }
}

function listedIn(of: z.infer<typeof overrideSchema>) {
  const { id, by = '', madeAt = '', projects } = of
  const made = id === undefined ? undefined : { id, by, at: Date.parse(madeAt) }
  return { override: { ...overrideIn(of), ...(made && { made }) } as Override, projects }
}
