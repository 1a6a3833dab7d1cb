import { email, keysOf } from '../../ingest/email/format.ts'
import { keyAmong } from '../../ingest/keys.ts'
import type { IngestIo, SendingIo } from './ingest-io.ts'
import { sendAlerts } from './send-alerts.ts'
import { projectOf } from './take-request.ts'

export type MailIo = Pick<IngestIo, 'keys' | 'projects' | 'waitOf'> & SendingIo

/**
 * Takes a mail that SES has received, for each project whose key stands in an address. Rejects unless the events queue has it, and while
 * a key has more mail than its rate.
 */
export async function takeMail(body: Record<string, unknown>, io: MailIo): Promise<void> {
  const found = keysOf(body).flatMap((given) => keyAmong(io.keys, given) ?? [])
  const keys = [...new Map(found.map((key) => [key.project, key])).values()]
  if (keys.length === 0) io.log({ level: 'warn', event: 'mail without a key that is known' })
  for (const key of keys) {
    if (io.waitOf(key.hash, key.perMinute, io.now()) > 0) throw new Error(`${key.project} has more mail than its rate`)
    const project = projectOf(key, io)
    const { dedupKeys } = await sendAlerts(email, body, { project, options: undefined }, email.format, io)
    io.log({ level: 'info', event: 'mail taken', project: project.name, alerts: dedupKeys.length })
  }
}
