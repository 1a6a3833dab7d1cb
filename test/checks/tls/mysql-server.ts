import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { tcpTarget } from '../targets.ts'
import { goSecure } from './starttls-servers.ts'

const SSL = 0x800

/** MySQL's default is 100. */
const MAX_CONNECT_ERRORS = 3

interface Behaviour {
  isPlain?: true
  /** The server lets nobody in, with this packet in place of its handshake. */
  refusal?: Buffer
  /** It asks who logs in to do so in another way, as 8.0 does. */
  switches?: true
  /** It knows no newer TLS than 1.2. */
  isOld?: true
}

/**
 * A MySQL server on 127.0.0.1 until the test ends, which counts who leaves between its handshake and a login and, as real ones do,
 * takes nobody after too many of them.
 */
export async function mysqlServer(behaviour: Behaviour = {}): Promise<{ target: string; broken(): number }> {
  let broken = 0
  const target = await tcpTarget((socket) => {
    if (broken >= MAX_CONNECT_ERRORS) return socket.end(packet(0, errorPacket(1129, "Host '127.0.0.1' is blocked")))
    serve(socket, behaviour, () => broken++)
  })
  return { target, broken: () => broken }
}

export function errorPacket(code: number, text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, code & 255, code >> 8]), Buffer.from(text)])
}

function packet(sequence: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([content.length & 255, content.length >> 8, 0, sequence]), content])
}

function serve(socket: Socket, { isPlain, refusal, switches, isOld }: Behaviour, left: () => void): void {
  socket.on('error', () => {}).write(packet(0, refusal ?? handshake(isPlain ? 0xf7ff : 0xffff)))
  socket.once('close', left)
  socket.once('data', (request: Buffer) => {
    // The client waits for no answer here: its handshake may have come with the request.
    if (!isSslRequest(request.subarray(0, 36))) return socket.destroy()
    const secured = goSecure(socket, request.subarray(36), isOld ? { maxVersion: 'TLSv1.2' } : {})
    logIn(secured, switches === true, () => socket.off('close', left))
  })
}

/** Protocol::HandshakeV10 of MySQL 8.0. */
function handshake(flags: number): Buffer {
  return Buffer.concat([
    Buffer.from('\x0a8.0.36\0', 'latin1'),
    Buffer.from([9, 0, 0, 0]),
    Buffer.from('abcdefgh\0', 'latin1'),
    Buffer.from([flags & 255, flags >> 8, 255, 2, 0, 0xff, 0xdf, 21]),
    Buffer.alloc(10),
    Buffer.from('ijklmnopqrst\0caching_sha2_password\0', 'latin1'),
  ])
}

/** 32 bytes, the first of its sequence, with the flag for TLS and without anything of a login. */
function isSslRequest(bytes: Buffer): boolean {
  return bytes.length === 36 && bytes.readUIntLE(0, 3) === 32 && bytes[3] === 1 && isLoginHead(bytes.subarray(4))
}

function isLoginHead(body: Buffer): boolean {
  return (body.readUInt32LE(0) & SSL) !== 0 && body.subarray(9, 32).every((byte) => byte === 0)
}

function logIn(secured: TLSSocket, switches: boolean, heard: () => void): void {
  const refuse = (sequence: number) => {
    heard()
    secured.end(packet(sequence, errorPacket(1045, "#28000Access denied for user 'fenghuo'@'127.0.0.1'")))
  }
  secured.once('data', (response: Buffer) => {
    const body = response.subarray(4)
    const isWhole = response[3] === 2 && response.readUIntLE(0, 3) === body.length
    // The name, which ends with 0, and a password of no bytes.
    if (!isWhole || !isLoginHead(body) || !/^[a-z]+\0\0$/.test(body.toString('latin1', 32))) return secured.destroy()
    if (!switches) return refuse(3)
    secured.write(packet(3, Buffer.from('\xfemysql_native_password\0abcdefghijklmnopqrst\0', 'latin1')))
    secured.once('data', (answer: Buffer) => {
      if (answer[3] === 4 && answer.readUIntLE(0, 3) === answer.length - 4) refuse(5)
      else secured.destroy()
    })
  })
}
