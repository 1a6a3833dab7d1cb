import type { Delivered, Entry, Order } from '../contracts/machine.ts'
import { RECORD_MS, type Rules } from './outbox.ts'

/** A delivery that rejects is tried again after 1 s, 2 s, 4 s … up to this. */
const MAX_BACKOFF_MS = 300_000

/** What holds for effects, and how they are carried out. */
export interface DeliverIo<S, E, F> extends Rules<S, F> {
  /** Carries out one effect. A rejection means that nothing was done; it is tried again. */
  deliver(effect: F, entry: Entry<F>, state: S): Promise<Delivered<E>>
  /** Whether what follows from what an effect has brought back must not wait for others of the same decision. */
  isUrgent?(effect: F, events: E[]): boolean
  /** Writes down effects that are records by their rules. A rejection means that it is tried again. */
  record?(entries: Entry<F>[]): Promise<void>
  /** Told of a delivery that rejected. */
  failed(error: unknown): void
}

/** What became of entries, by their ids. */
export type Results<E> = Map<string, Delivered<E>>

/**
 * Carries out effects, and resolves to what became of each, by id. They go side by side, so that a slow robot never holds a phone
 * back; only what is to come first by its rule, such as calling off a call, is done before the rest begins, and what nobody waits
 * for comes after it. One that rejects is put off. `ahead` is told at once of what is urgent while others are still under way.
 */
export async function deliverAll<S, E, F>(
  entries: Entry<F>[],
  state: S,
  io: DeliverIo<S, E, F>,
  ahead: (results: Results<E>) => void,
): Promise<Results<E>> {
  const results: Results<E> = new Map()
  let underWay = 0
  const tried = async (entry: Entry<F>): Promise<Delivered<E>> => {
    try {
      return await io.deliver(entry.effect, entry, state)
    } catch (error) {
      io.failed(error)
      return { status: 'later', afterMs: Math.min(1000 * 2 ** entry.tries, MAX_BACKOFF_MS) }
    }
  }
  const deliver = async (entry: Entry<F>) => {
    underWay++
    const result = await tried(entry)
    underWay--
    results.set(entry.id, result)
    const { status, events = [] } = result
    const isUrgent = status === 'done' && events.length > 0 && io.isUrgent?.(entry.effect, events)
    if (isUrgent && underWay > 0) ahead(new Map([[entry.id, result]]))
  }
  const putOnRecord = async (records: Entry<F>[]) => {
    if (records.length === 0) return
    try {
      if (io.record === undefined) throw new Error('Nobody writes down what is to be put on record')
      await io.record(records)
      for (const { id } of records) results.set(id, { status: 'done' })
    } catch (error) {
      io.failed(error)
      for (const { id } of records) results.set(id, { status: 'later', afterMs: RECORD_MS })
    }
  }
  const orderOf = ({ effect, decidedAt }: Entry<F>): Order | 'record' => {
    const { order, record } = io.ruleOf(effect)
    if (record) return 'record'
    return typeof order === 'string' ? order : order(effect, decidedAt)
  }
  const { first = [], beside = [], last = [], record = [] } = Object.groupBy(entries, orderOf)
  await Promise.all(first.map(deliver))
  await Promise.all(beside.map(deliver))
  await Promise.all([...last.map(deliver), putOnRecord(record)])
  return results
}
