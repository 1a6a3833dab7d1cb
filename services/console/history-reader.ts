import type { Instant } from '../../shared/contracts/words.ts'
import { type Span, stretchOf } from '../../shared/engine/console/view-check.ts'
import { type FunctionHistory, readHistories } from '../../shared/engine/console/view-checks.ts'
import { recently } from '../../shared/store/recently.ts'
import type { ConsoleDeps } from './deps.ts'

/** Hours change once an hour, and only the newest grows: who looks again within a minute is shown what was read, of so many lists of checks. */
const FRESH_MS = 60_000
const KEPT = 50

/** What is kept of some checks at each probe function, as of a time. */
export interface Histories {
  at: Instant
  all: FunctionHistory[]
}

/** Makes a reader of what is kept of checks since the beginning of a span. */
export function historyReader({
  config,
  io,
}: Pick<ConsoleDeps, 'config' | 'io'>): (ids: string[], span: Span) => Promise<Histories> {
  const read = recently(
    async (asked) => {
      const [span, ...ids] = asked.split('\n')
      const at = io().now()
      return { at, all: await readHistories(ids, config, io(), stretchOf(span as Span, at).from) }
    },
    FRESH_MS,
    () => io().now(),
    KEPT,
  )
  return (ids, span) => read([span, ...ids].join('\n'))
}
