import type { ZodType } from 'zod'
import type { CompiledCheck } from '../config/compiled.ts'
import type { Observation } from '../contracts/report.ts'
import type { Instant } from '../contracts/words.ts'

/** What a check kind may use of the world. */
export interface CheckIo {
  now(): Instant
  /** Milliseconds on a clock that never steps back, for phases. */
  monotonic(): number
  /** The function's environment, for `${NAME}` references in headers and the like. */
  env: Record<string, string | undefined>
  /** Ends when the run is cut short. */
  signal: AbortSignal
}

/** What a run of a check saw; the runner adds which check it was. */
export type Seen = Pick<Observation, 'outcome' | 'latencyMs' | 'phases' | 'detail' | 'places'>

/** The running half of a check kind, as a probe carries it: no validation library. */
export interface CheckKind<Spec> {
  kind: string
  /** Observes once. Never rejects for what the target does: that is the observation. `deadline` is when it must be back. */
  run(check: CompiledCheck & { spec: Spec }, io: CheckIo, deadline: Instant): Promise<Seen>
}

/** The describing half, for configuration and documentation; lives beside the running half and is not bundled into probes. */
export interface CheckKindConfig<Spec> {
  kind: string
  /** The keys of a check of this kind. The kind's own key holds the target: `http: https://…`. */
  schema: ZodType<Spec>
  /** One line for the documentation. */
  summary: string
}
