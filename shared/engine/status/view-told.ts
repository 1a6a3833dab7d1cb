import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Language } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import { type Told, toldIn } from '../../incidents/status/post.ts'
import type { StoreIo } from '../../store/io.ts'
import { readPosts } from '../../store/status-posts.ts'
import { pagesOf, toldOf } from './post-update.ts'

/** What outsiders were told of an incident on a page; nothing yet where there is no `told`. */
export interface ToldOnPage {
  slug: string
  languages: Language[]
  told?: Told
}

/** Reads what outsiders were told of an incident, on each page that it is about. Rejects when the table does. */
export function viewTold(
  incident: Incident,
  pages: Record<string, CompiledStatusPage>,
  io: Pick<StoreIo, 'incidents' | 'log'>,
): Promise<ToldOnPage[]> {
  return viewToldOn(pagesOf(incident, pages), incident, io)
}

/** The same on each of these pages. */
export function viewToldOn(
  pages: Record<string, CompiledStatusPage>,
  incident: Incident,
  io: Pick<StoreIo, 'incidents' | 'log'>,
): Promise<ToldOnPage[]> {
  return Promise.all(
    Object.entries(pages).map(async ([slug, { languages }]) => {
      const told = toldOf(incident, toldIn(await readPosts(slug, io)))
      return { slug, languages, ...(told && { told }) }
    }),
  )
}
