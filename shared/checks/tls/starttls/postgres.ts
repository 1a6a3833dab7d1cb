import { Fault, fact } from '../../run/fault.ts'
import type { Wire } from './wire.ts'

/** PostgreSQL, "Message Formats", SSLRequest: its length, and the number that stands for it. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/** SSLRequest, which is answered with one byte (PostgreSQL, "SSL Session Encryption"). */
export async function postgres(wire: Wire): Promise<void> {
  wire.send(SSL_REQUEST)
  const answer = (await wire.take(() => 1)).toString('latin1')
  if (answer === 'S') return
  if (answer === 'N') throw new Fault(fact('starttls-not-offered'))
  if (answer === 'E') throw wire.refusal(await errorText(wire))
  throw wire.stranger()
}

/**
 * The message of an ErrorResponse, behind its first byte: its length, then fields of a letter and a text that ends with 0. A server
 * that can't start a process for the connection sends a line alone, as before version 3 of the protocol.
 */
async function errorText(wire: Wire): Promise<string> {
  const said = await wire.take(errorLength)
  if (said[0] !== 0) return said.toString().trimEnd()
  const fields = said.toString('utf8', 4).split('\0')
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'ErrorResponse'
}

/** A length begins with 0, a line does not. */
function errorLength(received: Buffer): number | undefined {
  if (received.length < 4) return undefined
  return received[0] === 0 ? Math.max(4, received.readUInt32BE(0)) : received.indexOf('\n') + 1 || undefined
}
