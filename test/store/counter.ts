import type { Delivered, EffectRule, Entry, Machine } from '../../shared/contracts/machine.ts'
import { type ApplyIo, apply, type Trigger } from '../../shared/store/apply.ts'
import type { Row } from '../../shared/store/table.ts'
import { MemoryTable } from './memory-table.ts'

export interface Counter {
  count: number
}
/** Adds to the count, and says words. */
export interface Add {
  add: number
  say?: string[]
}
export interface Say {
  word: string
}

export const counting: Machine<Counter, Add, Say> = {
  shape: { current: 1 },
  transition: (state, { add, say = [] }) => {
    if (add === 0 && say.length === 0) return { state, outbox: [], reason: 'nothing' }
    return {
      state: { count: (state?.count ?? 0) + add },
      outbox: say.map((word) => ({ word })),
      reason: `added ${add}`,
    }
  },
}

export const key = { pk: 'counter', sk: 'state' }

/** How a delivery goes: what comes of it, or a promise of that; `never` is a process that has died. */
export type Deliver = (word: string, entry: Entry<Say>) => Delivered<Add> | Promise<Delivered<Add>>

export const never = new Promise<never>(() => {})
export const done: Deliver = () => ({ status: 'done' })

/** A counter in a table, and invocations that act on it. */
export class Counting {
  readonly table = new MemoryTable()
  machine = counting
  /** Most words are said side by side; those for others are left to who has a gateway. Some may have rules of their own. */
  ruled: (word: string) => Partial<EffectRule<Say, Counter>> = () => ({})
  now = 1_000_000
  /** Every try of a delivery: `hello`, or `hello ?1` when one before ended without a known result. */
  readonly said: string[] = []
  readonly nudges: number[] = []
  private tokens = 0
  readonly failures: string[] = []

  /** What one invocation works with: it lives for 15 s, and delivers as it is told. */
  io(deliver: Deliver = done, changes: Partial<ApplyIo<Counter, Add, Say>> = {}): ApplyIo<Counter, Add, Say> {
    return {
      table: this.table,
      now: () => this.now,
      token: () => `token-${this.tokens++}`,
      leaseUntil: this.now + 15_000,
      carries: () => true,
      ruleOf: ({ word }) => ({
        order: 'beside',
        carriedBy: word === 'dial' ? 'gateway' : 'anybody',
        ...this.ruled(word),
      }),
      deliver: async ({ word }, entry) => {
        this.said.push(entry.uncertain > 0 ? `${word} ?${entry.uncertain}` : word)
        return deliver(word, entry)
      },
      nudge: async (_, delayMs) => {
        this.nudges.push(delayMs)
      },
      failed: (error) => this.failures.push(String(error)),
      ...changes,
    }
  }

  act(trigger: Trigger<Counter, Add>, deliver?: Deliver, changes?: Partial<ApplyIo<Counter, Add, Say>>) {
    return apply(this.machine, key, trigger, this.io(deliver, changes))
  }

  /** An event comes, by default one that says hello. */
  add(add: number, say: string[] = [], deliver?: Deliver, changes?: Partial<ApplyIo<Counter, Add, Say>>) {
    return this.act({ event: { add, say } }, deliver, changes)
  }

  /** Somebody looks after what was left, such as watch. */
  sweep(deliver?: Deliver) {
    return this.act('deliver', deliver)
  }

  get row(): Row | undefined {
    return this.table.rows.get(`${key.pk}\n${key.sk}`)
  }

  get count(): number | undefined {
    return this.row?.state === undefined ? undefined : (JSON.parse(this.row.state) as Counter).count
  }

  get outbox(): Entry<Say>[] {
    return this.row?.outbox === undefined ? [] : (JSON.parse(this.row.outbox) as Entry<Say>[])
  }
}

/** Lets everything that can go on do so. */
export const settled = () => new Promise((resolve) => setImmediate(resolve))
