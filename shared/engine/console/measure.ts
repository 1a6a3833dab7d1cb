import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { Took } from '../../contracts/took.ts'
import type { Instant, VerdictWord } from '../../contracts/words.ts'
import { firstCertificateEnd } from '../../evaluation/certificate.ts'
import { seenOf } from '../../evaluation/vantages.ts'
import type { Incident } from '../../incidents/incident.ts'
import { type CanaryOf, canaryIn } from '../../store/canary.ts'
import { listIncidents } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'
import { type CountedWords, countedWords } from '../../store/peer-words.ts'
import { readVantages } from '../../store/vantages.ts'
import { readVerdicts } from '../../store/verdicts.ts'

/** More open incidents than these are not counted: above its storm limit a project has one that lists the others. */
const MOST_OPEN = 1_000

/** Those in which canaries begin. */
const queues = ['events', 'overflow'] as const

/** A check as it is believed to be, and what each vantage, or place, saw of it last. */
export interface MeasuredCheck {
  id: string
  project: string
  kind: string
  /** Absent: nothing is known of it yet. */
  verdict?: VerdictWord
  since?: Instant
  seen: { vantage: string; outcome: VerdictWord; at: Instant; latencyMs: number }[]
  /** When the first of its certificates ends; absent: no vantage is shown one. */
  certificateEnds?: Instant
}

/** Everything that is counted, as of now. */
export interface Measured {
  checks: MeasuredCheck[]
  vantages: { vantage: string; function: string; heardAt: Instant }[]
  open: Incident[]
  /** Words of other regions that were refused, or came again. */
  words: CountedWords
  /** By the queue that they began in: when the last canary that has come through set out, and how long all have taken. */
  canaries: { queue: CanaryOf; at: Instant; took?: Took }[]
}

/** Reads what monitoring systems, and programs, want to know. Rejects when a table does. */
export async function measure(
  { checks, vantages }: Pick<CompiledConfig, 'checks' | 'vantages'>,
  io: Pick<StoreIo, 'incidents' | 'checks' | 'log' | 'now'>,
): Promise<Measured> {
  const [verdicts, records, open, words, ...canaries] = await Promise.all([
    readVerdicts(
      checks.map(({ id }) => id),
      io,
    ),
    readVantages(Object.values(vantages), io),
    listIncidents('open', MOST_OPEN, io),
    countedWords(io),
    ...queues.map((queue) => canaryIn(io, queue)),
  ])
  const now = io.now()
  const known = new Map(verdicts.map((one) => [one.id, one]))
  return {
    checks: checks.map((check) => {
      const { verdict, since } = known.get(check.id) ?? {}
      const seen = seenOf(check, records)
      const certificateEnds = firstCertificateEnd(check, seen, now)
      return {
        id: check.id,
        project: check.project,
        kind: check.kind,
        ...(verdict !== undefined && { verdict }),
        ...(since !== undefined && { since }),
        ...(certificateEnds !== undefined && { certificateEnds }),
        seen: seen.flatMap(({ vantage, outcomes, at, latencyMs }) => {
          const outcome = outcomes.at(-1)
          return outcome === undefined ? [] : [{ vantage, outcome, at, latencyMs }]
        }),
      }
    }),
    vantages: records.map(({ state }) => ({
      vantage: state.vantage,
      function: state.function,
      heardAt: state.heardAt,
    })),
    open,
    words,
    canaries: queues.flatMap((queue, index) => {
      const { at, took } = canaries[index] ?? {}
      return at === undefined ? [] : [{ queue, at, ...(took && { took }) }]
    }),
  }
}
