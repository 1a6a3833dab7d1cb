import { compose } from '../../messages/compose.ts'
import { cutBytes, oneLine } from '../../messages/cut.ts'
import type { Message } from '../../messages/message.ts'
import { plain } from '../../messages/plain.ts'
import { fingerprint } from '../robot.ts'

/** The specification asks for less than 20 kB in all; the text is the only part that grows. */
export const TEXT_BYTES = 8_000

/** The longest name of something, in characters. */
const NAME = 300

/** A state change as a program reads it. `id` is the same for every try of it: receivers tell repeats by that. */
export interface WebhookEvent {
  id: string
  /** As it is signed and sent. */
  body: string
}

/** What a notice says, by names that stay; `text` is what people would read. */
export function webhookEvent(message: Message): WebhookEvent {
  const { notice, language, links } = message
  const { kind, incident, at, acknowledged, resolved } = notice
  const composition = compose(message)
  const data = {
    incident,
    number: notice.number,
    project: notice.project,
    title: oneLine(notice.title, NAME),
    severity: notice.severity,
    ...(notice.state !== undefined && { state: notice.state }),
    source: oneLine(notice.source, NAME),
    openedAt: iso(notice.openedAt),
    calling: notice.calling.map(({ contact }) => contact),
    ...(acknowledged && {
      acknowledged: { at: iso(acknowledged.at), by: acknowledged.by?.contact, via: acknowledged.via },
    }),
    ...(resolved && { resolved: { at: iso(resolved.at), by: resolved.by?.contact, via: resolved.via } }),
    ...(notice.runbook !== undefined && { runbook: notice.runbook }),
    links: {
      ...(links.acknowledge && { acknowledge: links.acknowledge }),
      ...(links.detail && { detail: links.detail }),
    },
    language,
    text: cutBytes(plain(composition), TEXT_BYTES),
  }
  // The names of types have dots and underscores alone.
  const type = `incident.${kind.replaceAll('-', '_')}`
  return {
    id: `msg_${fingerprint(`${incident}#${kind}#${at}`)}`,
    body: JSON.stringify({ type, timestamp: iso(at), data }),
  }
}

const iso = (at: number): string => new Date(at).toISOString()
