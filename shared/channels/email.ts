import { createHash } from 'node:crypto'
import * as z from 'zod'
import { emailText } from '../messages/email.ts'
import type { Channel, Delivery, Message } from './channel.ts'
import { errorText, lost, quoted } from './network.ts'
import { fingerprint } from './robot.ts'

/** Every server must take this much (RFC 5321, 4.5.3.1.7). */
const MAX_BYTES = 64_000

/** SMTP over TLS from the first byte (RFC 8314, 7.3). */
const IMPLICIT_TLS_PORT = 465

/** A server that says 4xx, greylisting above all, wants to be asked again after a while. */
const REFUSED_RETRY_MS = 60_000

const settings = z
  .strictObject({
    host: z.string().min(1),
    port: z.number().int().min(1).max(65_535),
    user: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    from: z.string().min(3).describe('oncall@example.com, or Fenghuo <oncall@example.com>'),
    secure: z.boolean().optional().describe('TLS from the first byte; else STARTTLS is demanded. Default: port is 465'),
    ca: z.string().min(1).optional().describe("PEM of the authority that signed the server's certificate, if private"),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    error: 'user and password go together',
    path: ['password'],
  })
type Settings = z.infer<typeof settings>

/** E-mail through an SMTP server, always over verified TLS. */
export const smtp: Channel<Settings> = {
  type: 'smtp',
  summary: 'E-mail through an SMTP server, over verified TLS.',
  settings,
  limits: { maxBytes: MAX_BYTES },
  rateKey: ({ host, port, user }) => fingerprint(`${host}:${port}:${user ?? ''}`),
  async send(message, to, config, io) {
    if (!to.email) return { status: 'failed', reason: 'mail: no address' }
    if (io.signal.aborted) return { status: 'retry', afterMs: 0, reason: 'mail: no time left to send' }
    const { createTransport } = await import('nodemailer')
    const secure = config.secure ?? config.port === IMPLICIT_TLS_PORT
    const progress = { handedOver: false }
    const transport = createTransport({
      host: config.host,
      port: config.port,
      secure,
      requireTLS: !secure,
      ...(config.user === undefined ? {} : { auth: { user: config.user, pass: config.password } }),
      tls: { rejectUnauthorized: true, ...(config.ca === undefined ? {} : { ca: config.ca }) },
      disableFileAccess: true,
      disableUrlAccess: true,
      logger: watching(progress),
    })
    const mail = {
      from: config.from,
      to: to.email,
      ...emailText(message),
      ...threading(message, to.email, config.from),
      date: new Date(io.now()),
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal: io.signal,
    }
    try {
      const { response } = await transport.sendMail(mail)
      return { status: 'sent', receipt: quoted(response) }
    } catch (error) {
      return classify(error, progress.handedOver)
    }
  },
}

/** nodemailer tells only its logger when the whole mail, its closing dot included, has gone out. */
function watching(progress: { handedOver: boolean }) {
  const ignore = (): void => {}
  const info = (entry: { tnx?: string }): void => {
    if (entry.tnx === 'message') progress.handedOver = true
  }
  return { level: ignore, trace: ignore, debug: ignore, info, warn: ignore, error: ignore, fatal: ignore }
}

/**
 * What became of a mail that ended in an error: the server's code decides if there is one (RFC 5321, 4.2.1: 4yz for now,
 * 5yz for good). Without one, what was lost after the whole mail had gone out may have been taken.
 */
function classify(error: unknown, handedOver: boolean): Delivery {
  const { responseCode, response, code } = (error ?? {}) as Record<string, unknown>
  if (typeof responseCode === 'number' && responseCode >= 400) {
    const reason = `mail ${responseCode}: ${quoted(response)}`
    return responseCode < 500 ? { status: 'retry', afterMs: REFUSED_RETRY_MS, reason } : { status: 'failed', reason }
  }
  if (handedOver) return { status: 'unknown', reason: 'mail: connection lost before the server confirmed' }
  const outcome = lost(error, 'mail')
  if (outcome.status !== 'unknown') return outcome
  const transient = ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EABORT'].includes(String(code))
  const reason = `mail: ${String(code ?? 'error')} before the mail was sent`
  if (transient) return { status: 'retry', afterMs: REFUSED_RETRY_MS, reason }
  return { status: 'failed', reason: `mail: ${quoted(errorText(error))}` }
}

/**
 * One Message-ID per notice and recipient, the same when it is sent again, so that a reader shows a repeat once; all
 * mails of an incident refer to one id and form a thread.
 */
function threading({ notice }: Message, recipient: string, from: string) {
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'fenghuo'
  const id = (...parts: (string | number)[]): string => {
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
    return `<${digest.slice(0, 32)}@${domain}>`
  }
  const thread = id(notice.incident, recipient)
  return { messageId: id(notice.incident, recipient, notice.kind, notice.at), inReplyTo: thread, references: [thread] }
}
