import { fact } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import { unreachable } from './kafka-fault.ts'
import { unreadable } from './source.ts'

/** A size, and then as many bytes (Kafka protocol guide, "Protocol Primitive Types"). */
const SIZE_BYTES = 4

/** What one answer may come to: two hundred thousand partitions. Taken apart, it is up to twenty times as much. */
const MOST_FRAME_BYTES = 4_194_304

/** What may wait for its rest on all connections to a cluster together. */
const MOST_WAITING_BYTES = 16_777_216

/** What a server may ask for of a client that hashes its password; Kafka itself takes no more than 16,384 (ScramMechanism). */
const MOST_SCRAM_ITERATIONS = 100_000

/** A server's first message of SCRAM (RFC 5802, section 7), as it ends. */
const scramChallenge = /,s=[A-Za-z0-9+/=]+,i=(\d+)/

/** It is among the first answers on a connection, behind those to ApiVersions and SaslHandshake. */
const CHALLENGED_WITHIN = 4

/** Bytes that have come on the connections to one cluster and wait for more. */
export interface Waiting {
  bytes: number
}

/**
 * Takes what comes on a connection, and hands on whole answers, each with its size in front. Throws a fault for one that no broker
 * would send: kafkajs would keep up to two gigabytes in the parts as they come, and never end with a negative size.
 */
export function answerReader(waiting: Waiting, onAnswer: (answer: Buffer) => void): (part: Buffer) => void {
  let answer = new Gathered()
  let answers = 0
  const end = () => {
    const whole = answer.bytes()
    waiting.bytes -= whole.length
    answer = new Gathered()
    answers++
    if (answers <= CHALLENGED_WITHIN) refuseHashing(whole)
    onAnswer(whole)
  }
  return (part) => {
    for (let rest = part; rest.length > 0; ) {
      const taken = rest.subarray(0, missing(answer))
      rest = rest.subarray(taken.length)
      answer.add(taken)
      waiting.bytes += taken.length
      if (waiting.bytes > MOST_WAITING_BYTES) throw tooLarge(MOST_WAITING_BYTES)
      if (missing(answer) === 0) end()
    }
  }
}

/** How many bytes an answer lacks: of its size first, and then of all. */
function missing(answer: Gathered): number {
  if (answer.length < SIZE_BYTES) return SIZE_BYTES - answer.length
  const size = answer.bytes().readInt32BE()
  if (size > MOST_FRAME_BYTES) throw tooLarge(MOST_FRAME_BYTES)
  if (size < SIZE_BYTES) throw malformed('size')
  return SIZE_BYTES + size - answer.length
}

/** Hashing is done in one of few threads, which look up names for all checks. */
function refuseHashing(answer: Buffer): void {
  const [, iterations] = scramChallenge.exec(answer.toString('latin1')) ?? []
  if (Number(iterations) > MOST_SCRAM_ITERATIONS) throw malformed('iterations')
}

function tooLarge(bytes: number) {
  return unreachable(fact('received-over-limit', { bytes }))
}

function malformed(part: string) {
  return unreadable(fact('kafka-malformed', { source: 'kafka', part }))
}
