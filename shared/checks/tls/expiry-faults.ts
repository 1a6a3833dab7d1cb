import type { FactOf, Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'
import { timeIn } from '../phrases.ts'

const DAY_MS = 86_400_000

/** Until when a certificate holds. */
export type ExpiryFault = FactOf<{
  /** `of`: an intermediate certificate of this name. */
  'certificate-expires': { inMs: number; limitMs?: number; of?: string }
}>

/** Whole days, or hours when there are less than two days. */
function daysIn(language: Language, ms: number): string {
  return timeIn(language, ms >= 2 * DAY_MS || ms % DAY_MS === 0 ? 'd' : 'h', ms)
}

export const expiryWording: Wording<ExpiryFault> = {
  'certificate-expires': {
    zh: ({ inMs, limitMs, of }) => {
      const limit = limitMs === undefined ? '' : `（限 ${daysIn('zh', limitMs)}）`
      return `${of === undefined ? '证书' : `中级证书 ${of}`} ${daysIn('zh', inMs)}后到期${limit}`
    },
    en: ({ inMs, limitMs, of }) => {
      const limit = limitMs === undefined ? '' : `, limit ${daysIn('en', limitMs)}`
      return `${of === undefined ? 'certificate' : `intermediate certificate ${of}`} expires in ${daysIn('en', inMs)}${limit}`
    },
  },
}
