import type { FactOf, Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'
import { type AnswerFault, answerWording } from '../network/answer-faults.ts'
import { type NetworkFault, networkWording } from '../network/faults.ts'
import { timeIn } from '../phrases.ts'
import type { StartTls } from './starttls/protocols.ts'

const DAY_MS = 86_400_000

export type TlsFault =
  | NetworkFault
  | AnswerFault
  | FactOf<{
      /** `version` is absent where there is none. */
      'tls-too-old': { version?: string; least: string }
      /** `of`: an intermediate certificate of this name. */
      'certificate-expires': { inMs: number; limitMs?: number; of?: string }
      'starttls-not-offered': Record<never, never>
      /** Before TLS, in its own words. */
      'server-says': { protocol: StartTls; said: string }
      'not-this-server': { protocol: StartTls }
      /** It agreed to TLS and went on in the clear. */
      'spoke-before-tls': Record<never, never>
    }>

/** As their owners write them, with the article that each takes. */
const protocolNames: Record<StartTls, { name: string; a: 'a' | 'an' }> = {
  smtp: { name: 'SMTP', a: 'an' },
  imap: { name: 'IMAP', a: 'an' },
  pop3: { name: 'POP3', a: 'a' },
  postgres: { name: 'PostgreSQL', a: 'a' },
  mysql: { name: 'MySQL', a: 'a' },
  ldap: { name: 'LDAP', a: 'an' },
}

/** Whole days, or hours when there are less than two days. */
function daysIn(language: Language, ms: number): string {
  return timeIn(language, ms >= 2 * DAY_MS || ms % DAY_MS === 0 ? 'd' : 'h', ms)
}

export const tlsWording: Wording<TlsFault> = {
  ...networkWording,
  ...answerWording,
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
  'starttls-not-offered': { zh: () => '服务器不提供 TLS（STARTTLS）', en: () => 'STARTTLS is not offered' },
  'server-says': {
    zh: ({ protocol, said }) => `${protocolNames[protocol].name} 服务器答复：${said}`,
    en: ({ protocol, said }) => `${protocolNames[protocol].name} server says: ${said}`,
  },
  'not-this-server': {
    zh: ({ protocol }) => `对方不是 ${protocolNames[protocol].name} 服务器`,
    en: ({ protocol }) => `not ${protocolNames[protocol].a} ${protocolNames[protocol].name} server`,
  },
  'spoke-before-tls': {
    zh: () => '对方同意改用 TLS 之后仍在明文发送',
    en: () => 'it went on in the clear after agreeing to TLS',
  },
}
