import { readFileSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { failurePlan } from './failures.ts'
import { type Mail, parseMail } from './mail.ts'
import type { Simulator } from './sandbox.ts'

/** Where in the dialogue something goes wrong. */
export type SmtpStage = 'connect' | 'auth' | 'mail-from' | 'rcpt-to' | 'data'

export type SmtpFailure =
  /** The server says no: 4xx for now, 5xx for good. */
  | { stage: SmtpStage; kind: 'refuse'; code: number; message?: string }
  /** The connection is destroyed; `taken` (stage data): after the mail was stored. */
  | { stage: SmtpStage; kind: 'reset'; taken?: boolean }
  /** No answer until the simulator closes. */
  | { stage: SmtpStage; kind: 'timeout'; taken?: boolean }

export interface ReceivedMail extends Mail {
  at: number
  /** The envelope, which decides where the mail goes. */
  envelope: { from: string; to: string[] }
  /** An address went over the wire in other letters than ASCII, which not every server takes (RFC 6531). */
  utf8: boolean
  user: string
  /** The name by which the client greeted. */
  ehlo: string
}

export type SmtpEvent =
  | { type: 'message'; at: number; message: ReceivedMail }
  | { type: 'failed'; at: number; failure: SmtpFailure }

export interface SmtpOptions {
  /** Who may send: user name → password. */
  users: Record<string, string>
  now(): number
  /** Ports; 0 or absent: any free one. */
  port?: number
  securePort?: number
  onEvent?(event: SmtpEvent): void
}

export interface SmtpSimulator {
  /** smtp://127.0.0.1:PORT, where STARTTLS is demanded before AUTH. */
  url: string
  /** smtps://127.0.0.1:PORT, TLS from the first byte. */
  secureUrl: string
  port: number
  securePort: number
  /** The PEM of the TEST authority that signed the server's certificate (127.0.0.1, localhost), and its file. */
  ca: string
  caFile: string
  received: ReceivedMail[]
  fail(...failures: SmtpFailure[]): void
  readonly failuresLeft: number
  close(): Promise<void>
}

const TLS_FOLDER = fileURLToPath(new URL('../samples/tls/', import.meta.url))

/** An SMTP server that keeps what it gets: STARTTLS on one port, implicit TLS on another, AUTH PLAIN and LOGIN on both. */
export async function startSmtpSimulator(options: SmtpOptions): Promise<SmtpSimulator> {
  const received: ReceivedMail[] = []
  const plan = failurePlan<SmtpFailure>()
  const caFile = `${TLS_FOLDER}ca.pem`

  /** Goes on, or fails as planned for this stage; `take` stores the mail of a stage that has one. */
  function at(
    server: SMTPServer,
    stage: SmtpStage,
    session: SMTPServerSession,
    goOn: (error?: Error) => void,
    take?: () => void,
  ) {
    const failure = plan.take((planned) => planned.stage === stage)
    if (!failure || (failure.kind !== 'refuse' && failure.taken)) take?.()
    if (!failure) return goOn()
    options.onEvent?.({ type: 'failed', at: options.now(), failure })
    if (failure.kind === 'timeout') return
    if (failure.kind === 'reset') return destroy(server, session)
    goOn(Object.assign(new Error(failure.message ?? 'planned failure'), { responseCode: failure.code }))
  }

  function keep(raw: Buffer, session: SMTPServerSession) {
    const { mailFrom, rcptTo } = session.envelope
    const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) }
    const message = {
      at: options.now(),
      envelope,
      utf8: session.envelope.smtpUtf8 === true,
      user: String(session.user),
      ehlo: session.hostNameAppearsAs,
      ...parseMail(raw),
    }
    received.push(message)
    options.onEvent?.({ type: 'message', at: message.at, message })
  }

  function make(secure: boolean): SMTPServer {
    const settings: SMTPServerOptions = {
      secure,
      key: readFileSync(`${TLS_FOLDER}smtp.key.pem`),
      cert: readFileSync(`${TLS_FOLDER}smtp.pem`),
      disableReverseLookup: true,
      closeTimeout: 1,
      onConnect: (session, done) => at(server, 'connect', session, done),
      onAuth: (auth, session, done) =>
        at(server, 'auth', session, (error) => {
          if (error) return done(error)
          const known = auth.username !== undefined && Object.hasOwn(options.users, auth.username)
          if (known && options.users[auth.username ?? ''] === auth.password) return done(null, { user: auth.username })
          done(Object.assign(new Error('Invalid username or password'), { responseCode: 535 }))
        }),
      onMailFrom: (_address, session, done) => at(server, 'mail-from', session, done),
      onRcptTo: (_address, session, done) => at(server, 'rcpt-to', session, done),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => at(server, 'data', session, done, () => keep(Buffer.concat(chunks), session)))
      },
    }
    const server: SMTPServer = new SMTPServer(settings)
    // Clients that break off or refuse the certificate are their own affair: they see it, this server need not.
    server.on('error', () => {})
    return server
  }

  const [plain, secure] = [make(false), make(true)]
  const port = await listen(plain, options.port)
  const securePort = await listen(secure, options.securePort)
  return {
    url: `smtp://127.0.0.1:${port}`,
    secureUrl: `smtps://127.0.0.1:${securePort}`,
    port,
    securePort,
    ca: readFileSync(caFile, 'utf8'),
    caFile,
    received,
    fail: (...failures) => plan.add(failures),
    get failuresLeft() {
      return plan.left
    },
    close: async () => {
      await Promise.all([plain, secure].map((server) => new Promise<void>((resolve) => server.close(() => resolve()))))
    },
  }
}

/** As the local stack plays it: mail has no variable that moves it, so the sandbox brings its own settings. */
export const simulator: Simulator = {
  type: 'smtp',
  async start({ now, tell }) {
    const [user, password] = ['sandbox', 'sandbox-password']
    const server = await startSmtpSimulator({
      users: { [user]: password },
      now,
      onEvent(event) {
        if (event.type !== 'message') return
        const { at, envelope, subject, text } = event.message
        tell({ at, to: envelope.to.join(', '), text: `${subject}\n\n${text}`, format: 'text' })
      },
    })
    const { url, port, ca, close } = server
    return { url, close, settings: { host: '127.0.0.1', port, user, password, secure: false, ca } }
  },
}

function destroy(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) if (connection.session.id === session.id) connection._socket.destroy()
}

function listen(server: SMTPServer, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const listening: Server = server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve((listening.address() as AddressInfo).port)
    })
  })
}
