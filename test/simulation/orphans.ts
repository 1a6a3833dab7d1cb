import type { StoredRow } from './stored-row.ts'

/** Clocks of machines differ by less, ms. */
const CLOCKS_MS = 1_000

/** Effects that only `page` carries out, which is asked to. */
const others = ['dial', 'stop', 'notice', 'post', 'peer']
/** Effects that may wait: what is only put on record, and messages that the queue has. */
const patient = ['timeline', 'number', 'past', 'step']

/** What somebody had died of by a moment, UTC ms, and nobody has taken up since. */
export function orphansIn(rows: StoredRow[], by: number): string[] {
  return rows.flatMap((row) => {
    if (row.outbox === undefined) return []
    return row.entries<{ type: string }>().flatMap(({ id, effect, leaseUntil }) => {
      const isOrphan = leaseUntil > 0 && leaseUntil < by - CLOCKS_MS
      const isForAnybody = !others.includes(effect.type) && !patient.includes(effect.type)
      return isOrphan && isForAnybody ? [`${effect.type} ${id} of ${row.pk}`] : []
    })
  })
}
