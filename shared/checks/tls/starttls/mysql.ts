import type { TLSSocket } from 'node:tls'
import { Fault, fact } from '../../run/fault.ts'
import { Wire } from './wire.ts'

/** MySQL, "Capabilities Flags". */
const PROTOCOL_41 = 0x200
const SSL = 0x800
const SECURE_CONNECTION = 0x8000

/** utf8mb4_general_ci. */
const COLLATION = 45

/** First bytes of packets (MySQL, "Generic Response Packets", "Protocol::AuthSwitchRequest"). */
const ERR = 0xff
const AUTH_SWITCH = 0xfe
const AUTH_MORE = 0x01

/** A login may take so many packets: the offer, a change of the way to log in, and the end. */
const MOST_PACKETS = 4

/** Servers with the plugin `connection_control` let those wait who failed to log in before: that is not waited for. */
const LEAVE_MS = 1_000

/** Reads the server's handshake and asks for TLS (MySQL, "Connection Phase", "Protocol::SSLRequest"). */
export async function mysql(wire: Wire): Promise<void> {
  const greeting = await packet(wire)
  if (greeting[0] === ERR) throw wire.refusal(errorText(greeting))
  const versionEnd = greeting.indexOf(0, 1)
  // Behind the version: the connection's number, 8 bytes for the password, a filler, then the flags.
  const flagsAt = versionEnd + 1 + 4 + 8 + 1
  if (greeting[0] !== 10 || versionEnd < 0 || greeting.length < flagsAt + 2) throw wire.stranger()
  if ((greeting.readUInt16LE(flagsAt) & SSL) === 0) throw new Fault(fact('starttls-not-offered'))
  wire.send(framed(1, login()))
}

/**
 * Logs in as nobody and reads that it is refused. A server counts a connection that is left between handshake and login as broken,
 * and after `max_connect_errors` (100) of them takes none from this address any more, whoever comes ("Host is blocked").
 */
export async function leaveMysql(socket: TLSSocket): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LEAVE_MS)
  })
  // What becomes of it says nothing about the target: nobody of that name is expected.
  await Promise.race([late, logIn(new Wire(socket, 'mysql')).catch(() => {})])
  clearTimeout(timer)
}

async function logIn(wire: Wire): Promise<void> {
  wire.send(framed(2, Buffer.concat([login(), Buffer.from('fenghuo\0\0', 'latin1')])))
  for (let sequence = 4, packets = 0; packets < MOST_PACKETS; packets++, sequence += 2) {
    const [first] = await packet(wire)
    if (first !== AUTH_SWITCH && first !== AUTH_MORE) return
    // Whatever the way: no password.
    wire.send(framed(sequence, Buffer.from([0])))
  }
}

/** SSLRequest, and what a login begins with: flags, longest packet, characters, 23 bytes of nothing. */
function login(): Buffer {
  const body = Buffer.alloc(32)
  body.writeUInt32LE(PROTOCOL_41 | SSL | SECURE_CONNECTION, 0)
  body.writeUInt32LE(0x100_0000, 4)
  body[8] = COLLATION
  return body
}

/** A packet: three bytes of length, its number in the exchange, its content. */
function framed(sequence: number, content: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUIntLE(content.length, 0, 3)
  head[3] = sequence
  return Buffer.concat([head, content])
}

async function packet(wire: Wire): Promise<Buffer> {
  const whole = await wire.take((received) => (received.length < 4 ? undefined : 4 + received.readUIntLE(0, 3)))
  return whole.subarray(4)
}

/** Behind the number of the error stands `#` and five characters of SQL state, but not in the first packet of all. */
function errorText(packet: Buffer): string {
  return `${packet.length < 3 ? '' : `${packet.readUInt16LE(1)} `}${packet.toString('utf8', 3).replace(/^#.{5}/, '')}`
}
