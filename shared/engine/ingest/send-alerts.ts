import type { Format, Taken } from '../../ingest/format.ts'
import type { SendingIo } from './ingest-io.ts'
import { type About, makeAlerts } from './make-alerts.ts'

/**
 * Makes alerts of a body and puts them on the events queue. Rejects unless the queue has all of them. `heardAs`: the format that was heard
 * of by it.
 */
export async function sendAlerts(
  format: Format,
  body: unknown,
  about: About,
  heardAs: string,
  io: SendingIo,
): Promise<Taken> {
  const { messages, ...taken } = await makeAlerts(format, body, about, io)
  await Promise.all([
    messages.length > 0 ? io.send(messages, io.cameAt) : undefined,
    noteSeen(heardAs, about.project.name, taken.dedupKeys.length, io),
  ])
  return taken
}

/** Writes down that a format was heard of, if that can be done. */
export async function noteSeen(
  format: string,
  project: string,
  alerts: number,
  io: Pick<SendingIo, 'seen' | 'checks' | 'now' | 'log'>,
): Promise<void> {
  await io.seen({ format, project, alerts }, io).catch((error: unknown) => {
    io.log({ level: 'warn', event: 'not written down', format, project, error: String(error) })
  })
}
