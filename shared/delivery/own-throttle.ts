import type { Failure } from '../contracts/failure.ts'
import type { NoticeEffect } from '../incidents/incident.ts'
import type { Throttle } from '../oncall/throttle.ts'
import type { StoreIo } from '../store/io.ts'
import { enterCall, takeBack } from './callee-ledger.ts'

/** What somebody's own limit is counted by. `who`: the hash of their number, or their name. */
export function throttleKey(channel: string, who: string): string {
  return `own#${channel}#${who}`
}

/**
 * Counts one more call, text or mail to somebody who wants at most so many in a time; gives what forbids it, and then nothing is counted.
 * What `isFree` is counted, and forbidden by nothing. Rejects when the table does.
 */
export async function enterOwn(
  { key, token, isFree }: { key: string; token: string; isFree: boolean },
  { calls, ms }: Throttle,
  io: Pick<StoreIo, 'incidents' | 'now'>,
): Promise<Failure | undefined> {
  const windows = isFree ? [] : [{ calls, ms }]
  const why = await enterCall({ callee: key, token, keptMs: ms }, windows, { gapMs: 0 }, io)
  return why === undefined ? undefined : { class: 'own-throttle', limit: calls, ms }
}

/** What nobody got is not counted; where the table does not take that, it is. */
export async function takeBackOwn(key: string, io: StoreIo): Promise<void> {
  await takeBack(key, io).catch((error: unknown) => {
    io.log({ level: 'warn', event: 'own throttle not taken back', error: String(error) })
  })
}

/** Why somebody gets no more by this channel now; undefined: they do. */
export function overOwn(
  throttle: { key: string; of: Throttle } | undefined,
  { effects, isUrgent = false }: { effects: NoticeEffect[]; isUrgent?: boolean },
  io: StoreIo,
): Promise<Failure | undefined> | undefined {
  const [effect] = effects
  if (throttle === undefined || effect === undefined) return undefined
  const token = `${effect.incident} ${effect.kind} ${effect.at}`
  return enterOwn({ key: throttle.key, token, isFree: isUrgent }, throttle.of, io)
}
