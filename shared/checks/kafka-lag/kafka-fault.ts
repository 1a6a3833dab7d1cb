import errors from 'kafkajs/src/protocol/error.js'
import { Fault, fact, isFault, seenFault } from '../run/fault.ts'
import type { CheckFault } from '../words.ts'
import { unreadable } from './source.ts'

interface KafkaError {
  name?: unknown
  type?: unknown
  code?: unknown
  message?: unknown
}

/** kafkajs' name for a code that it does not know. */
const NAMELESS = 'KAFKAJS_UNKNOWN_ERROR_CODE'

/** Kafka's name of an error code (protocol guide, "Error Codes"). */
export function nameOf(code: number): string {
  const { type } = errors.createErrorFromCode(code)
  return type === NAMELESS ? `error ${code}` : type
}

/** Throws what a code says; 0 says that all is well. */
export function refuse(code: number): void {
  if (code !== 0) throw errors.createErrorFromCode(code)
}

/** Kafka's name of an error that a broker has answered with; undefined for others, which are of the connection and end it all. */
export function answeredName(error: unknown): string | undefined {
  const { type } = (error ?? {}) as KafkaError
  return typeof type === 'string' ? type : undefined
}

/** What ends a connection of kafkajs: of an error it keeps the message and the `code`, which is the fault itself. */
export class Ending extends Error {
  readonly code: unknown

  constructor(fault: unknown) {
    super('ended')
    this.code = fault
  }
}

/** A fault of the network on the way to a broker. */
export function unreachable(fault: CheckFault): Fault {
  return unreadable(fact('kafka-unreached', { source: 'kafka', fault }))
}

/** An error of kafkajs, or of its connections, as a fault of reading. */
export function kafkaFault(error: unknown): Fault {
  if (error instanceof Fault) return new Fault(error.fault, 'unknown')
  const { type, code, message, name } = (error ?? {}) as KafkaError
  const source = 'kafka'
  if (isFault(code)) return new Fault(code.fault, 'unknown')
  // Node's own, of what can't be read: an answer that ends too early.
  if (code === 'ERR_OUT_OF_RANGE') return unreadable(fact('kafka-malformed', { source, part: 'length' }))
  if (typeof type === 'string') return unreadable(fact('kafka-refused', { source, error: type, said: String(message) }))
  if (typeof code === 'string') return unreachable(seenFault(error).fault)
  return unreadable(fact('kafka-said', { source, said: String(message ?? name) }))
}
