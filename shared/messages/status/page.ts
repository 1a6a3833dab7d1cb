import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Instant, Language } from '../../contracts/words.ts'
import type { Told } from '../../incidents/status/post.ts'
import type { StatusView } from '../../incidents/status/view.ts'
import { escapeHtml } from '../escape-html.ts'
import { dateAndTime, utcOffset } from '../times.ts'
import { componentRow } from './component-row.ts'
import { componentList, hasProgress, headingOf, textOf } from './said.ts'
import { statusStyle } from './style.ts'
import { type StatusWords, statusWords } from './words.ts'

/** How and where a page is shown. Addresses are relative, or whole. */
export interface Showing {
  language: Language
  timezone: string
  /** The page in the other language; absent where it has one alone. */
  other?: string
  json: string
  feed: string
  /** Of a copy: the page that it is of. */
  live?: string
  /** What readers may do to hear of updates, in HTML. */
  subscribing?: string
  /** The newest state could not be read: this is how it was then. */
  oldFrom?: Instant
  /** What the page may load, where no header says so. */
  policy?: string
}

interface Telling extends Pick<Showing, 'language' | 'timezone'> {
  page: CompiledStatusPage
  say: StatusWords
}

/** A status page in HTML, whole in itself: it loads nothing, and needs no script. */
export function statusHtml(view: StatusView, page: CompiledStatusPage, showing: Showing): string {
  const { language, timezone, live, oldFrom, subscribing } = showing
  const say = statusWords[language]
  const telling = { page, say, language, timezone }
  const time = (at: Instant) => dateAndTime(at, timezone)
  const main = [
    `<p class="now ${view.state}" role="status">${say.all[view.state]}</p>`,
    `<p class="soft">${say.asOf(timeTag(view.at, time(view.at)), utcOffset(view.at, timezone))}</p>`,
    oldFrom === undefined ? '' : notice(say.old(time(oldFrom))),
    live === undefined ? '' : notice(say.copied, `<a href="${escapeHtml(live)}">${say.live}</a>`),
    section(say.going, view.open.map((one) => toldCard(one, telling)).join('')),
    section(say.planned, view.planned.map((one) => plannedCard(one, telling)).join('')),
    section(say.components, view.components.map((one) => componentRow(one, page, view.at, language)).join('')),
    section(say.past, view.past.map((one) => toldCard(one, telling)).join('') || `<p class="soft">${say.noPast}</p>`),
    subscribing ?? '',
  ]
  return framed(page, showing, main.join('\n'))
}

/** A page that says one thing, and shows nothing of what it is about; `form` belongs to that, `below` leads on. Both are HTML. */
export function statusMessage(text: string, language: Language, form = '', below = ''): string {
  return document(
    language,
    text,
    '',
    `<main><div class="card"><h1>${escapeHtml(text)}</h1>${form}</div>${below}</main>`,
  )
}

function framed(page: CompiledStatusPage, showing: Showing, main: string): string {
  const { language, other, json, feed, policy } = showing
  const say = statusWords[language]
  const title = escapeHtml(page.title[language])
  const logo = page.logo === undefined ? '' : `<img src="${escapeHtml(page.logo)}" alt="">`
  const links = [
    `<a href="${escapeHtml(feed)}" type="application/rss+xml">RSS</a>`,
    `<a href="${escapeHtml(json)}" type="application/json">JSON</a>`,
    ...(other === undefined
      ? []
      : [`<a href="${escapeHtml(other)}" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${say.other}</a>`]),
  ]
  const head = [
    policy === undefined ? '' : `<meta http-equiv="content-security-policy" content="${escapeHtml(policy)}">`,
    `<link rel="alternate" type="application/rss+xml" title="${title}" href="${escapeHtml(feed)}">`,
  ]
  return document(
    language,
    page.title[language],
    head.join(''),
    `<header>${logo}<h1 dir="auto">${title}</h1></header>
<main>
${main}
</main>
<footer>${links.join('')}</footer>`,
  )
}

function document(language: Language, title: string, head: string, body: string): string {
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">${head}<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="same-origin"><title>${escapeHtml(title)}</title><style>${statusStyle}</style></head><body>${body}</body></html>`
}

function section(title: string, content: string): string {
  return content === '' ? '' : `<section><h2>${title}</h2>${content}</section>`
}

function notice(text: string, more = ''): string {
  return `<p class="notice">${escapeHtml(text)} ${more}</p>`
}

/** An incident, or what was planned, with all that was told of it. */
function toldCard(told: Told, telling: Telling): string {
  const { page, say, language } = telling
  const word = told.planned === undefined ? `<span class="word ${told.state}">${say.post[told.state]}</span>` : ''
  return card(told.of, escapeHtml(headingOf(told, page, language)), word, [
    about(told.components, telling),
    told.planned === undefined ? '' : spanText(told.planned, telling),
    posts(told, telling),
  ])
}

function plannedCard({ from, until, components, told }: StatusView['planned'][number], telling: Telling): string {
  const { page, say, language } = telling
  const titles = componentList(components, page, language)
  const heading = told === undefined ? titles : headingOf(told, page, language)
  const word = `<span class="word maintenance">${say.workState[from === undefined ? 'now' : 'coming']}</span>`
  return card(told?.of, escapeHtml(heading), word, [
    told === undefined ? '' : about(components, telling),
    spanText({ ...(from !== undefined && { from }), until }, telling),
    told === undefined ? '' : posts(told, telling),
  ])
}

function card(id: string | undefined, heading: string, word: string, parts: string[]): string {
  const anchor = id === undefined ? '' : ` id="${escapeHtml(id)}"`
  return `<article class="card"${anchor}><div class="row"><h3 dir="auto">${heading}</h3>${word}</div>${parts.join('')}</article>`
}

function about(components: string[], { page, language }: Telling): string {
  const titles = componentList(components, page, language)
  return titles === '' ? '' : `<p class="soft" dir="auto">${escapeHtml(titles)}</p>`
}

function spanText({ from, until }: { from?: Instant; until: Instant }, { say, timezone }: Telling): string {
  const time = (at: Instant) => timeTag(at, dateAndTime(at, timezone))
  return `<p class="soft">${from === undefined ? say.until(time(until)) : say.span(time(from), time(until))}</p>`
}

function posts(told: Told, { say, language, timezone }: Telling): string {
  const items = told.posts.map((post) => {
    const state = hasProgress(told, post) ? `<b>${say.post[post.state]}</b> ` : ''
    const at = timeTag(post.at, dateAndTime(post.at, timezone))
    return `<li><span class="soft">${state}${at}</span><p dir="auto">${escapeHtml(textOf(post, told, language))}</p></li>`
  })
  return `<ol class="posts" reversed>${items.join('')}</ol>`
}

function timeTag(at: Instant, text: string): string {
  return `<time datetime="${new Date(at).toISOString()}">${text}</time>`
}
