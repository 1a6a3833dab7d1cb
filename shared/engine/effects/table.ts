import type { Delivered, EffectRule, Entry } from '../../contracts/machine.ts'
import type { ApplyIo } from '../../store/apply.ts'
import type { Row, RowKey } from '../../store/table.ts'

/** Of one type of effects: what holds for them, and how each is carried out with what is handed in. */
interface Delivering<F, S, E, Io> extends Omit<EffectRule<F, S>, 'record'> {
  /** See `ApplyIo.prefetch`. */
  prefetch?(effect: F, io: Io): void
  /** See `ApplyIo.isUrgent`. */
  isUrgent?(events: E[]): boolean
  /** See `ApplyIo.deliver`. */
  deliver(effect: F, entry: Entry<F>, state: S, io: Io): Promise<Delivered<E>>
}

/** Of one type of effects that are only put on record: what holds for them, and the rows that are kept of one. */
interface Recording<F, S> extends EffectRule<F, S> {
  record(item: RowKey, entry: Entry<F>): Row[]
}

/** Everything about the effects of one machine, by type: the compiler refuses a table that lacks one. */
export type Effects<F extends { type: string }, S, E, Io> = {
  [Type in F['type']]: Delivering<Extract<F, { type: Type }>, S, E, Io> | Recording<Extract<F, { type: Type }>, S>
}

/**
 * Makes the part of `ApplyIo` that concerns effects from the table of a machine: the rule of each, what is fetched before, and how
 * it is carried out. `io` is handed to them.
 */
export function carriedOut<F extends { type: string }, S, E, Io>(
  effects: Effects<F, S, E, Io>,
  io: Io,
): Pick<ApplyIo<S, E, F>, 'ruleOf' | 'prefetch' | 'isUrgent' | 'deliver'> {
  const ofType = ({ type }: F) => effects[type as F['type']] as Delivering<F, S, E, Io> | Recording<F, S>
  return {
    ruleOf: ofType,
    prefetch(effect) {
      const found = ofType(effect)
      if ('deliver' in found) found.prefetch?.(effect, io)
    },
    isUrgent(effect, events) {
      const found = ofType(effect)
      return 'deliver' in found && found.isUrgent?.(events) === true
    },
    deliver(effect, entry, state) {
      const found = ofType(effect)
      if (!('deliver' in found)) throw new Error(`A ${effect.type} is put on record`)
      return found.deliver(effect, entry, state, io)
    },
  }
}

/**
 * The rows to be written for those effects of an outbox that are only put on record; others give none. `item` is the item that
 * holds the outbox. Of two for one key the later one counts: a table refuses both in one request.
 */
export function recordRows<F extends { type: string }, S, E, Io>(
  effects: Effects<F, S, E, Io>,
  item: RowKey,
  entries: Entry<F>[],
): Row[] {
  const rows = entries.flatMap((entry) => {
    const found = effects[entry.effect.type as F['type']] as Delivering<F, S, E, Io> | Recording<F, S>
    return 'record' in found ? found.record(item, entry) : []
  })
  return [...new Map(rows.map((row) => [`${row.pk}\n${row.sk}`, row])).values()]
}
