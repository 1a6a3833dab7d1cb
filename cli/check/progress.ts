import type { VerdictWord } from '../../shared/contracts/words.ts'
import { several } from '../table.ts'

/** Fewer than this are done before anybody reads a bar. */
const MANY = 10

const BAR_CELLS = 24

/** `[######------------------] 3 of 12 checks, 1 down`; a few have no bar. */
export function progressLine(seen: VerdictWord[], all: number): string {
  const down = seen.filter((word) => word === 'down').length
  const text = `${seen.length} of ${several(all, 'check')}${down > 0 ? `, ${down} down` : ''}`
  if (all < MANY) return text
  const full = Math.floor((BAR_CELLS * seen.length) / all)
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_CELLS - full)}] ${text}`
}
