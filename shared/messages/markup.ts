import type { Language } from '../contracts/words.ts'
import type { PersonName } from '../incidents/notice.ts'
import type { Composition, Line, Link, Span } from './composition.ts'
import { bytes, cutBytes } from './cut.ts'
import { words } from './words.ts'

/** How one channel writes a composition. Every function takes text that `escape` has made harmless and gives markup. */
export interface Dialect {
  /** Makes text from outside harmless: no tag, link or mention of its own. */
  escape: (text: string) => string
  bad: (text: string) => string
  good: (text: string) => string
  /** The markup that mentions a person, or their plain name where the channel does not know them. */
  mention: (person: PersonName) => string
  link: (link: Link) => string
  head: (markup: string) => string
  line: (markup: string) => string
  /** Whether the composition's footer is written. */
  footer: boolean
}

const wide: Record<string, string> = { '<': '＜', '>': '＞', '[': '［', ']': '］', '*': '＊', '`': "'" }

/** Text that makes no tag, link, mention or emphasis: chat markdown has no escape, so its characters become wide twins. */
export const withoutMarkup = (text: string): string =>
  text.replace(/[<>[\]*`]/g, (character) => wide[character] ?? character)

/** A URL inside markdown's round brackets. */
export const safeHref = (href: string): string =>
  href
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
    .replace(/[\s<>"]/g, encodeURIComponent)

/**
 * A composition in a channel's markup, in at most `maxBytes` UTF-8 bytes. Where it is too long, whole lines go first (a
 * mark says how many), then whole links from the last, and at the very end the head alone is cut as plain text: never
 * half a tag or a link.
 */
export function render(composition: Composition, dialect: Dialect, maxBytes: number, language: Language): string {
  for (const fewer of shorter(composition, language)) {
    const markup = write(fewer, dialect)
    if (bytes(markup) <= maxBytes) return markup
  }
  return cutBytes(dialect.escape(composition.title), maxBytes)
}

/** The composition, then the same with one part less each time. */
function* shorter(composition: Composition, language: Language): Generator<Composition> {
  yield composition
  let { lines, links } = composition
  for (let dropped = 1; lines.some((line) => !line.keep); dropped++) {
    const last = lines.findLastIndex((line) => !line.keep)
    lines = lines.filter((_, index) => index !== last)
    yield { ...composition, lines: [...lines, more(dropped)] }
  }
  const dropped = composition.lines.length - lines.length
  const kept = dropped > 0 ? [...lines, more(dropped)] : lines
  for (; links.length > 0; links = links.slice(0, -1)) yield { ...composition, lines: kept, links }
  yield { ...composition, lines: kept, links: [] }
  yield { ...composition, lines: [more(composition.lines.length)], links: [] }

  function more(count: number): Line {
    return { spans: [{ text: words[language].moreLines(count) }] }
  }
}

function write(composition: Composition, dialect: Dialect): string {
  const lines = composition.lines.map((line) => dialect.line(spans(line.spans)))
  const links = composition.links.map((link) => dialect.link({ ...link, text: dialect.escape(link.text) })).join(' | ')
  const footer = dialect.footer ? dialect.escape(composition.footer) : ''
  const body = [dialect.head(spans(composition.head)), ...lines].join('\n')
  return [body, links, footer].filter((block) => block !== '').join(dialect.footer ? '\n\n' : '\n')

  function spans(all: Span[]): string {
    return all.map(span).join('')
  }

  function span({ text, tone, mention }: Span): string {
    if (mention) return dialect.mention(mention)
    const safe = dialect.escape(text)
    return tone ? dialect[tone](safe) : safe
  }
}
