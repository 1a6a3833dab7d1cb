import { ofKind } from '../incidents/notice-kinds.ts'
import type { Composition, Link, Span } from './composition.ts'
import { oneLine, seen } from './cut.ts'
import { digestHead, digestLines } from './digest.ts'
import { headOf, repeatMark } from './head.ts'
import { callingLine, detailLines } from './lines.ts'
import type { Message } from './message.ts'
import { mutedLines } from './muted.ts'
import { clockTime, day, utcOffset } from './times.ts'
import { words } from './words.ts'

/** An acknowledge link of another region. */
const elsewhereLink = { zh: '打不开时认领', en: 'If that does not open' }

function links({ notice, language, links }: Message): Link[] {
  const say = words[language]
  const { leaves } = ofKind(notice.kind)
  const open = leaves === 'open' || leaves === 'news'
  const all: (Link | undefined)[] = [
    leaves === 'open' && links.acknowledge ? { text: say.acknowledgeLink, href: links.acknowledge } : undefined,
    leaves === 'open' && links.elsewhere ? { text: elsewhereLink[language], href: links.elsewhere } : undefined,
    ...detailLink({ language, links }),
    open && notice.runbook ? { text: say.runbookLink, href: notice.runbook } : undefined,
    ...(open ? notice.links.map(({ href, text }) => ({ text: oneLine(text || hostOf(href), 30), href })) : []),
  ]
  return all.filter((link) => link !== undefined)
}

function detailLink({ language, links }: Pick<Message, 'language' | 'links'>): Link[] {
  return links.detail ? [{ text: words[language].detailLink, href: links.detail }] : []
}

/** Names and targets come as somebody wrote them. */
function cleaned({ text, mention, ...span }: Span): Span {
  return { ...span, text: seen(text), ...(mention && { mention: { ...mention, name: seen(mention.name) } }) }
}

const hostOf = (href: string): string => (URL.canParse(href) ? new URL(href).host : href)

/**
 * What a notice says, or a digest of several, in the message's language and time zone, before any channel's markup. Every notice kind has a
 * text. Recoveries and acknowledgements mention nobody. Pure: "now" is the notice's own `at`.
 */
export function compose(message: Message): Composition {
  const { notice, language, timezone } = message
  const { digest } = message
  const spans = digest ? digestHead(digest, language) : headOf(message)
  if (message.repeat) spans.push(repeatMark(language))
  const head = spans.map(cleaned)
  const told = digest ? digest.of.map((one) => one.notice) : [notice]
  const lines = [
    ...(digest ? digestLines(message) : [...detailLines(message), ...callingLine(message)]),
    ...mutedLines(told, notice.at, language, timezone),
  ]
  return {
    title: head.map((span) => span.text).join(''),
    head,
    lines: lines.map((line) => ({ ...line, spans: line.spans.map(cleaned) })),
    links: digest ? detailLink(message) : links(message),
    footer: `烽火 ${day(notice.at, timezone)} ${clockTime(notice.at, timezone)} (${utcOffset(notice.at, timezone)})`,
  }
}
