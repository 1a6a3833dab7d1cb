import type { Instant } from '../contracts/words.ts'
import type { Examination } from './finding.ts'

type Env = Record<string, string | undefined>

/** A configured channel or route, as doctor looks at it. */
export interface Diagnosed<Settings> {
  /** The channel's name, or a route's prefix. */
  name: string
  /** As they are written, references and all. */
  written: Settings
  /** With the values that the deployed functions have. Rejects with what is not set there. */
  settings(): Promise<Settings>
}

/** What a diagnosis may use of the world. */
export interface DiagnoseIo {
  now(): Instant
  fetch: typeof fetch
  /** Of whoever asks: it may move the vendor's address. */
  env: Env
  /** Of the deployed functions. */
  channelEnv(): Promise<Env>
}

export interface Diagnosis<Settings> {
  /** The looks at one channel or route. None of them posts, calls, or changes anything. */
  diagnose(of: Diagnosed<Settings>, io: DiagnoseIo): Examination[]
}
