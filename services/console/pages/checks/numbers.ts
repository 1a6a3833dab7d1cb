import type { CheckView } from '../../../../shared/engine/console/view-check.ts'
import { staleAfterMs } from '../../../../shared/evaluation/consensus.ts'

/** Rounded down: what failed once is not 100%. A dash where nothing is known. */
export function percent(share: number | undefined): string {
  if (share === undefined) return '–'
  return `${share === 1 ? '100' : (Math.floor(share * 10_000) / 100).toFixed(2)}%`
}

/** Where the page of a check is: group names may have any character. */
export function checkPath(id: string): string {
  return `/checks/${id.split('/').map(encodeURIComponent).join('/')}`
}

/** A target as it may be shown: without a name and a password before the host. */
export function shownTarget(target: string | undefined): string {
  return (target ?? '').replace(/\/\/[^/@\s]*@/, '//')
}

const MINUTE_MS = 60_000

/** How long ago something was seen that is too old to be told as of now, in whole minutes, ms; undefined: it is of now. */
export function silentMs({ at }: { at: number }, check: CheckView['check'], now: number): number | undefined {
  const ago = now - at
  return ago > staleAfterMs(check) ? Math.floor(ago / MINUTE_MS) * MINUTE_MS : undefined
}
