import type { Carrier, Delivered, Entry, Machine } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'
import { type DeliverIo, deliverAll, type Results } from './deliver.ts'
import { follow, itemIn, type Kept, write } from './item.ts'
import {
  afterTry,
  claim,
  enter,
  isClearedByItself,
  isFree,
  isOnItsWay,
  isOrphaned,
  nextTryAt,
  replace,
} from './outbox.ts'
import type { ItemTable, Row, RowKey } from './table.ts'

/** What `apply` needs of its surroundings. */
export interface ApplyIo<S, E, F> extends DeliverIo<S, E, F> {
  table: ItemTable
  now(): Instant
  /** A name that nobody has had before, for one write. */
  token(): string
  /** When this invocation is certainly over: until then nobody else delivers what it has written. */
  leaseUntil: Instant
  /** Whether this function is such a carrier; effects of other carriers are left to them. */
  carries(carrier: Carrier): boolean
  /**
   * Called with each effect just before the write that decides it, so that what its delivery needs can be read meanwhile. It must
   * not change anything that others see and must not throw: if the write fails, the effect is never delivered.
   */
  prefetch?(effect: F): void
  /** Told of the state that this trigger has led to, as soon as it is written and before anything is carried out. It must not throw. */
  written?(state: S): void
  /** Asks the function that delivers everything to look at this item, after a delay in ms. */
  nudge(state: S, delayMs: number): Promise<void>
}

export interface Applied<S> {
  state: S | undefined
  /** The transition's own word for what it did. */
  reason: string
  /** False: the event changed nothing. */
  changed: boolean
}

/** An event, or a function that reads what the transition needs, called after the item was read. */
export type Trigger<S, E> = { event: E } | { gather: (state: S | undefined) => Promise<E> } | 'deliver'

/** Conflicts with other writers are ordinary; so many in a row mean that something is wrong. */
export const MAX_CONFLICTS = 50

/** The clocks of two machines differ by less: whoever comes so early for what was put off asks once more. */
const CLOCKS_MS = 1_000

/** Whoever has less time left takes on nothing more of what the dead have left: a vendor is given five seconds. */
const ENOUGH_MS = 6_000

/**
 * The one mechanism for state: read the item (consistently), apply the pure transition, write state and outbox together under
 * the version, deliver the outbox, and clear what is delivered with the next write, which applies what delivery brought back.
 * A crash anywhere leaves either the old state (the message comes again) or an outbox (the redelivered message, the next
 * event, or watch delivers it).
 *
 * `known` spares the first read when the caller has just read the item. Rejects when the table does, or when nobody can read the
 * item: the caller's message then comes again.
 */
export async function apply<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  trigger: Trigger<S, E>,
  io: ApplyIo<S, E, F>,
  known?: { row: Row | undefined },
): Promise<Applied<S>> {
  let item = itemIn(known ? known.row : await io.table.get(key), machine, io.table)
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const decided = await decide(machine, item.state, trigger, io)
    const changed = decided.state !== item.state || decided.outbox.length > 0
    const outbox = [...item.outbox, ...enter(decided.outbox, item.version + 1, io)]
    // An event that changes nothing has perhaps come once more because its first try ended before it was carried out.
    const isPerhapsRepeated = !changed && trigger !== 'deliver'
    const candidates = isPerhapsRepeated ? outbox : outbox.filter((entry) => !isOnItsWay(entry, io))
    const mine = claim(outbox, candidates, io)
    if (!changed && mine.length === 0) {
      if (item.state !== undefined) await nudgeForOthers(item.state, item.outbox, io)
      const next = nextTryAt(outbox, io) ?? Number.POSITIVE_INFINITY
      if (item.state !== undefined && next - io.now() <= CLOCKS_MS) await io.nudge(item.state, next - io.now())
      return { state: item.state, reason: decided.reason, changed }
    }
    if (decided.state === undefined) throw new Error(`A transition left effects but no state in ${key.pk}`)

    const next = follow(item, decided.state, replace(outbox, mine), io)
    for (const { effect } of mine) io.prefetch?.(effect)
    const loss = await write(machine, key, next, item.version, io)
    if (loss === undefined) {
      io.written?.(next.state)
      // What is ours is carried out even if nobody can be asked for the rest.
      const [settled, nudged] = await Promise.allSettled([
        settle(machine, key, next, mine, io),
        nudgeForOthers(next.state, next.outbox, io),
      ])
      if (settled.status === 'rejected') throw settled.reason
      if (nudged.status === 'rejected') throw nudged.reason
      return { state: settled.value.state, reason: decided.reason, changed }
    }
    item = itemIn(loss.row, machine, io.table)
  }
  throw new Error(`Gave up on ${key.pk} after ${MAX_CONFLICTS} write conflicts in a row`)
}

async function decide<S, E, F>(
  machine: Machine<S, E, F>,
  state: S | undefined,
  trigger: Trigger<S, E>,
  io: { now(): Instant },
) {
  if (trigger === 'deliver') return { state, outbox: [], reason: 'deliver' }
  const event = 'event' in trigger ? trigger.event : await trigger.gather(state)
  return machine.transition(state, event, io.now())
}

/**
 * Delivers entries, writes what came of it, and goes on with the effects that this decided, until none of ours is left. What is urgent
 * is written, and gone on with, while others are still under way: should that fail, the last write has it as well.
 */
async function settle<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  written: Kept<S, F>,
  entries: Entry<F>[],
  io: ApplyIo<S, E, F>,
): Promise<Kept<S, F>> {
  if (entries.length === 0) return written
  const ahead: Promise<Kept<S, F>>[] = []
  const results = await deliverAll(entries, written.state, io, (urgent) => {
    const gone = goOn(machine, key, written, urgent, io)
    // It is met below.
    gone.catch(() => {})
    ahead.push(gone)
  })
  if (ahead.length === 0 && entries.every((entry) => isClearedByItself(entry, results.get(entry.id), io)))
    return written
  const isAskedBack = entries.some(({ tries }) => tries > 0) || [...results.values()].some(isLater)
  const last = await goOn(machine, key, written, results, io, isAskedBack)
  const all = [last, ...(await Promise.all(ahead))]
  return all.reduce((newest, one) => (one.version > newest.version ? one : newest))
}

/** Writes what came of a delivery, and delivers what this decided. */
async function goOn<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  from: Kept<S, F>,
  results: Results<E>,
  io: ApplyIo<S, E, F>,
  isAskedBack = false,
): Promise<Kept<S, F>> {
  const { item, mine } = await applyResults(machine, key, from, results, io)
  // One message at a time waits for what was put off: whoever comes for the first asks for the next.
  const next = isAskedBack ? nextTryAt(item.outbox, io) : undefined
  if (next !== undefined) await io.nudge(item.state, next - io.now())
  return settle(machine, key, item, mine, io)
}

function isLater({ status }: Delivered<unknown>): boolean {
  return status === 'later'
}

/** Applies what delivery brought back and clears what is done, in one write. */
async function applyResults<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  from: Kept<S, F>,
  results: Results<E>,
  io: ApplyIo<S, E, F>,
): Promise<{ item: Kept<S, F>; mine: Entry<F>[] }> {
  let item = from
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const now = io.now()
    let state = item.state
    const decided: F[] = []
    for (const entry of item.outbox) {
      for (const event of results.get(entry.id)?.events ?? []) {
        const decision = machine.transition(state, event, now)
        state = decision.state ?? state
        decided.push(...decision.outbox)
      }
    }
    const kept = item.outbox.flatMap((entry) => afterTry(entry, results.get(entry.id), now))
    const entered = enter(decided, item.version + 1, io)
    const outbox = [...kept, ...entered]
    const orphans = kept.filter((entry) => isOrphaned(entry, io) && isFree(entry, now))
    const hasTime = now + ENOUGH_MS <= io.leaseUntil
    const mine = claim(outbox, hasTime ? [...entered, ...orphans] : entered, io)
    const next = follow(item, state, replace(outbox, mine), io)
    for (const { effect } of mine) io.prefetch?.(effect)
    const loss = await write(machine, key, next, item.version, io)
    if (loss === undefined) {
      await nudgeForOthers(state, entered, io)
      const isMine = ({ effect }: Entry<F>) => io.carries(io.ruleOf(effect).carriedBy)
      if (!hasTime && orphans.some(isMine)) await io.nudge(state, 0)
      return { item: next, mine }
    }
    const reread = itemIn(loss.row, machine, io.table)
    if (reread.state === undefined) throw new Error(`${key.pk} vanished while it was being worked on`)
    item = { ...reread, state: reread.state }
  }
  throw new Error(`Gave up on ${key.pk} after ${MAX_CONFLICTS} write conflicts in a row`)
}

async function nudgeForOthers<S, E, F>(state: S, outbox: Entry<F>[], io: ApplyIo<S, E, F>): Promise<void> {
  const isLeft = (entry: Entry<F>) => isFree(entry, io.now()) && !io.carries(io.ruleOf(entry.effect).carriedBy)
  if (outbox.some(isLeft)) await io.nudge(state, 0)
}
