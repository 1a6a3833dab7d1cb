import type { Language } from '../../shared/contracts/words.ts'
import type { ConnectEvent } from './connect/connect.ts'
import type { ContactEvent } from './connect/events.ts'

/** A vendor as the local stack plays it: one file each, named for the type of the channel or voice route. */
export interface Simulator {
  type: string
  /** Starts the vendor for the configured channels or routes of its type. Rejects when a port can't be had. */
  start(options: SandboxOptions): Promise<Sandbox>
}

export interface SandboxOptions {
  /** The settings of each channel or route, with their values. */
  settings: Record<string, unknown>[]
  now(): number
  /** Told of each message, as its reader sees it, and of each refusal. */
  tell(message: SandboxMessage): void
  /** The texts that we have submitted to this vendor, by language and name; none to one that takes any. */
  templates: Record<Language, Record<string, string>>
  /** What a simulator of phone calls needs beside that. */
  phones: {
    region: string
    accountId: string
    accessKeyId: string
    secretAccessKey: string
    /** What is deployed there for calls to run through: its id and content. */
    flow?: { id: string; content: object }
    /** Invokes a function by the ARN that the contact flow has. */
    invokeLambda(arn: string, event: unknown): Promise<unknown>
    /** Takes a contact event to the rules. */
    emit(event: ContactEvent): Promise<void>
    /** Posts receipts to the address that a vendor of calls was given. */
    postReceipts(vendor: string, receipts: object): Promise<void>
    /** True: saying a text takes as long as a voice would. */
    speaking: boolean
    onEvent(event: ConnectEvent): void
  }
}

/** What a vendor was sent; `at` is milliseconds since 1970-01-01 UTC. */
export interface SandboxMessage {
  at: number
  /** A number or address; absent for a group. */
  to?: string
  text: string
  format: 'text' | 'markdown'
  /** It was refused, as the vendor would, and why. */
  refused?: string
}

export interface Sandbox {
  url: string
  /** Settings that take the place of the configured ones: of a vendor that no variable moves, or whose limits are in the way here. */
  settings?: Record<string, unknown>
  close(): Promise<void>
}
