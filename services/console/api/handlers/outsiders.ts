import { ownProperty } from '../../../../shared/contracts/own-property.ts'
import type { CompiledStatusPage } from '../../../../shared/contracts/status-page.ts'
import { type Bilingual, eachOnce, inBoth } from '../../../../shared/contracts/words.ts'
import { announce, endTold } from '../../../../shared/engine/status/announce.ts'
import { goingOn } from '../../../../shared/engine/status/going-on.ts'
import { affectedBy, noteUpdate, pagesOf, postUpdate } from '../../../../shared/engine/status/post-update.ts'
import { type ToldOnPage, viewTold, viewToldOn } from '../../../../shared/engine/status/view-told.ts'
import { outsidersWords } from '../../../../shared/messages/outsiders.ts'
import { textOf } from '../../../../shared/messages/status/said.ts'
import type { Incident } from '../../pages/pieces.tsx'
import type { Handlers } from '../asked.ts'
import type { outsiders } from '../contract/outsiders.ts'
import { idOf } from '../id-of.ts'
import { pageOf } from '../paging.ts'
import { readableByNumber } from '../readable-incident.ts'
import { Refusal, refusal } from '../refusal.ts'
import { toldResource } from '../told-resource.ts'
import { actorIn, mayNot } from '../who.ts'

type Pages = Record<string, CompiledStatusPage>
type Written = { [L in keyof Bilingual]?: string | undefined }

const iso = (at: number) => new Date(at).toISOString()

export const outsiderHandlers: Handlers<keyof typeof outsiders> = {
  async readTold(asked, deps) {
    return { body: await shown(await viewTold(await readableByNumber(asked), deps.config.status ?? {}, asked.io)) }
  },

  async tellOutsiders(asked, deps) {
    const { body, rights, io, note } = asked
    const incident = await readableByNumber(asked)
    if (!rights.can('responder', incident.project)) throw mayNot()
    note('outsiders told')
    const by = actorIn(body.as, await deps.people(incident.project))
    const text = textIn(body.text)
    note('outsiders told', by, eachOnce(text))
    const all = deps.config.status ?? {}
    const own = pagesOf(incident, all)
    // What else there is, and what else a page has, is other projects', and so are the names that a refusal would tell.
    if (!rights.can('responder') && isBeyond(incident, body, own)) throw mayNot()
    const pages = body.page === undefined ? own : { [body.page]: pageNamed(body.page, all) }
    const components = componentsIn(body.components, pages)
    const { state, impact } = body
    const update = {
      text,
      ...headingIn(body.heading),
      ...(state && { state }),
      ...(impact && { impact }),
      ...(components && { components }),
    }
    const posted = await postUpdate(incident, update, pages, io)
    if (posted.length === 0)
      throw new Refusal(
        409,
        'no-page',
        inBoth((language) => outsidersWords[language].nowhere),
      )
    await noteUpdate(incident, { posted, text, by: by.name }, io)
    return { body: await shown(await viewToldOn(pages, incident, io)) }
  },

  async listTold({ query, io }, { config }) {
    const list = pageOf(await goingOn(config.status ?? {}, io), ({ name, one }) => `${name}#${one.of}`, query)
    return { body: { told: list.shown.map(toldResource), ...list.next } }
  },

  async announceWork(asked, { config }) {
    const { params, body, io, note } = asked
    const { page: name } = params
    const page = pageNamed(name, config.status ?? {})
    const [from, until] = [Date.parse(body.from), Date.parse(body.until)]
    if (until <= from || until <= io.now()) throw refusal(400, 'bad-request', (say) => say.endsBefore('until'))
    const id = idOf(asked)
    const text = textIn(body.text)
    note(`status announce /status/${name} ${id}`, undefined, eachOnce(text))
    const components = componentsIn(body.components, { [name]: page }) ?? Object.keys(page.components)
    const work = { of: id, text, ...headingIn(body.heading), components, planned: { from, until } }
    await announce(name, work, io)
    return { body: { page: name, id } }
  },

  async endTold({ params, body, io, note, isAgain }, { config }) {
    const { page, id } = params
    const text = body.text === undefined ? {} : textIn(body.text)
    note(`status end /status/${page} ${id}`, undefined, eachOnce(text))
    const isEnded = Object.hasOwn(config.status ?? {}, page) && (await endTold(page, id, { text, isAgain }, io))
    if (!isEnded) throw refusal(404, 'not-found', (say) => say.nothingTold)
    return { body: { page, id } }
  },
}

/** Whether it would be told of more than its check is behind, on these pages. */
function isBeyond(
  incident: Incident,
  { page, components = [] }: { page?: string | undefined; components?: string[] | undefined },
  own: Pages,
): boolean {
  if (page !== undefined && !Object.hasOwn(own, page)) return true
  const meant = page === undefined ? Object.values(own) : [ownProperty(own, page)]
  return meant.some((one) => one !== undefined && components.some((name) => !affectedBy(incident, one).includes(name)))
}

function pageNamed(name: string, pages: Pages): CompiledStatusPage {
  const page = ownProperty(pages, name)
  if (page !== undefined) return page
  throw refusal(404, 'not-found', (say) => say.noStatusPage(Object.keys(pages)))
}

/** Components that each of the pages has. */
function componentsIn(named: string[] | undefined, pages: Pages): string[] | undefined {
  for (const { components } of Object.values(pages))
    if (named?.some((one) => !Object.hasOwn(components, one)))
      throw refusal(400, 'bad-request', (say) => say.oneOf('components', Object.keys(components).join(', ')))
  return named && [...new Set(named)]
}

function textIn(written: Written): Partial<Bilingual> {
  const text = partsOf(written)
  if (Object.keys(text).length === 0) throw refusal(400, 'bad-request', (say) => say.noText)
  return text
}

function headingIn(written: Written | undefined): { heading?: Partial<Bilingual> } {
  const heading = partsOf(written ?? {})
  return Object.keys(heading).length === 0 ? {} : { heading }
}

function partsOf({ zh, en }: Written): Partial<Bilingual> {
  return { ...(zh !== undefined && { zh }), ...(en !== undefined && { en }) }
}

function shown(pages: ToldOnPage[]) {
  return { pages: pages.map(pageResource) }
}

function pageResource({ slug, languages, told }: ToldOnPage) {
  if (told === undefined) return { page: slug, languages, posts: [] }
  const { of, state, impact, posts } = told
  return {
    page: slug,
    id: of,
    languages,
    state,
    ...(impact && { impact }),
    posts: posts.map((post) => ({
      at: iso(post.at),
      state: post.state,
      text: inBoth((language) => textOf(post, told, language)),
    })),
  }
}
