import type { Notice } from '../incidents/notice.ts'
import { type Composition, type Link, type Span, subject } from './composition.ts'
import { oneLine } from './cut.ts'
import { callingLine, detailLines } from './lines.ts'
import type { Message } from './message.ts'
import { clockTime, day, duration, utcOffset } from './times.ts'
import { doer, meansOf, words } from './words.ts'

/** `严重 不可用`. */
const condition = (message: Message): string => {
  const { severity, state } = message.notice
  const { severity: severities, state: states } = words[message.language]
  return `${severities[severity]} ${states[state ?? 'alert']}`
}

function head(message: Message): Span[] {
  const { notice, language } = message
  const say = words[language]
  const number = `#${notice.number}`
  const about = `${condition(message)} | ${subject(notice, language)}`
  switch (notice.kind) {
    case 'acknowledged':
      return [{ text: `${number} ${acknowledgement(message)}` }]
    case 'passed':
      return [{ text: `${number} ${say.passed(passer(notice), receivers(message))}` }]
    case 'resolved': {
      if (notice.resolved?.via === 'removed')
        return [{ text: `${say.removed} | ${subject(notice, language)} ${number}` }]
      const word = notice.resolved?.by ? say.closed : say.recovered
      return [{ text: `${word} | ${subject(notice, language)}`, tone: 'good' }, { text: ` ${number}` }]
    }
    case 'exhausted':
      return [{ text: `${say.nobodyAcknowledged} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'escalated':
      return [{ text: `${say.escalated} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'fewer':
      return [{ text: `${say.fewer} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'reminder':
      return [{ text: `${say.reminder} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    case 'flapping':
      return [{ text: `${say.flapping} | ${about}`, tone: 'bad' }, { text: ` ${number}` }]
    default:
      return [{ text: about, tone: 'bad' }, { text: ` ${number}` }]
  }
}

/** `林悦已认领（电话按 1，48 秒）`: at once to the group, or five people start working. */
function acknowledgement({ notice, language }: Message): string {
  const say = words[language]
  const action = notice.acknowledged ?? { at: notice.at, via: 'system' as const }
  const after = duration(action.at - notice.openedAt, language)
  const detail = action.by ? `${meansOf(action, language)}${say.comma}${after}` : after
  return say.acknowledged(doer(action, language), say.brackets(detail))
}

/** Who pressed 9 last. */
const passer = (notice: Notice): string | undefined =>
  notice.tried.findLast((person) => person.outcome === 'passed')?.name

function receivers({ notice, language }: Message): string {
  const people = notice.calling.length > 0 ? notice.calling : notice.next
  return people.map((person) => person.name).join(words[language].list) || words[language].nextOne
}

function links({ notice, language, links }: Message): Link[] {
  const say = words[language]
  const open = notice.kind !== 'resolved' && notice.kind !== 'acknowledged'
  const all: (Link | undefined)[] = [
    open && links.acknowledge ? { text: say.acknowledgeLink, href: links.acknowledge } : undefined,
    links.detail ? { text: say.detailLink, href: links.detail } : undefined,
    open && notice.runbook ? { text: say.runbookLink, href: notice.runbook } : undefined,
    ...(open ? notice.links.map(({ href, text }) => ({ text: oneLine(text || hostOf(href), 30), href })) : []),
  ]
  return all.filter((link) => link !== undefined)
}

const hostOf = (href: string): string => (URL.canParse(href) ? new URL(href).host : href)

/**
 * What a notice says, in the message's language and time zone, before any channel's markup. Every notice kind has a
 * text. Recoveries and acknowledgements mention nobody. Pure: "now" is the notice's own `at`.
 */
export function compose(message: Message): Composition {
  const { notice, language, timezone } = message
  const spans = head(message)
  if (message.repeat) spans.push({ text: words[language].brackets(words[language].maybeRepeated) })
  return {
    title: spans.map((span) => span.text).join(''),
    head: spans,
    lines: [...detailLines(message), ...callingLine(message)],
    links: links(message),
    footer: `烽火 ${day(notice.at, timezone)} ${clockTime(notice.at, timezone)} (${utcOffset(notice.at, timezone)})`,
  }
}
