import type { FactOf, Wording } from '../../contracts/fact.ts'
import { daysIn } from '../phrases.ts'

/** Until when a certificate holds. */
export type ExpiryFault = FactOf<{
  /** `of`: an intermediate certificate of this name. */
  'certificate-expires': { inMs: number; limitMs?: number; of?: string }
}>

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
