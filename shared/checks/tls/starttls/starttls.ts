import type { TLSSocket } from 'node:tls'
import { connect, type Handshake, secure } from '../../network/connection.ts'
import type { HostPort } from '../../network/host-port.ts'
import type { Reach } from '../../network/reach.ts'
import type { PhaseClock } from '../../run/phase-clock.ts'
import { ldap } from './ldap.ts'
import { imap, pop3, smtp } from './mail.ts'
import { leaveMysql, mysql } from './mysql.ts'
import { postgres } from './postgres.ts'
import type { StartTls } from './protocols.ts'
import { Wire } from './wire.ts'

const dialogs: Record<StartTls, (wire: Wire) => Promise<void>> = { smtp, imap, pop3, postgres, mysql, ldap }

/** How to go, of protocols whose servers hold it against a client to just hang up once TLS has begun. */
const leaving: { [Protocol in StartTls]?: (socket: TLSSocket) => Promise<void> } = { mysql: leaveMysql }

/** A connection that is TLS, and what is to be done before it is closed. */
export interface Secured {
  socket: TLSSocket
  leave?: (socket: TLSSocket) => Promise<void>
}

/**
 * Opens a connection in the clear, asks for TLS by the protocol, and goes on with it; measures what is said before as waiting for the
 * target (`firstByte`). Rejects with a fault if the server speaks another protocol, refuses, or does not offer it.
 */
export async function connectByStartTls(
  protocol: StartTls,
  to: HostPort,
  reach: Reach,
  handshake: Handshake,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<Secured> {
  const plain = await connect(to, reach, clock, scope)
  const wire = new Wire(plain, protocol)
  clock.begin('firstByte')
  await dialogs[protocol](wire)
  wire.handOver()
  clock.end()
  const leave = leaving[protocol]
  const owed = leave === undefined ? {} : { leave }
  return { socket: await secure(plain, to.host, { ...handshake, ...owed }, clock, scope), ...owed }
}
