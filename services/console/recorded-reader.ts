import { MINUTE_MS } from '../../shared/contracts/milliseconds.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { recordedSince } from '../../shared/engine/recorded.ts'
import { recently } from '../../shared/store/recently.ts'
import type { ConsoleDeps } from './deps.ts'

/** Of each list of incidents so many are looked through: a function has ten seconds. */
const MOST = 1_000

/** The history of each incident is read for it: who asks again within a minute gets the same, of so many questions. */
const FRESH_MS = MINUTE_MS
const KEPT = 20

/** Makes a reader of the incidents of some projects that were not over before a time, to the minute. */
export function recordedReader({ io }: Pick<ConsoleDeps, 'io'>) {
  const read = recently(
    async (asked) => {
      const [from, ...projects] = asked.split('\n')
      return recordedSince(Number(from), (project) => projects.includes(project), io(), MOST)
    },
    FRESH_MS,
    () => io().now(),
    KEPT,
  )
  return (from: Instant, projects: string[]) =>
    read([Math.floor(from / MINUTE_MS) * MINUTE_MS, ...projects].map(String).join('\n'))
}
