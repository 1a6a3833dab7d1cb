import type { z } from 'zod/mini'
import type { told as toldForm, toldList } from '../../services/console/api/schemas/outsiders.ts'
import type { ToldNow } from '../../services/console/api/told-resource.ts'
import type { Impact, PostState } from '../../shared/contracts/status-page.ts'
import type { Bilingual, Instant } from '../../shared/contracts/words.ts'
import { consoleClient, pagesOf } from '../desk/console-client.ts'
import type { ConsolePlace } from '../desk/place.ts'
import type { CliIo } from '../io.ts'

const OUTSIDERS = '/api/v1/outsiders'

/** Where outsiders were told of an incident, and as what. */
export interface PostedThere {
  page: string
  id: string
  state: PostState
}

/** What is told of an incident. */
interface Update {
  as: string
  text: Partial<Bilingual>
  heading?: Partial<Bilingual>
  state?: PostState
  impact?: Impact
  page?: string
  components?: string[]
}

/** Work that is planned. */
interface Work {
  text: Partial<Bilingual>
  heading?: Partial<Bilingual>
  components?: string[]
  from: Instant
  until: Instant
}

/**
 * Tells outsiders by a console, in its own region, as far as the token may. Everything rejects with a `CommandError` in its words for what
 * is not done.
 */
export function consoleTelling(place: ConsolePlace, io: CliIo) {
  const client = consoleClient(place, io)
  const iso = (at: Instant) => new Date(at).toISOString()
  return {
    async post(number: number, update: Update): Promise<PostedThere[]> {
      const { text } = await client.ask('POST', `/api/v1/incidents/${number}/outsiders`, update)
      const { pages } = JSON.parse(text) as z.infer<typeof toldForm>
      return pages.flatMap(({ page, id, state }) =>
        id === undefined || state === undefined ? [] : [{ page, id, state }],
      )
    },
    /** Resolves with its id. */
    async announce(page: string, work: Work): Promise<string> {
      const body = { ...work, from: iso(work.from), until: iso(work.until) }
      return JSON.parse((await client.ask('POST', `${OUTSIDERS}/${encodeURIComponent(page)}`, body)).text).id
    },
    async end(page: string, id: string, text: Partial<Bilingual>): Promise<void> {
      const path = `${OUTSIDERS}/${encodeURIComponent(page)}/${encodeURIComponent(id)}/end`
      await client.ask('POST', path, Object.keys(text).length === 0 ? {} : { text })
    },
    async list(): Promise<ToldNow[]> {
      const all: ToldNow[] = []
      for await (const { told } of pagesOf<z.infer<typeof toldList>>(OUTSIDERS, {}, client)) all.push(...told)
      return all
    },
  }
}
