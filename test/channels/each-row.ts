import { expect, test } from 'vitest'
import type { Delivery } from '../../shared/channels/channel.ts'
import type { ErrorTable } from '../../shared/contracts/vendor-errors.ts'
import type { Failure } from '../simulators/failures.ts'

/** Walks a channel's table of errors: whatever the vendor may say, what becomes of the message is what its row has. */
export function eachRow(
  vendor: string,
  { codes }: ErrorTable,
  { fail, send }: { fail: (...failures: Failure[]) => void; send: () => Promise<Delivery> },
): void {
  test.each(Object.entries(codes))('%s, as the table has it', async (code, { class: kind, afterMs, isLost }) => {
    fail({ kind: 'error', code: /^-?\d+$/.test(code) ? Number(code) : code })
    const status = isLost ? 'unknown' : afterMs === undefined ? 'failed' : 'retry'
    const failure = { class: kind, vendor, code }
    expect(await send()).toMatchObject({ status, failure, ...(status === 'retry' && { afterMs }) })
  })
}
