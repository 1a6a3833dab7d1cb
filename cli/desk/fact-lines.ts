import type { Fact } from '../../shared/contracts/fact.ts'
import type { Instant, Language, VerdictWord } from '../../shared/contracts/words.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { vantageName } from '../../shared/messages/places.ts'
import { duration, latency, timeSeenFrom, utcOffset } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import type { CliIo } from '../io.ts'
import { incidentWords } from '../words/incidents.ts'

/** Since when it goes on, and for how long it did, or does by now. */
export function openedText(openedAt: Instant, over: Instant | undefined, io: CliIo): string {
  const { language, timezone } = io
  const { comma, brackets } = words[language]
  const now = io.now()
  const opened = timeSeenFrom(now, openedAt, timezone) + brackets(utcOffset(openedAt, timezone))
  return opened + comma + duration((over ?? now) - openedAt, language)
}

interface Seen {
  vantage: string
  verdict: VerdictWord
  fault?: Fact | undefined
  latencyMs?: number | undefined
}

/** What each vantage sees of it: a line each. */
export function seen(sightings: Seen[], language: Language): [string, string][] {
  const { comma, sees } = words[language]
  return sightings.map(({ vantage, verdict, fault, latencyMs }) => [
    vantageName(vantage, language),
    [sees[verdict], fault && oneLine(factIn(language, fault), 200), latencyMs && latency(latencyMs)]
      .filter(Boolean)
      .join(comma),
  ])
}

interface Decorated {
  labels?: Record<string, string>
  runbook?: string | undefined
  links: { href: string; text?: string | undefined }[]
}

/** What its sender, or its check, has written on it. */
export function decoration(
  { labels = {}, runbook, links }: Decorated,
  language: Language,
): [string, string | undefined][] {
  const { label } = incidentWords[language]
  return [
    ...Object.entries(labels).map(([name, value]): [string, string] => [label.label, oneLine(`${name}=${value}`, 330)]),
    [label.runbook, runbook && oneLine(runbook, 2048)],
    ...links.map(({ href, text }): [string, string] => [label.link, oneLine(text ? `${text}: ${href}` : href, 2300)]),
  ]
}
