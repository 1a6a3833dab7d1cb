import type { Failure } from '../../contracts/failure.ts'
import type { ChannelIo, Delivery } from '../channel.ts'
import { refusal } from '../errors.ts'
import { errorText, lost, quotation, quoted } from '../network.ts'
import { errors } from './errors.ts'
import { domainOf, readHost, readSender } from './sender.ts'

const VENDOR = 'smtp'

/** SMTP over TLS from the first byte (RFC 8314, 7.3). */
const IMPLICIT_TLS_PORT = 465

/** A server that says 4xx, greylisting above all, wants to be asked again after a while. */
const REFUSED_RETRY_MS = 60_000

/** The mail server of a last resort. */
export interface MailLastResort {
  from: string
  host: string
  port: number
  user?: string
  password?: string
}

/** An SMTP server, and who sends. */
export interface MailServer {
  host: string
  port: number
  user?: string | undefined
  password?: string | undefined
  /** An address, or a name with an address in angle brackets. */
  from: string
  /** The host name by which to greet the server. Default: the domain of `from`. */
  ehlo?: string | undefined
  /** TLS from the first byte; else STARTTLS is demanded. Default: the port is 465. */
  secure?: boolean | undefined
  /** PEM of the authority that signed the server's certificate, if private. */
  ca?: string | undefined
}

export interface Mail {
  to: string
  subject: string
  text: string
  /** Beside the text, for readers that show it. */
  html?: string
  /** With its angle brackets. */
  messageId?: string
  inReplyTo?: string
  references?: string[]
  /** Beside those that every mail has. */
  headers?: Record<string, string>
}

/** Sends one mail over verified TLS. Never rejects: every end is a `Delivery`. */
export async function sendMail(mail: Mail, server: MailServer, io: ChannelIo): Promise<Delivery> {
  if (io.signal.aborted) return { status: 'retry', afterMs: 0, failure: { class: 'no-time', vendor: VENDOR } }
  const from = readSender(server.from)
  if (from === undefined)
    return { status: 'failed', failure: { class: 'not-configured', vendor: VENDOR, variables: ['from'] } }
  const { createTransport } = await import('nodemailer')
  const progress = { handedOver: false }
  const transport = createTransport({ ...connectionTo(server), logger: watching(progress) })
  const sent = {
    from,
    ...mail,
    date: new Date(io.now()),
    headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
    signal: io.signal,
  }
  try {
    const { response } = await transport.sendMail(sent)
    return { status: 'sent', receipt: quoted(response) }
  } catch (error) {
    return classify(error, progress.handedOver)
  }
}

/**
 * Connects, agrees on TLS, logs in and leaves, without a mail. Rejects with nodemailer's error, whose `code` tells how far it came:
 * EDNS, ECONNECTION, ESOCKET, ETIMEDOUT, ETLS, EAUTH.
 */
export async function verifyMail(server: MailServer, signal: AbortSignal): Promise<void> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(connectionTo(server))
  signal.addEventListener('abort', () => transport.close(), { once: true })
  await transport.verify()
}

function connectionTo(server: MailServer) {
  const secure = server.secure ?? server.port === IMPLICIT_TLS_PORT
  const from = readSender(server.from)
  const name = readHost(server.ehlo ?? '') ?? (from && domainOf(from))
  return {
    // A function has no host name, and servers refuse a greeting by `[127.0.0.1]` (RFC 5321, 4.1.1.1).
    ...(name === undefined ? {} : { name }),
    host: server.host,
    port: server.port,
    secure,
    requireTLS: !secure,
    ...(server.user === undefined ? {} : { auth: { user: server.user, pass: server.password } }),
    tls: { rejectUnauthorized: true, ...(server.ca === undefined ? {} : { ca: server.ca }) },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
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
    const { failure } = refusal(VENDOR, String(responseCode), response, errors)
    return responseCode < 500 ? { status: 'retry', afterMs: REFUSED_RETRY_MS, failure } : { status: 'failed', failure }
  }
  if (handedOver) return { status: 'unknown', failure: { class: 'lost-answer', vendor: VENDOR } }
  const outcome = lost(error, VENDOR)
  if (outcome.status !== 'unknown') return outcome
  const transient = ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EABORT'].includes(String(code))
  if (transient) {
    const failure: Failure = { class: 'unreachable', vendor: VENDOR, code: String(code) }
    return { status: 'retry', afterMs: REFUSED_RETRY_MS, failure }
  }
  return { status: 'failed', failure: { ...quotation(errorText(error)), class: 'refused', vendor: VENDOR } }
}
