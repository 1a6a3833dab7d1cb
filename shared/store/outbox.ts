import type { Carrier, Delivered, EffectRule, Entry } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'

/** A record waits so long for something else of its item to be carried out; then watch finds it. */
export const RECORD_MS = 60_000

/** A message that was sent once more, because nobody knows whether the first try got so far, is left to watch for so long. */
const SENT_AGAIN_MS = 86_400_000

/** More records than these go at once: an outbox has to stay small, and a table writes 25 items in one request. */
const WAITING_RECORDS = 20

/**
 * Of what somebody has died of, the next takes on so many entries at once, and half as many after each further death: where a process
 * dies every few steps an outbox still gets emptied, and what kills every process ends up alone.
 */
const AFTER_A_DEATH = 8

/** What holds for the effects of a machine. */
export interface Rules<S, F> {
  ruleOf(effect: F): EffectRule<F, S>
}

/** What an outbox needs to know of an invocation. */
interface Invocation<S, F> extends Rules<S, F> {
  now(): Instant
  leaseUntil: Instant
  carries(carrier: Carrier): boolean
}

/** Makes entries of the effects that the write of `version` decides. Their ids are `version.index`. */
export function enter<S, F>(
  effects: F[],
  version: number,
  { now, ruleOf }: Pick<Invocation<S, F>, 'now' | 'ruleOf'>,
): Entry<F>[] {
  return effects.map((effect, index) => ({
    id: `${version}.${index}`,
    effect,
    decidedAt: now(),
    leaseUntil: 0,
    notBefore: ruleOf(effect).record ? now() + RECORD_MS : 0,
    tries: 0,
    uncertain: 0,
  }))
}

/**
 * Chooses what this invocation carries out of an outbox, and leases it: of `candidates` what nobody is delivering, be it new, put
 * off until now, left by another function, or left by a crash. Records go along with whatever has to be cleared afterwards anyway.
 */
export function claim<S, F>(outbox: Entry<F>[], candidates: Entry<F>[], io: Invocation<S, F>): Entry<F>[] {
  const now = io.now()
  const isRecord = ({ effect }: Entry<F>) => io.ruleOf(effect).record !== undefined
  const urgent = bearable(
    candidates.filter(
      (entry) => isFree(entry, now) && io.carries(io.ruleOf(entry.effect).carriedBy) && !isRecord(entry),
    ),
    io,
  )
  const records = outbox.filter((entry) => isRecord(entry) && entry.leaseUntil <= now)
  const isTime =
    urgent.some(({ effect, decidedAt }) => !io.ruleOf(effect).clearsItself?.(effect, decidedAt)) ||
    records.some((entry) => isFree(entry, now)) ||
    // What was refused keeps its date, however much there is of it.
    records.filter(({ tries }) => tries === 0).length > WAITING_RECORDS
  return [...urgent, ...(isTime ? records : [])].map((entry) => ({
    ...entry,
    leaseUntil: isOnItsWay(entry, io) ? now + SENT_AGAIN_MS : io.leaseUntil,
    uncertain: entry.uncertain + (entry.leaseUntil > 0 ? 1 : 0),
  }))
}

/** What one invocation may take on at once: all that is new, and of what the dead have left a few, those that come first and have killed least. */
function bearable<S, F>(entries: Entry<F>[], rules: Rules<S, F>): Entry<F>[] {
  const isFirst = ({ effect }: Entry<F>) => Number(rules.ruleOf(effect).order === 'first')
  const orphans = entries
    .filter((entry) => isOrphaned(entry, rules))
    .sort((a, b) => isFirst(b) - isFirst(a) || a.uncertain - b.uncertain)
  const most = Math.max(1, Math.floor(AFTER_A_DEATH / 2 ** (orphans[0]?.uncertain ?? 0)))
  const left = new Set(orphans.slice(most))
  return entries.filter((entry) => !left.has(entry))
}

/** Whether somebody has taken an entry on and not brought it to an end: once its lease is over, they have died. */
export function isOrphaned<S, F>(entry: Entry<F>, rules: Rules<S, F>): boolean {
  return entry.leaseUntil > 0 && !isOnItsWay(entry, rules)
}

/**
 * Whether an entry that clears itself has been delivered, as far as anybody knows: a message on a queue, which loses none. Whoever falls
 * behind must not find one for each time that something happened meanwhile.
 */
export function isOnItsWay<S, F>({ effect, decidedAt, leaseUntil }: Entry<F>, { ruleOf }: Rules<S, F>): boolean {
  return leaseUntil > 0 && ruleOf(effect).clearsItself?.(effect, decidedAt) === true
}

/** What is left of an entry after a try: nothing when it is done, a later date when it was refused for now. */
export function afterTry<F, E>(entry: Entry<F>, result: Delivered<E> | undefined, now: Instant): Entry<F>[] {
  if (result === undefined) return [entry]
  if (result.status === 'done') return []
  const uncertain = entry.uncertain + (result.uncertain ? 1 : 0)
  return [{ ...entry, uncertain, tries: entry.tries + 1, leaseUntil: 0, notBefore: now + result.afterMs }]
}

/**
 * When the first of what this function carries out, and what was put off, is to be tried again, UTC ms: now, if its time has come while
 * something else was carried out. Records wait for others.
 */
export function nextTryAt<S, F>(
  outbox: Entry<F>[],
  { now, carries, ruleOf }: Omit<Invocation<S, F>, 'leaseUntil'>,
): Instant | undefined {
  const dates = outbox.flatMap(({ effect, leaseUntil, notBefore, tries }) => {
    const { record, carriedBy } = ruleOf(effect)
    const isPutOff = tries > 0 || notBefore > now()
    return leaseUntil <= now() && isPutOff && !record && carries(carriedBy) ? [Math.max(notBefore, now())] : []
  })
  return dates.length === 0 ? undefined : Math.min(...dates)
}

/** Puts entries in the place of those with the same ids. */
export function replace<F>(outbox: Entry<F>[], taken: Entry<F>[]): Entry<F>[] {
  const byId = new Map(taken.map((entry) => [entry.id, entry]))
  return outbox.map((entry) => byId.get(entry.id) ?? entry)
}

/** Whether nothing has to be written when an entry was carried out. */
export function isClearedByItself<S, E, F>(
  { effect, decidedAt }: Entry<F>,
  result: Delivered<E> | undefined,
  { ruleOf }: Rules<S, F>,
): boolean {
  if (result?.status !== 'done' || (result.events?.length ?? 0) > 0) return false
  return ruleOf(effect).clearsItself?.(effect, decidedAt) ?? false
}

/** Whether an entry can be carried out now: nobody is at it, and its time has come. */
export function isFree<F>(entry: Entry<F>, now: Instant): boolean {
  return entry.leaseUntil <= now && entry.notBefore <= now
}
