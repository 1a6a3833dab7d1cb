import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { ldap } from './ldap.ts'
import { imap, pop3, smtp } from './mail.ts'
import { leaveMysql, mysql } from './mysql.ts'
import { postgres } from './postgres.ts'
import type { StartTls } from './protocols.ts'
import { Wire } from './wire.ts'

const dialogs: Record<StartTls, (wire: Wire) => Promise<void>> = { smtp, imap, pop3, postgres, mysql, ldap }

/** How to go, of protocols whose servers hold it against a client to just hang up once TLS has begun. */
const leaving: { [Protocol in StartTls]?: (socket: TLSSocket) => Promise<void> } = { mysql: leaveMysql }

/**
 * Brings a connection to the point where TLS begins. Rejects with a fault if the server speaks another protocol, refuses, or
 * does not offer it. Resolves to what is to be done before the secured connection is closed.
 */
export async function startTls(protocol: StartTls, socket: Socket): Promise<(secured: TLSSocket) => Promise<void>> {
  const wire = new Wire(socket, protocol)
  await dialogs[protocol](wire)
  wire.handOver()
  return leaving[protocol] ?? (async () => {})
}
