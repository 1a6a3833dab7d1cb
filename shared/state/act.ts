import type { Instant } from '../contracts/words.ts'
import type { Delivered, Entry, Machine } from './machine.ts'
import type { Row, RowKey, Table } from './table.ts'

/** What `act` needs of its surroundings. */
export interface ActIo<S, E, F> {
  table: Table
  now(): Instant
  /** A name that nobody has had before, for one write. */
  token(): string
  /** When this invocation is certainly over: until then nobody else delivers what it has written. */
  leaseUntil: Instant
  /** Whether this function may carry out such an effect; what it may not is left for the one that may. */
  delivers(effect: F): boolean
  /**
   * Told of each effect that is to be carried out, while it is being written. What it will need may be asked for meanwhile,
   * but nobody may notice: the write may fail, and the effect with it.
   */
  beforehand?(effect: F): void
  /** Carries out one effect. A rejection means that nothing was done; it is tried again. */
  deliver(effect: F, entry: Entry<F>, state: S): Promise<Delivered<E>>
  /** Writes down what the machine's `isRecord` tells. A rejection means that it is tried again. */
  record?(entries: Entry<F>[]): Promise<void>
  /** Asks the function that delivers everything to look at this item, after a delay in ms. */
  nudge(state: S, delayMs: number): Promise<void>
  /** Told of a delivery that rejected. */
  failed(error: unknown): void
}

export interface Acted<S> {
  state: S | undefined
  /** The transition's own word for what it did. */
  reason: string
  /** False: the event changed nothing. */
  changed: boolean
}

/** An event, or a function that reads what the transition needs, called after the item was read. */
export type Occasion<S, E> = { event: E } | { gather: (state: S | undefined) => Promise<E> } | 'deliver'

interface Item<S, F> {
  version: number
  state: S | undefined
  outbox: Entry<F>[]
}

type Kept<S, F> = Item<S, F> & { state: S }

/** Conflicts with other writers are ordinary; so many in a row mean that something is wrong. */
const MAX_CONFLICTS = 50

/** A record waits so long for something else of its item to be carried out; then watch finds it. */
const RECORD_MS = 60_000

/** More records than these go at once: an outbox has to stay small, and a table writes 25 items in one request. */
const WAITING_RECORDS = 20

/** A delivery that rejects is tried again after 1 s, 2 s, 4 s … up to this. */
const MAX_BACKOFF_MS = 300_000

/**
 * The one mechanism for state: read the item (consistently), apply the pure transition, write state and outbox together under
 * the version, deliver the outbox, and clear what is delivered with the next write, which applies what delivery brought back.
 * A crash anywhere leaves either the old state (the message comes again) or an outbox (the redelivered message, the next
 * event, or watch delivers it).
 *
 * `known` spares the first read when the caller has just read the item. Rejects when the table does: the caller's message
 * then comes again.
 */
export async function act<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  occasion: Occasion<S, E>,
  io: ActIo<S, E, F>,
  known?: { row: Row | undefined },
): Promise<Acted<S>> {
  let item = known ? parse<S, F>(known.row) : await read<S, F>(io.table, key)
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const decided = await decide(machine, item.state, occasion, io)
    const changed = decided.state !== item.state || decided.outbox.length > 0
    const outbox = [...item.outbox, ...enter(machine, decided.outbox, item.version + 1, io)]
    const mine = claim(machine, outbox, outbox, io)
    if (!changed && mine.length === 0) {
      if (item.state !== undefined) await nudgeForOthers(item.state, item.outbox, io)
      return { state: item.state, reason: decided.reason, changed }
    }
    if (decided.state === undefined) throw new Error(`A transition left effects but no state in ${key.pk}`)

    const next = follow(machine, item.version, decided.state, replace(outbox, mine))
    for (const { effect } of mine) io.beforehand?.(effect)
    const loss = await write(machine, key, next, item.version, io)
    if (loss === undefined) {
      // What is ours is carried out even if nobody can be asked for the rest.
      const [settled, nudged] = await Promise.allSettled([
        settle(machine, key, next, mine, io),
        nudgeForOthers(next.state, next.outbox, io),
      ])
      if (settled.status === 'rejected') throw settled.reason
      if (nudged.status === 'rejected') throw nudged.reason
      return { state: settled.value, reason: decided.reason, changed }
    }
    item = parse<S, F>(loss.row)
  }
  throw new Error(`Gave up on ${key.pk} after ${MAX_CONFLICTS} write conflicts in a row`)
}

/** The state of an item, without acting on it. */
export async function stateOf<S>(table: Table, key: RowKey): Promise<S | undefined> {
  return parse<S, unknown>(await table.get(key)).state
}

async function decide<S, E, F>(
  machine: Machine<S, E, F>,
  state: S | undefined,
  occasion: Occasion<S, E>,
  io: { now(): Instant },
) {
  if (occasion === 'deliver') return { state, outbox: [], reason: 'deliver' }
  const event = 'event' in occasion ? occasion.event : await occasion.gather(state)
  return machine.transition(state, event, io.now())
}

/** Delivers entries, writes what came of it, and goes on with the effects that this decided, until none of ours is left. */
async function settle<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  written: Kept<S, F>,
  entries: Entry<F>[],
  io: ActIo<S, E, F>,
): Promise<S> {
  let item = written
  let mine = entries
  while (mine.length > 0) {
    const results = await deliverAll(machine, mine, item.state, io)
    if (mine.every((entry) => isClearedByItself(machine, entry, results.get(entry.id)))) return item.state
    const applied = await apply(machine, key, item, results, io)
    item = applied.item
    mine = applied.mine
    const delays = [...results.values()].flatMap((result) => (result.status === 'later' ? [result.afterMs] : []))
    if (delays.length > 0) await io.nudge(item.state, Math.min(...delays))
  }
  return item.state
}

type Results<E> = Map<string, Delivered<E>>

/**
 * Carries out effects side by side, so that a slow robot never holds a phone back; only what the machine wants first, such as
 * calling off a call, is done before the rest begins, and what nobody waits for comes after it.
 */
async function deliverAll<S, E, F>(
  machine: Machine<S, E, F>,
  entries: Entry<F>[],
  state: S,
  io: ActIo<S, E, F>,
): Promise<Results<E>> {
  const results: Results<E> = new Map()
  const deliver = async (entry: Entry<F>) => {
    try {
      results.set(entry.id, await io.deliver(entry.effect, entry, state))
    } catch (error) {
      io.failed(error)
      results.set(entry.id, { status: 'later', afterMs: Math.min(1000 * 2 ** entry.tries, MAX_BACKOFF_MS) })
    }
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
  const isFirst = ({ effect }: Entry<F>) => machine.first?.(effect) ?? false
  const isRecord = ({ effect }: Entry<F>) => machine.isRecord?.(effect) ?? false
  const isLast = ({ effect }: Entry<F>) => machine.last?.(effect) ?? false
  const isBetween = (entry: Entry<F>) => !isFirst(entry) && !isLast(entry) && !isRecord(entry)
  await Promise.all(entries.filter(isFirst).map(deliver))
  await Promise.all(entries.filter(isBetween).map(deliver))
  await Promise.all([...entries.filter(isLast).map(deliver), putOnRecord(entries.filter(isRecord))])
  return results
}

/** Applies what delivery brought back and clears what is done, in one write. */
async function apply<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  from: Kept<S, F>,
  results: Results<E>,
  io: ActIo<S, E, F>,
): Promise<{ item: Kept<S, F>; mine: Entry<F>[] }> {
  let item = from
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
    const now = io.now()
    let state = item.state
    const decided: F[] = []
    for (const entry of item.outbox) {
      const result = results.get(entry.id)
      if (result?.status !== 'done') continue
      for (const event of result.events ?? []) {
        const decision = machine.transition(state, event, now)
        state = decision.state ?? state
        decided.push(...decision.outbox)
      }
    }
    const kept = item.outbox.flatMap((entry) => afterTry(entry, results.get(entry.id), now))
    const entered = enter(machine, decided, item.version + 1, io)
    const outbox = [...kept, ...entered]
    const mine = claim(machine, outbox, entered, io)
    const next = follow(machine, item.version, state, replace(outbox, mine))
    for (const { effect } of mine) io.beforehand?.(effect)
    const loss = await write(machine, key, next, item.version, io)
    if (loss === undefined) {
      await nudgeForOthers(state, entered, io)
      return { item: next, mine }
    }
    const reread = parse<S, F>(loss.row)
    if (reread.state === undefined) throw new Error(`${key.pk} vanished while it was being worked on`)
    item = { ...reread, state: reread.state }
  }
  throw new Error(`Gave up on ${key.pk} after ${MAX_CONFLICTS} write conflicts in a row`)
}

/** What is left of an entry after a try: nothing when it is done, a later date when it was refused for now. */
function afterTry<F, E>(entry: Entry<F>, result: Delivered<E> | undefined, now: Instant): Entry<F>[] {
  if (result === undefined) return [entry]
  if (result.status === 'done') return []
  const uncertain = entry.uncertain + (result.uncertain ? 1 : 0)
  return [{ ...entry, uncertain, tries: entry.tries + 1, leaseUntil: 0, notBefore: now + result.afterMs }]
}

/**
 * What this invocation carries out of an outbox, leased to it: of `candidates` what nobody is delivering, be it new, put off
 * until now, left by another function, or left by a crash. Records go along with whatever has to be cleared afterwards anyway.
 */
function claim<S, E, F>(
  machine: Machine<S, E, F>,
  outbox: Entry<F>[],
  candidates: Entry<F>[],
  io: ActIo<S, E, F>,
): Entry<F>[] {
  const now = io.now()
  const isRecord = ({ effect }: Entry<F>) => machine.isRecord?.(effect) ?? false
  const urgent = candidates.filter((entry) => isFree(entry, now) && io.delivers(entry.effect) && !isRecord(entry))
  const records = outbox.filter((entry) => isRecord(entry) && entry.leaseUntil <= now)
  const isTime =
    urgent.some(({ effect, decidedAt }) => !machine.clearsItself?.(effect, decidedAt)) ||
    records.some((entry) => isFree(entry, now)) ||
    // What was refused keeps its date, however much there is of it.
    records.filter(({ tries }) => tries === 0).length > WAITING_RECORDS
  return [...urgent, ...(isTime ? records : [])].map((entry) => ({
    ...entry,
    leaseUntil: io.leaseUntil,
    uncertain: entry.uncertain + (entry.leaseUntil > 0 ? 1 : 0),
  }))
}

/** The item's next version, without the effects that have no use any more. */
function follow<S, E, F>(machine: Machine<S, E, F>, version: number, state: S, outbox: Entry<F>[]): Kept<S, F> {
  const useful = outbox.filter(({ effect }) => !machine.isSpent?.(effect, state))
  return { version: version + 1, state, outbox: useful }
}

function isClearedByItself<S, E, F>(
  machine: Machine<S, E, F>,
  { effect, decidedAt }: Entry<F>,
  result: Delivered<E> | undefined,
): boolean {
  if (result?.status !== 'done' || (result.events?.length ?? 0) > 0) return false
  return machine.clearsItself?.(effect, decidedAt) ?? false
}

async function nudgeForOthers<S, E, F>(state: S, outbox: Entry<F>[], io: ActIo<S, E, F>): Promise<void> {
  const left = outbox.some((entry) => isFree(entry, io.now()) && !io.delivers(entry.effect))
  if (left) await io.nudge(state, 0)
}

function isFree<F>(entry: Entry<F>, now: Instant): boolean {
  return entry.leaseUntil <= now && entry.notBefore <= now
}

function enter<S, E, F>(machine: Machine<S, E, F>, effects: F[], version: number, io: ActIo<S, E, F>): Entry<F>[] {
  return effects.map((effect, index) => ({
    id: `${version}.${index}`,
    effect,
    decidedAt: io.now(),
    leaseUntil: 0,
    notBefore: machine.isRecord?.(effect) ? io.now() + RECORD_MS : 0,
    tries: 0,
    uncertain: 0,
  }))
}

function replace<F>(outbox: Entry<F>[], taken: Entry<F>[]): Entry<F>[] {
  const byId = new Map(taken.map((entry) => [entry.id, entry]))
  return outbox.map((entry) => byId.get(entry.id) ?? entry)
}

async function read<S, F>(table: Table, key: RowKey): Promise<Item<S, F>> {
  return parse(await table.get(key))
}

function parse<S, F>(row: Row | undefined): Item<S, F> {
  if (row?.state === undefined) return { version: row?.version ?? 0, state: undefined, outbox: [] }
  return {
    version: row.version ?? 0,
    state: JSON.parse(row.state) as S,
    outbox: row.outbox === undefined ? [] : (JSON.parse(row.outbox) as Entry<F>[]),
  }
}

/**
 * Writes an item if it still has the expected version. Undefined: written. Otherwise the row that somebody else was faster to
 * write. A client repeats a request whose answer was lost, and then meets its own write: the token tells.
 */
async function write<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  item: Kept<S, F>,
  expected: number,
  io: ActIo<S, E, F>,
): Promise<{ row: Row | undefined } | undefined> {
  const writer = io.token()
  const row: Row & { version: number } = { ...key, version: item.version, writer, state: JSON.stringify(item.state) }
  if (item.outbox.length > 0) row.outbox = JSON.stringify(item.outbox)
  const dues = item.outbox.map((entry) => Math.max(entry.leaseUntil, entry.notBefore))
  const own = machine.dueAt?.(item.state)
  if (own !== undefined) dues.push(own)
  if (dues.length > 0) row.dueAt = Math.min(...dues)
  Object.assign(row, machine.listed?.(item.state))
  const expiresAt = machine.expiresAt?.(item.state)
  if (expiresAt !== undefined && item.outbox.length === 0) row.expiresAt = expiresAt
  if (await io.table.putIfVersion(row, expected)) return undefined
  const current = await io.table.get(key)
  return current?.writer === writer ? undefined : { row: current }
}
