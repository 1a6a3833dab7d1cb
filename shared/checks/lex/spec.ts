import type { Limits } from '../run/limits.ts'

/** A `lex` check as a probe carries it. */
export interface LexSpec {
  region: string
  botId: string
  aliasId: string
  /** As Lex writes it: `en_US`. */
  locale: string
  /** What is said to the bot. Absent: a session is opened, which asks nothing of its understanding. */
  say?: string
  /** The name of the intent that it has to understand. */
  intent?: string
  /** What one of its messages has to contain. */
  reply?: string
  degraded: Limits
  down: Limits
}
