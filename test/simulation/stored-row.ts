import type { Item } from '../../shared/clouds/aws/dynamodb-actions.ts'
import type { Entry } from '../../shared/contracts/machine.ts'
import type { Readings } from '../store/readings.ts'

/** An item as it lies in a table. */
export class StoredRow {
  readonly pk: string
  readonly sk: string
  readonly state: string | undefined
  readonly outbox: string | undefined
  /** Epoch seconds. */
  readonly expiresAt: number | undefined
  readonly count: number
  private readonly readings: Readings

  constructor({ pk, sk, state, outbox, expiresAt, count }: Item, readings: Readings) {
    this.readings = readings
    this.pk = pk?.S ?? ''
    this.sk = sk?.S ?? ''
    this.state = state?.S ?? state?.B
    this.outbox = outbox?.S
    this.expiresAt = expiresAt && Number(expiresAt.N)
    this.count = Number(count?.N ?? 0)
  }

  /** Its state, if it has one. */
  held<S>(): S | undefined {
    return this.state === undefined ? undefined : (this.readings.read(this.state) as S)
  }

  /** What is decided and not carried out yet. */
  entries<F>(): Entry<F>[] {
    return this.outbox === undefined ? [] : (this.readings.read(this.outbox) as Entry<F>[])
  }
}
