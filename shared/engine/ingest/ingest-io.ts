import type { Instant } from '../../contracts/words.ts'
import type { AdmitIo, InboundProject, UnpackIo } from '../../ingest/format.ts'
import type { KnownKey } from '../../ingest/keys.ts'
import type { seenRecorder } from '../../store/inbound.ts'
import type { Table } from '../../store/table.ts'

/** A project as the way in knows it: what its formats are told, by their names. */
export type IngestProject = InboundProject & { options: Record<string, unknown> }

/** What the way in asks of the world. */
export interface IngestIo extends AdmitIo, UnpackIo {
  keys: readonly KnownKey[]
  projects: Record<string, IngestProject>
  /** A name that nobody has had before. */
  token(): string
  /** Whole seconds until this key may send again; 0: now. */
  waitOf(key: string, perMinute: number, now: Instant): number
  /** Where it is kept what requests are about and when formats were heard of. */
  checks: Pick<Table, 'name' | 'put' | 'query'>
  /** Writes down that a format was heard of. */
  seen: ReturnType<typeof seenRecorder>
  /** When what is taken came to us, UTC ms. */
  cameAt: Instant
  /**
   * Puts messages on the events queue, which came at `cameAt`, however late the queue has them. Rejects unless it has all of them.
   */
  send(messages: string[], cameAt: Instant): Promise<void>
}

export type SendingIo = Pick<IngestIo, 'token' | 'cameAt' | 'send' | 'fetchObject' | 'checks' | 'seen' | 'now' | 'log'>
