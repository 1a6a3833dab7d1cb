import type { Socket } from 'node:net'
import type { CheckKind, RunResult } from '../kind.ts'
import { connect } from '../network/connection.ts'
import { parseHostPort } from '../network/host-port.ts'
import type { Reach } from '../network/reach.ts'
import { cut } from '../run/cut.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import type { Limits } from '../run/limits.ts'
import { observe, outcomeByTime } from '../run/observe.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import type { TcpFault } from './faults.ts'

/** An answer is read up to here. */
const ANSWER_LIMIT_BYTES = 65_536

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** A `tcp` check as a probe carries it. `target` and `send` may hold `${NAME}`. */
export interface TcpSpec extends Reach {
  /** `host:port`. */
  target: string
  /** Sent as soon as the connection is open, in UTF-8. */
  send?: string
  /** Text that the target's answer holds. */
  expect?: string
  down: Limits
  degraded: Limits
}

/** Opens a connection; sends something and waits for a text if that is asked for. */
export const tcp: CheckKind<TcpSpec> = {
  kind: 'tcp',
  run({ spec }, io, deadline): Promise<RunResult> {
    const { expect, ...rest } = spec
    let isAnswered = false
    const look = async (clock: PhaseClock, scope: AbortSignal): Promise<RunResult> => {
      const { target, send, ...reach } = fromEnvironment(rest, io.env)
      const to = parseHostPort(target)
      if (to === undefined) throw new Fault(fact('target-unusable'), 'unknown')
      const socket = await connect(to, reach, clock, scope)
      if (send !== undefined) socket.write(send)
      if (expect === undefined) return outcomeByTime(spec, clock)
      socket.once('data', () => {
        isAnswered = true
      })
      await answer(socket, expect, clock)
      return outcomeByTime(spec, clock)
    }
    const late = (limitMs: number): TcpFault | undefined =>
      isAnswered && expect !== undefined
        ? fact('answer-lacks-in-time', { text: cut(expect, QUOTE_LIMIT), limitMs })
        : undefined
    return observe(io, deadline, look, late)
  },
}

/** Waits until the target has sent `expected`. Measures `firstByte`, and from then on `download`. */
function answer(socket: Socket, expected: string, clock: PhaseClock): Promise<void> {
  clock.begin('firstByte')
  const wanted = Buffer.from(expected)
  const received = new Gathered()
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk) => {
      if (received.length === 0) clock.begin('download')
      // Only what is new can hold its end.
      const from = Math.max(0, received.length - wanted.length)
      received.add(chunk)
      if (received.bytes(from).includes(wanted)) {
        clock.end()
        resolve()
      } else if (received.length > ANSWER_LIMIT_BYTES) {
        reject(new Fault(lacking(expected, true)))
        socket.destroy()
      }
    })
    socket.once('end', () => {
      const isSilent = received.length === 0
      reject(new Fault(isSilent ? fact('closed-without-response') : lacking(expected, false)))
    })
    socket.once('error', reject)
  })
}

function lacking(text: string, isCut: boolean): TcpFault {
  return fact('answer-lacks', { text: cut(text, QUOTE_LIMIT), isCut })
}
