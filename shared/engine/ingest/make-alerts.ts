import type { Alert } from '../../contracts/alert.ts'
import type { AlertNote } from '../../contracts/alert-note.ts'
import type { Context, Format, Taken } from '../../ingest/format.ts'
import { mended } from '../../ingest/mend.ts'
import { packed } from '../../ingest/pack.ts'
import { keepChanges } from '../../store/changes.ts'
import { rememberInbound } from '../../store/inbound.ts'
import type { IngestProject, SendingIo } from './ingest-io.ts'

/** Whose a body is, and what has to be known of how it came. */
export interface About {
  project: IngestProject
  /** What the configuration of the project says of its format. */
  options: unknown
  /** The body was too large for its details. */
  over?: { bytes: number; limit: number } | undefined
  /** How many entries of its list were in earlier parts of it. */
  before?: number
}

/** What goes to the events queue of a body, and what its sender is told once it is there. */
export interface Made extends Taken {
  messages: string[]
}

/**
 * Makes messages of alerts of a body, with what earlier ones said of the same thing, and keeps what it says was changed. Nothing of the body is held by them: it may be large,
 * and the queue may take a while.
 */
export async function makeAlerts(
  format: Format,
  body: unknown,
  { project, options, over, before = 0 }: About,
  io: Omit<SendingIo, 'send' | 'cameAt'>,
): Promise<Made> {
  const [earlier, read] = await Promise.all([
    earlierFor(format, body, project.name, io),
    format.unpack?.(body, io) ?? body,
  ])
  const context = { project, receivedAt: io.now(), token: io.token, options, earlier, before }
  if (format.toChanges) await keepChanges(project.name, format.toChanges(read, context), io)
  const { alerts, notes } = alertsOf(format, read, context, over)
  return { messages: packed(alerts), dedupKeys: alerts.map(({ dedupKey }) => dedupKey), notes }
}

/** What is known of earlier requests about the same thing. Without it each is taken as it comes: no page waits long for it. */
async function earlierFor(
  { format, memoriesOf }: Pick<Format, 'format' | 'memoriesOf'>,
  body: unknown,
  project: string,
  io: Pick<SendingIo, 'checks' | 'now' | 'log'>,
): Promise<Record<string, string>> {
  const memories = memoriesOf?.(body) ?? []
  const known = memories.map((memory) =>
    rememberInbound({ format, project, of: memory.of }, memory, io).catch((error: unknown) => {
      io.log({ level: 'warn', event: 'not remembered', format, project, error: String(error) })
      return {}
    }),
  )
  const [own = {}] = await Promise.all(known)
  return own
}

/** The alerts of a body, and what had to be put right of them. */
export interface AlertsMade {
  alerts: Alert[]
  notes: AlertNote[]
}

/** What a format makes of a body, each alert as the contract takes it; `over`: the body was too large for its details. */
export function alertsOf(format: Format, body: unknown, context: Context, over?: About['over']): AlertsMade {
  const all = format.toAlerts(body, context).map((draft) => {
    if (over === undefined) return mended(draft, context)
    const notes = [...(draft.notes ?? []), { code: 'details-dropped' as const, args: over }]
    return mended({ ...draft, details: undefined, notes }, context)
  })
  return { alerts: all.map(({ alert }) => alert), notes: all.flatMap(({ notes }) => notes) }
}
