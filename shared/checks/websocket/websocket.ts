import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { connect, connectSecurely } from '../network/connection.ts'
import { hostPortOf } from '../network/host-port.ts'
import { parseUrl } from '../network/parse-url.ts'
import { trusting } from '../network/trusting.ts'
import { cut } from '../run/cut.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import { observe, outcomeByTime } from '../run/observe.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import type { WebSocketFault } from './faults.ts'
import { Frames, frameOf, type Message, opcodes } from './frames.ts'
import { shakeHands } from './handshake.ts'
import type { WebSocketSpec } from './spec.ts'

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** RFC 6455, section 7.4.1. */
const NORMAL_CLOSURE = Buffer.from([0x03, 0xe8])

/** Opens a web socket as a browser does, sends a message, and waits for one that holds a text. */
export function runWebSocket(spec: WebSocketSpec, io: CheckIo, deadline: Instant): Promise<RunResult> {
  const { expect } = spec
  let isAnswered = false
  const runOnce = async (clock: PhaseClock, scope: AbortSignal): Promise<RunResult> => {
    const url = urlOf(spec, io)
    const socket = await open(url, spec, io, clock, scope)
    clock.begin('firstByte')
    const rest = await shakeHands(
      socket,
      requestOf(url, spec, io),
      fromEnvironment(spec.protocol, io.env),
      randomBytes(16),
    )
    clock.end()
    const say = (message: Message) => socket.write(frameOf(message, randomBytes(4)))
    const send = fromEnvironment(spec.send, io.env)
    if (send !== undefined) say({ opcode: opcodes.text, payload: Buffer.from(send) })
    if (expect !== undefined) {
      clock.begin('download')
      await hear(socket, rest, expect, say, () => {
        isAnswered = true
      })
      clock.end()
    }
    say({ opcode: opcodes.close, payload: NORMAL_CLOSURE })
    socket.end()
    return outcomeByTime(spec, clock)
  }
  const late = (limitMs: number): WebSocketFault | undefined =>
    isAnswered && expect !== undefined
      ? fact('message-lacks-in-time', { text: cut(expect, QUOTE_LIMIT), limitMs })
      : undefined
  return observe(io, deadline, runOnce, late)
}

function open(url: URL, spec: WebSocketSpec, io: CheckIo, clock: PhaseClock, scope: AbortSignal): Promise<Socket> {
  const { ipVersion, resolver, address, allowMetadata, ca, clientCert, clientKey, insecure } = spec
  const to = hostPortOf(url)
  const reach = fromEnvironment({ ipVersion, resolver, address, allowMetadata }, io.env)
  if (url.protocol === 'ws:') return connect(to, reach, clock, scope)
  const handshake = { protocols: ['http/1.1'], now: io.now, insecure }
  return trusting({ ca, clientCert, clientKey }, io.env, to.host, (context) =>
    connectSecurely(to, reach, { ...handshake, context }, clock, scope),
  )
}

function urlOf({ url: written }: WebSocketSpec, { env }: CheckIo): URL {
  const url = parseUrl(fromEnvironment(written, env))
  if (url === undefined || !/^wss?:$/.test(url.protocol)) throw new Fault(fact('url-unusable'), 'unknown')
  return url
}

function requestOf(url: URL, spec: WebSocketSpec, io: CheckIo) {
  const { headers, bearer } = fromEnvironment({ headers: spec.headers, bearer: spec.bearer }, io.env)
  const own = { 'user-agent': 'fenghuo', host: url.host, ...(bearer && { authorization: `Bearer ${bearer}` }) }
  return { url, method: 'GET', headers: { ...own, ...headers } }
}

/** Waits for a message that holds `expected`, and answers pings meanwhile. `onMessage` is called for each that does not. */
function hear(
  socket: Socket,
  first: Buffer,
  expected: string,
  say: (message: Message) => void,
  onMessage: () => void,
): Promise<void> {
  const frames = new Frames()
  return new Promise((resolve, reject) => {
    const take = ({ opcode, payload }: Message) => {
      if (opcode === opcodes.ping) say({ opcode: opcodes.pong, payload })
      else if (opcode === opcodes.close) reject(new Fault(closed(payload)))
      else if (opcode === opcodes.pong) return
      else if (payload.includes(expected)) resolve()
      else onMessage()
    }
    const receive = (bytes: Buffer) => {
      try {
        for (const message of frames.add(bytes)) take(message)
      } catch (error) {
        socket.destroy()
        reject(error)
      }
    }
    socket.on('data', receive)
    socket.once('error', reject)
    socket.once('close', () => reject(new Fault(fact('connection-closed'))))
    receive(first)
    socket.resume()
  })
}

/** A status of two bytes and a reason in UTF-8, or nothing (RFC 6455, section 5.5.1). */
function closed(payload: Buffer): WebSocketFault {
  if (payload.length < 2) return fact('websocket-closed', {})
  return fact('websocket-closed', { status: payload.readUInt16BE(0), reason: payload.toString('utf8', 2) })
}
