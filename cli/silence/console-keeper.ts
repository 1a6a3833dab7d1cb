import type { z } from 'zod/mini'
import type {
  incident as incidentForm,
  silence as silenceForm,
  silenceList,
} from '../../services/console/api/schemas.ts'
import { incidentMatchers, matcherText, parseMatcher } from '../../shared/contracts/matcher.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import { consoleClient, pagesOf } from '../desk/console-client.ts'
import type { ConsolePlace } from '../desk/place.ts'
import type { CliIo } from '../io.ts'
import { commonWords } from '../words/common.ts'
import { silenceWords } from '../words/silence.ts'
import { type SilenceKeeper, SilenceOver } from './keeper.ts'

const SILENCES = '/api/v1/silences'

/** Keeps silences by a console, in the name of a contact. */
export function consoleKeeper(place: ConsolePlace, { as = '' }: { as?: string }, io: CliIo): SilenceKeeper {
  const client = consoleClient(place, io)
  const iso = (at: number) => new Date(at).toISOString()
  const read = async (id: string) => JSON.parse((await client.ask('GET', `${SILENCES}/${encodeURIComponent(id)}`)).text)
  const changed = (silence: z.infer<typeof silenceForm>) => {
    const say = commonWords[io.language]
    for (const region of silence.missed ?? []) io.err(say.warning(silenceWords[io.language].missed(region)))
    return silenceIn(silence)
  }
  return {
    async matchersOf(number) {
      const { text } = await client.ask('GET', `/api/v1/incidents/${number}`)
      return incidentMatchers(parseReference((JSON.parse(text) as z.infer<typeof incidentForm>).id))
    },
    async make({ matchers, startsAt, endsAt, comment, link, maintenance }, everything) {
      const { text } = await client.ask('POST', SILENCES, {
        as: as || io.user,
        matchers: matchers.map((group) => group.map(matcherText)),
        ...(startsAt > io.now() && { startsAt: iso(startsAt) }),
        endsAt: iso(endsAt),
        comment,
        ...(link !== undefined && { link }),
        everything,
        ...(maintenance && { maintenance }),
      })
      return { silence: changed(JSON.parse(text)) }
    },
    async move(id, end) {
      const silence = silenceIn(await read(id))
      if (silence.endsAt <= io.now()) throw new SilenceOver(id)
      const path = `${SILENCES}/${encodeURIComponent(id)}`
      const { text } = await client.ask('PATCH', path, { endsAt: iso(end(silence)) })
      return changed(JSON.parse(text))
    },
    async list() {
      const all: z.infer<typeof silenceForm>[] = []
      for await (const { silences } of pagesOf<z.infer<typeof silenceList>>(SILENCES, {}, client)) all.push(...silences)
      return all.map((one) => ({ silence: silenceIn(one), quiet: one.quiet }))
    },
  }
}

function silenceIn({ state: _, quiet: __, missed: ___, ...of }: z.infer<typeof silenceForm>): Silence {
  const { link, maintenance, ...rest } = of
  return {
    ...rest,
    ...(link !== undefined && { link }),
    ...(maintenance && { maintenance }),
    matchers: of.matchers.map((group) => group.flatMap((text) => parseMatcher(text) ?? [])),
    startsAt: Date.parse(of.startsAt),
    endsAt: Date.parse(of.endsAt),
    changedAt: Date.parse(of.startsAt),
  }
}
