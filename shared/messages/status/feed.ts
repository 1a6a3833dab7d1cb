import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Language } from '../../contracts/words.ts'
import type { StatusView } from '../../incidents/status/view.ts'
import { escapeHtml } from '../escape-html.ts'
import { hasProgress, headingOf, textOf } from './said.ts'
import { statusWords } from './words.ts'

/** So many of the newest updates a feed holds. */
const MOST_ITEMS = 50

/** What XML 1.0 has no place for (section 2.2, Char). */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** What was told on a page as RSS 2.0, an item for each update. `link` is the whole address of the page. */
export function statusFeed(
  view: StatusView,
  page: CompiledStatusPage,
  { slug, language, link, self }: { slug: string; language: Language; link: string; self: string },
): string {
  const say = statusWords[language]
  const told = [...view.open, ...view.planned.flatMap((one) => one.told ?? []), ...view.past]
  const updates = told
    .flatMap((one) => one.posts.map((post) => ({ one, post })))
    .toSorted((a, b) => b.post.at - a.post.at)
    .slice(0, MOST_ITEMS)
  const items = updates.map(({ one, post }) => {
    const heading = headingOf(one, page, language)
    return `<item><title>${xml(hasProgress(one, post) ? `${heading} — ${say.post[post.state]}` : heading)}</title><link>${xml(`${link}#${one.of}`)}</link><guid isPermaLink="false">${xml(`${slug}/${one.of}/${post.at}`)}</guid><pubDate>${new Date(post.at).toUTCString()}</pubDate><description>${xml(textOf(post, one, language))}</description></item>`
  })
  const title = xml(page.title[language])
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${title}</title><link>${xml(link)}</link><atom:link href="${xml(self)}" rel="self" type="application/rss+xml"/><description>${xml(say.all[view.state])}</description><language>${language === 'zh' ? 'zh-cn' : 'en'}</language><lastBuildDate>${new Date(updates[0]?.post.at ?? view.at).toUTCString()}</lastBuildDate>
${items.join('\n')}
</channel></rss>
`
}

function xml(text: string): string {
  return escapeHtml(text.toWellFormed().replace(NO_XML, ''))
}
