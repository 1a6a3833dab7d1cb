import { MINUTE_MS } from '../../contracts/milliseconds.ts'
import { staleAfterMs } from '../../evaluation/consensus.ts'
import type { CheckView } from './view-check.ts'

/** How long ago something was seen that is too old to be told as of now, in whole minutes, ms; undefined: it is of now. */
export function silentMs({ at }: { at: number }, check: CheckView['check'], now: number): number | undefined {
  const ago = now - at
  return ago > staleAfterMs(check) ? Math.floor(ago / MINUTE_MS) * MINUTE_MS : undefined
}
