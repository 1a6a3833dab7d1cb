import { expect, test } from 'vitest'
import type { Delivery } from '../../shared/channels/channel.ts'
import type { ErrorTable } from '../../shared/contracts/vendor-errors.ts'
import type { Failure } from '../simulators/failures.ts'

/** Each code of a table with what becomes of what it refuses, and its class: for good it is `final`. */
export function rowsOf<Final extends 'failed' | 'refused'>({ codes }: ErrorTable, final: Final) {
  return Object.entries(codes).map(([code, { class: kind, afterMs, isLost }]) => {
    const status = afterMs !== undefined ? 'retry' : isLost ? 'unknown' : final
    return [code, status, kind] as const
  })
}

/** Walks a channel's table of errors: whatever the vendor may say, what becomes of the message is what its row has. */
export function eachRow(
  vendor: string,
  table: ErrorTable,
  { fail, send }: { fail: (...failures: Failure[]) => void; send: () => Promise<Delivery> },
): void {
  test.each(rowsOf(table, 'failed'))('%s, as the table has it', async (code, status, kind) => {
    fail({ kind: 'error', code: /^-?\d+$/.test(code) ? Number(code) : code })
    const failure = { class: kind, vendor, code }
    const afterMs = table.codes[code]?.afterMs
    expect(await send()).toMatchObject({ status, failure, ...(status === 'retry' && { afterMs }) })
  })
}
