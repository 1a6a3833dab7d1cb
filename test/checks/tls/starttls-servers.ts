import type { Socket } from 'node:net'
import { createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls'
import { shows, tcpTarget } from '../targets.ts'

/** How a server may differ from one where all is well. */
export interface Manners {
  /** It knows no TLS. */
  isPlain?: true
  /** It says this in place of its greeting or, where it has none, of its answer. */
  refusal?: string | Buffer
  /** This follows its agreement in the clear, in the same packet. */
  afterwards?: string
}

/** Servers that begin in the clear, each as strict as its protocol: what a client does wrong ends the connection. `host:port`. */
export const startTlsServers = {
  imap: (manners: Manners = {}) => tcpTarget((socket) => serveImap(socket, manners)),
  pop3: (manners: Manners = {}) => tcpTarget((socket) => servePop3(socket, manners)),
  postgres: (manners: Manners = {}) => tcpTarget((socket) => servePostgres(socket, manners)),
  ldap: (manners: Manners = {}) => tcpTarget((socket) => serveLdap(socket, manners)),
}

/** The rest of the connection is TLS, which `begun` may have begun. */
export function goSecure(
  socket: Socket,
  begun: Buffer = Buffer.alloc(0),
  versions: Pick<SecureContextOptions, 'maxVersion'> = {},
): TLSSocket {
  if (begun.length > 0) socket.pause().unshift(begun)
  const secureContext = createSecureContext({ ...shows('good'), ...versions })
  const secured = new TLSSocket(socket, { isServer: true, secureContext })
  return secured.on('error', () => {})
}

/** Takes lines that end as the RFCs have them, and nothing else; `hear` gives what is answered, or takes over. */
function serveLines(socket: Socket, greeting: string, hear: (line: string) => string | undefined): void {
  socket.on('error', () => {}).write(greeting)
  const listen = (chunk: Buffer) => {
    const text = chunk.toString('latin1')
    const answer = /^[\x20-\x7e]+\r\n$/.test(text) ? hear(text.slice(0, -2)) : undefined
    if (answer === undefined) return socket.destroy()
    socket.write(answer)
    if (!answer.includes('begin TLS')) return
    socket.off('data', listen)
    goSecure(socket)
  }
  socket.on('data', listen)
}

/** RFC 9051, as Dovecot answers. */
function serveImap(socket: Socket, { isPlain, refusal = '* OK Dovecot ready.\r\n', afterwards = '' }: Manners): void {
  const tags = new Set<string>()
  serveLines(socket, String(refusal), (line) => {
    const [, tag = '', command = ''] = /^([A-Za-z0-9]+) ([A-Z]+)$/.exec(line) ?? []
    if (tag === '' || tags.has(tag)) return undefined
    tags.add(tag)
    if (command === 'CAPABILITY') {
      const list = `IMAP4rev1 SASL-IR LITERAL+ ${isPlain ? '' : 'STARTTLS '}LOGINDISABLED`
      return `* CAPABILITY ${list}\r\n${tag} OK Pre-login capabilities listed.\r\n`
    }
    if (command === 'STARTTLS' && !isPlain) return `${tag} OK begin TLS\r\n${afterwards}`
    return `${tag} BAD Error in IMAP command received by server.\r\n`
  })
}

/** RFC 1939, 2449 and 2595. */
function servePop3(socket: Socket, { isPlain, refusal = '+OK ready\r\n', afterwards = '' }: Manners): void {
  serveLines(socket, String(refusal), (line) => {
    if (line === 'CAPA') return `+OK\r\nTOP\r\nUIDL\r\n${isPlain ? '' : 'STLS\r\n'}USER\r\n.\r\n`
    return line === 'STLS' && !isPlain ? `+OK begin TLS\r\n${afterwards}` : '-ERR unknown command\r\n'
  })
}

/** PostgreSQL's `ProcessStartupPacket`: a length, then the number that asks for TLS. */
function servePostgres(socket: Socket, { isPlain, refusal, afterwards = '' }: Manners): void {
  socket
    .on('error', () => {})
    .once('data', (packet: Buffer) => {
      if (packet.length !== 8 || packet.readUInt32BE(0) !== 8 || packet.readUInt32BE(4) !== 80877103)
        return socket.destroy()
      socket.write(refusal ?? (isPlain ? 'N' : `S${afterwards}`))
      if (refusal === undefined && !isPlain) goSecure(socket)
    })
}

/** The bytes of RFC 4511's StartTLS request, as `ldapsearch -ZZ` sends them but for the message's number. */
const startTlsRequest = /^301d0201(..)77188016312e332e362e312e342e312e313436362e3230303337$/

function serveLdap(socket: Socket, { isPlain, refusal, afterwards = '' }: Manners): void {
  socket
    .on('error', () => {})
    .once('data', (packet: Buffer) => {
      const [, id] = startTlsRequest.exec(packet.toString('hex')) ?? []
      if (id === undefined || id === '00') return socket.destroy()
      const code = isPlain ? '02' : '00'
      socket.write(
        refusal ?? Buffer.concat([Buffer.from(`300c0201${id}78070a01${code}04000400`, 'hex'), Buffer.from(afterwards)]),
      )
      if (refusal === undefined && !isPlain) goSecure(socket)
    })
}
