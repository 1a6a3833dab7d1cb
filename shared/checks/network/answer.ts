import type { Socket } from 'node:net'
import { cut } from '../run/cut.ts'
import { Fault, fact } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import type { AnswerFault } from './answer-faults.ts'

/** An answer is read up to here. */
const ANSWER_LIMIT_BYTES = 65_536

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** What is said to a target once it is connected, and what it is to say. */
export interface Saying {
  /** Sent as soon as the connection is open, in UTF-8. */
  send?: string | undefined
  /** Text that the target's answer (or its greeting) holds. */
  expect?: string | undefined
}

/** One exchange of a check with its target, which remembers whether anything came: who is late then is told so. */
export class Exchange {
  readonly #expect: string | undefined
  #isAnswered = false

  constructor({ expect }: Saying) {
    this.#expect = expect
  }

  /** Says `send` over an open connection and waits for what is expected. Measures `firstByte`, and from then on `download`. */
  async over(socket: Socket, send: string | undefined, clock: PhaseClock): Promise<void> {
    if (send !== undefined) socket.write(send)
    if (this.#expect === undefined) return
    socket.once('data', () => {
      this.#isAnswered = true
    })
    await answer(socket, this.#expect, clock)
  }

  /** What there is to say when the check's time is over; undefined if no answer is being waited for. */
  late(limitMs: number): AnswerFault | undefined {
    if (!this.#isAnswered || this.#expect === undefined) return undefined
    return fact('answer-lacks-in-time', { text: cut(this.#expect, QUOTE_LIMIT), limitMs })
  }
}

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

function lacking(text: string, isCut: boolean): AnswerFault {
  return fact('answer-lacks', { text: cut(text, QUOTE_LIMIT), isCut })
}
