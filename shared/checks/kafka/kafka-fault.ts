import { Fault, seenFault } from '../fault.ts'
import { unreadable } from './source.ts'

interface KafkaError {
  name?: unknown
  type?: unknown
  code?: unknown
  message?: unknown
}

/** Kafka's name of an error (protocol guide, "Error Codes"), else kafkajs' own. */
export function codeOf(error: unknown): string {
  const { type, name } = (error ?? {}) as KafkaError
  return String(type ?? name ?? 'UNKNOWN')
}

/** An error of kafkajs, or of its connections, as a fault of reading. */
export function kafkaFault(error: unknown): Fault {
  if (error instanceof Fault) return unreadable(error.message)
  const { type, code, message, name } = (error ?? {}) as KafkaError
  if (typeof type === 'string') return unreadable(`Kafka ${type}: ${String(message)}`)
  if (typeof code === 'string') return unreadable(`Kafka: ${seenFault(error).detail}`)
  return unreadable(`Kafka: ${String(message ?? name)}`)
}
