import type { Language, VerdictWord } from '../../shared/contracts/words.ts'
import { checkWords } from '../words/check.ts'

/** Fewer than this are done before anybody reads a bar. */
const MANY = 10

const BAR_CELLS = 24

/** `[######------------------] 3 of 12 checks, 1 down`; a few have no bar. */
export function progressLine(seen: VerdictWord[], all: number, language: Language): string {
  const down = seen.filter((word) => word === 'down').length
  const text = checkWords[language].progress(seen.length, all, down)
  if (all < MANY) return text
  const full = Math.floor((BAR_CELLS * seen.length) / all)
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_CELLS - full)}] ${text}`
}
