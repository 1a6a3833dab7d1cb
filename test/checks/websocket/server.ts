import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { listen } from '../targets.ts'

/** A frame of a server (RFC 6455, section 5.2): not masked. */
export function frame(opcode: number, payload: string | Buffer, isFinal = true): Buffer {
  const bytes = Buffer.from(payload)
  const length =
    bytes.length < 126 ? Buffer.from([bytes.length]) : Buffer.from([126, bytes.length >> 8, bytes.length & 255])
  return Buffer.concat([Buffer.from([(isFinal ? 0x80 : 0) | opcode]), length, bytes])
}

/** What a client's frame holds; throws if it is not masked, as each of a client's must be. */
export function unmasked(bytes: Buffer): { opcode: number; payload: string }[] {
  const frames: { opcode: number; payload: string }[] = []
  for (let at = 0; at < bytes.length; ) {
    const [first = 0, second = 0] = bytes.subarray(at)
    if ((second & 0x80) === 0) throw new Error('a frame of a client that is not masked')
    const length = second & 0x7f
    if (length > 125) throw new Error('longer than this server reads')
    const mask = bytes.subarray(at + 2, at + 6)
    const payload = bytes.subarray(at + 6, at + 6 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0))
    frames.push({ opcode: first & 15, payload: Buffer.from(payload).toString() })
    at += 6 + length
  }
  return frames
}

export function acceptOf(request: IncomingMessage): string {
  const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
  return createHash('sha1').update(`${request.headers['sec-websocket-key']}${guid}`).digest('base64')
}

/** A server of web sockets that agrees to each, with further headers, until the test ends. Its URL. */
export async function socketTarget(
  onSocket: (socket: Duplex, request: IncomingMessage) => void,
  headers: Record<string, string> | ((request: IncomingMessage) => Record<string, string>) = {},
): Promise<string> {
  const server = createServer((_request, response) => void response.writeHead(426).end())
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => {})
    const given = {
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Accept': acceptOf(request),
      ...(typeof headers === 'function' ? headers(request) : headers),
    }
    const lines = Object.entries(given).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`)
    onSocket(socket, request)
  })
  return `ws://127.0.0.1:${await listen(server)}`
}
