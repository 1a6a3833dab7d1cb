import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { readComponentDays } from '../../shared/engine/status/component-days.ts'
import { viewStatus } from '../../shared/engine/status/view-status.ts'
import { languageFor } from '../../shared/messages/language-for.ts'
import { statusFeed } from '../../shared/messages/status/feed.ts'
import { backLink, subscribeForms } from '../../shared/messages/status/forms.ts'
import { statusJson } from '../../shared/messages/status/json.ts'
import { statusHtml, statusMessage } from '../../shared/messages/status/page.ts'
import { statusWords } from '../../shared/messages/status/words.ts'
import { recently } from '../../shared/store/recently.ts'
import { perMinute } from './access/limit.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { lastKnown } from './last-known.ts'
import { statusGate } from './status-gate.ts'
import { statusPolicy } from './status-policy.ts'
import type { SubscriptionWord } from './subscriptions.ts'

/** Whoever comes within so long is shown what was read: a page that everybody looks at costs as much as one. */
const FRESH_MS = 10_000

/** Whoever asks for more than so many subscriptions in a minute is no reader: those cost no write, while the table counts the hour. */
const ASKS_A_MINUTE = 5

/** What is said where the form stands once more. */
const FORM_AGAIN: ReadonlySet<SubscriptionWord> = new Set(['ask', 'noAddress', 'noHook'])

/** Days change once an hour, and only today's grows. */
const DAYS_MS = 300_000

/** By whom an answer may be kept between us and its reader, and for how long. */
const KEPT = 'max-age=15, stale-while-revalidate=60, stale-if-error=600'

/** What is below `/status`: pages for outsiders. Nothing there says what else there is. */
export function statusRoutes(deps: ConsoleDeps): Hono<Env> {
  const { config } = deps
  const { value: pages, missing } = resolveReferences(config.status ?? {}, deps.env ?? {})
  if (missing.length > 0) deps.io().log({ level: 'error', event: 'variables not set', names: missing })
  const now = () => deps.io().now()
  const days = lastKnown(
    recently((slug: string) => readComponentDays(pageOf(slug), config, deps.io()), DAYS_MS, now),
    deps,
  )
  const views = lastKnown(
    recently(
      async (slug: string) => {
        const { value } = await days(slug).catch(() => ({ value: {} }))
        return viewStatus(slug, pageOf(slug), { config, days: value }, deps.io())
      },
      FRESH_MS,
      now,
    ),
    deps,
  )
  const isLetIn = statusGate(deps)
  const mayAsk = perMinute(ASKS_A_MINUTE, now)
  const routes = new Hono<Env>()

  routes.get('/:file', async (c) => {
    const [, slug = '', format = 'html'] = /^([\w-]+)(?:\.(json|rss))?$/.exec(c.req.param('file')) ?? []
    const page = ownProperty(pages, slug)
    const entry = isLetIn(c, slug, page)
    if (entry instanceof Response) return entry
    // By its languages a page would be known to be there.
    const language = languageOf(c, entry === 'in' ? page : undefined)
    if (page === undefined || entry !== 'in') {
      const [status, text] = entry === 'too-many' ? ([429, 'tooMany'] as const) : ([404, 'none'] as const)
      return c.html(statusMessage(statusWords[language][text], language), status, { ...statusPolicy })
    }
    const seen = await views(slug).catch(() => undefined)
    if (seen === undefined)
      return c.html(statusMessage(statusWords[language].failed, language), 503, {
        ...statusPolicy,
        'retry-after': '30',
      })
    const { value: view, oldFrom } = seen
    const headers = {
      ...statusPolicy,
      'cache-control': `${page.token === undefined ? 'public' : 'private'}, ${KEPT}`,
      vary: 'accept-language',
      ...(page.token === undefined && { 'x-robots-tag': 'all', 'access-control-allow-origin': '*' }),
    }
    if (format === 'json')
      return c.body(statusJson(view, page, oldFrom), 200, { ...headers, 'content-type': 'application/json' })
    const link = linkOf(c, slug, page)
    const feed = `${slug}.rss?lang=${language}`
    if (format === 'rss') {
      const self = new URL(feed, link).href
      const type = 'application/rss+xml; charset=utf-8'
      return c.body(statusFeed(view, page, { slug, language, link, self }), 200, { ...headers, 'content-type': type })
    }
    const other = page.languages.find((one) => one !== language)
    const showing = {
      language,
      timezone: config.timezone,
      json: `${slug}.json`,
      feed,
      ...(other && { other: `${slug}?lang=${other}` }),
      ...(page.subscribe && { subscribing: subscribeForms(page.subscribe, language, `${slug}/`) }),
      ...(oldFrom !== undefined && { oldFrom }),
    }
    return c.html(statusHtml(view, page, showing), 200, headers)
  })

  routes.all('/:slug/:use{subscribe|confirm|leave}', async (c) => {
    const slug = c.req.param('slug')
    const page = ownProperty(pages, slug)
    const use = c.req.param('use') as 'subscribe' | 'confirm' | 'leave'
    const isAsking = use === 'subscribe'
    const isLet = isAsking && isLetIn(c, slug, page) === 'in'
    const language = languageOf(c, isLet ? page : undefined)
    const say = (text: SubscriptionWord, status: 200 | 400 | 403 | 404 | 429 | 503 = 200, form = '') => {
      // Whoever is not let in is led nowhere: that would say that there is a page.
      const isThere = page !== undefined && text !== 'none'
      const ways = (isThere && FORM_AGAIN.has(text) && page.subscribe) || []
      const below = isThere
        ? (ways.length > 0 ? subscribeForms(ways, language) : '') + backLink(linkOf(c, slug, page), language)
        : ''
      return c.html(statusMessage(statusWords[language][text], language, form, below), status, {
        ...statusPolicy,
        'cache-control': 'no-store',
      })
    }
    // What a mail or request leads to is signed: whoever has it was sent it, and may use it as often as they like.
    if (!page?.subscribe || (isAsking && !isLet)) return say('none', 404)
    if (isAsking && c.req.method === 'POST' && !mayAsk(c.env?.source ?? '')) return say('tooMany', 429)
    const asked = { slug, language, link: linkOf(c, slug, page), use, ways: page.subscribe }
    const { takeSubscription } = await import('./subscriptions.ts')
    return takeSubscription(c, asked, say, deps).catch((error: unknown) => {
      deps.io().log({ level: 'error', event: 'console', error: String(error) })
      return say('failed', 503)
    })
  })

  routes.all('*', (c) => {
    const language = languageOf(c, undefined)
    return c.html(statusMessage(statusWords[language].none, language), 404, { ...statusPolicy })
  })

  return routes

  function pageOf(slug: string): CompiledStatusPage {
    return pages[slug] as CompiledStatusPage
  }

  /** Where a page is, whole, for what is read elsewhere. */
  function linkOf(c: Context<Env>, slug: string, page: CompiledStatusPage): string {
    return page.url ?? `${deps.originFor(c.req.header('host') ?? '')}/status/${slug}`
  }

  function languageOf(c: Context<Env>, page: CompiledStatusPage | undefined): Language {
    const { languages = ['zh', 'en'] } = page ?? {}
    const [first = config.language] = page === undefined ? [] : languages
    const wanted = languageFor(c.req.query('lang'), c.req.header('accept-language'), first)
    return languages.includes(wanted) ? wanted : first
  }
}
