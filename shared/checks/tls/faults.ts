import type { FactOf, Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'
import { type NetworkFault, networkWording } from '../network/faults.ts'
import { timeIn } from '../phrases.ts'

const DAY_MS = 86_400_000

export type TlsFault =
  | NetworkFault
  | FactOf<{
      /** `version` is absent where there is none. */
      'tls-too-old': { version?: string; least: string }
      /** `of`: an intermediate certificate of this name. */
      'certificate-expires': { inMs: number; limitMs?: number; of?: string }
      'starttls-not-offered': Record<never, never>
      'mail-server-says': { said: string }
      'not-a-mail-server': Record<never, never>
    }>

/** Whole days, or hours when there are less than two days. */
function daysIn(language: Language, ms: number): string {
  return timeIn(language, ms >= 2 * DAY_MS || ms % DAY_MS === 0 ? 'd' : 'h', ms)
}

export const tlsWording: Wording<TlsFault> = {
  ...networkWording,
  'tls-too-old': {
    zh: ({ version, least }) => `TLS ${version ?? '未知'}，至少应为 ${least}`,
    en: ({ version, least }) => `TLS ${version ?? 'none'}, at least ${least} expected`,
  },
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
  'starttls-not-offered': { zh: () => '邮件服务器不支持 STARTTLS', en: () => 'STARTTLS is not offered' },
  'mail-server-says': {
    zh: ({ said }) => `邮件服务器答复：${said}`,
    en: ({ said }) => `mail server says: ${said}`,
  },
  'not-a-mail-server': { zh: () => '对方不是邮件服务器', en: () => 'not a mail server' },
}
