import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { answerHead } from '../http/answer-head.ts'
import { noteIn } from '../http/note.ts'
import { type HttpRequest, requestHead } from '../http/request-head.ts'
import { Fault, fact } from '../run/fault.ts'
import type { HandshakeFlaw } from './faults.ts'

/** RFC 6455, section 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

const SWITCHING_PROTOCOLS = 101

/**
 * Asks for a web socket over an open connection (RFC 6455, section 4.1); `key` is 16 bytes that no answer was made for before. Resolves
 * with what has come behind the answer. Rejects with a fault if the target does not agree.
 */
export async function shakeHands(
  socket: Socket,
  request: HttpRequest,
  protocol: string | undefined,
  key: Buffer,
): Promise<Buffer> {
  const nonce = key.toString('base64')
  const headers = {
    ...request.headers,
    upgrade: 'websocket',
    'sec-websocket-key': nonce,
    'sec-websocket-version': '13',
    ...(protocol === undefined ? {} : { 'sec-websocket-protocol': protocol }),
  }
  socket.write(requestHead({ ...request, headers }, 'Upgrade'), 'latin1')
  const { head: answer, rest } = await answerHead(socket, noteIn(new Set(), false))
  const expected: [number, number] = [SWITCHING_PROTOCOLS, SWITCHING_PROTOCOLS]
  if (answer.status !== SWITCHING_PROTOCOLS)
    throw new Fault(
      fact('http-status', { status: answer.status, ...(answer.status >= 400 ? {} : { expected: [expected] }) }),
    )
  const how = flawOf(answer.headers, nonce, protocol)
  if (how !== undefined) throw new Fault(fact('handshake-flawed', { how }))
  return rest
}

function flawOf(headers: IncomingHttpHeaders, nonce: string, protocol: string | undefined): HandshakeFlaw | undefined {
  if (headers.upgrade?.toLowerCase() !== 'websocket' || !/(^|,)\s*upgrade\s*(,|$)/i.test(headers.connection ?? ''))
    return 'upgrade'
  if (
    headers['sec-websocket-accept'] !==
    createHash('sha1')
      .update(nonce + GUID)
      .digest('base64')
  )
    return 'accept'
  if (headers['sec-websocket-extensions'] !== undefined) return 'extension'
  return headers['sec-websocket-protocol'] === protocol ? undefined : 'protocol'
}
