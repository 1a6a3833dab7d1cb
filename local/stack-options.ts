import type { CloudName } from './clouds.ts'
import type { StackEvent } from './journal.ts'
import type { OneOfRegions } from './region.ts'

/** What a local stack is started with. */
export interface StackOptions {
  /** The project's folder. Other paths are relative to it. */
  root: string
  dataDir: string
  /** Of the console; 0: any free one. */
  port: number
  config: string
  oncall: string
  /** A URL to watch beside the configured checks. */
  url?: string
  env: Record<string, string | undefined>
  now(): number
  /** Milliseconds between runs of a timer's function (`probe`, `tencent-uptime`), in place of the definition's. */
  timers?: Record<string, number>
  /** Whose functions run here; absent: those of all clouds. Reports are awaited from the others all the same. */
  clouds?: CloudName[]
  /** Absent: one machine is one region. */
  region?: OneOfRegions
  /** True: somebody watches. Voices take the time that saying a text takes, and the first checks come in quick succession. */
  interactive: boolean
  /** Told of everything that happens, from the very start. */
  onEvent?(event: StackEvent): void
}
