import type { Item } from '../../shared/clouds/aws/dynamodb-actions.ts'
import type { Entry } from '../../shared/contracts/machine.ts'

/** An item as it lies in a table. Whoever looks at it looks at the same: what it holds is read once, and nobody changes it. */
export class StoredRow {
  readonly pk: string
  readonly sk: string
  readonly state: string | undefined
  readonly outbox: string | undefined
  /** Epoch seconds. */
  readonly expiresAt: number | undefined
  readonly count: number
  private parsedState: unknown
  private parsedOutbox: Entry<unknown>[] | undefined

  constructor({ pk, sk, state, outbox, expiresAt, count }: Item) {
    this.pk = pk?.S ?? ''
    this.sk = sk?.S ?? ''
    this.state = state?.S ?? state?.B
    this.outbox = outbox?.S
    this.expiresAt = expiresAt && Number(expiresAt.N)
    this.count = Number(count?.N ?? 0)
  }

  /** Its state, if it has one. */
  held<S>(): S | undefined {
    if (this.state === undefined) return undefined
    this.parsedState ??= JSON.parse(this.state)
    return this.parsedState as S
  }

  /** What is decided and not carried out yet. */
  entries<F>(): Entry<F>[] {
    this.parsedOutbox ??= this.outbox === undefined ? [] : JSON.parse(this.outbox)
    return this.parsedOutbox as Entry<F>[]
  }
}
