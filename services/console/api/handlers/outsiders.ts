import { inBoth } from '../../../../shared/contracts/words.ts'
import { noteUpdate, pagesOf, postUpdate } from '../../../../shared/engine/status/post-update.ts'
import { type ToldOnPage, viewTold } from '../../../../shared/engine/status/view-told.ts'
import { outsidersWords } from '../../../../shared/messages/outsiders.ts'
import { textOf } from '../../../../shared/messages/status/said.ts'
import type { Incident } from '../../pages/pieces.tsx'
import type { ApiDeps, Handlers } from '../asked.ts'
import type { outsiders } from '../contract/outsiders.ts'
import { readableByNumber } from '../readable-incident.ts'
import { Refusal, refusal } from '../refusal.ts'
import { actorIn, mayNot } from '../who.ts'

export const outsiderHandlers: Handlers<keyof typeof outsiders> = {
  async readTold(asked, deps) {
    return { body: await toldOf(await readableByNumber(asked), asked, deps) }
  },

  async tellOutsiders(asked, deps) {
    const { body, rights, io, note } = asked
    const incident = await readableByNumber(asked)
    if (!rights.can('responder', incident.project)) throw mayNot()
    note('outsiders told')
    const by = actorIn(body.as, await deps.people(incident.project))
    note('outsiders told', by)
    const { zh, en } = body.text
    const text = { ...(zh !== undefined && { zh }), ...(en !== undefined && { en }) }
    if (Object.keys(text).length === 0) throw refusal(400, 'bad-request', (say) => say.noText)
    const { state, impact } = body
    const update = { text, ...(state && { state }), ...(impact && { impact }) }
    const posted = await postUpdate(incident, update, pagesOf(incident, deps.config.status ?? {}), io)
    if (posted.length === 0)
      throw new Refusal(
        409,
        'no-page',
        inBoth((language) => outsidersWords[language].nowhere),
      )
    await noteUpdate(incident, { posted, text, by: by.name }, io)
    return { body: await toldOf(incident, asked, deps) }
  },
}

async function toldOf(incident: Incident, { io }: Parameters<typeof readableByNumber>[0], { config }: ApiDeps) {
  const pages = await viewTold(incident, config.status ?? {}, io)
  return { pages: pages.map(pageResource) }
}

function pageResource({ slug, languages, told }: ToldOnPage) {
  if (told === undefined) return { page: slug, languages, posts: [] }
  const { state, impact, posts } = told
  return {
    page: slug,
    languages,
    state,
    ...(impact && { impact }),
    posts: posts.map((post) => ({
      at: new Date(post.at).toISOString(),
      state: post.state,
      text: inBoth((language) => textOf(post, told, language)),
    })),
  }
}
