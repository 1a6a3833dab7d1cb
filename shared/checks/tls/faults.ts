import type { FactOf, Wording } from '../../contracts/fact.ts'
import { type AnswerFault, answerWording } from '../network/answer-faults.ts'
import { type NetworkFault, networkWording } from '../network/faults.ts'
import { type ExpiryFault, expiryWording } from './expiry-faults.ts'
import type { StartTls } from './starttls/protocols.ts'

export type TlsFault =
  | NetworkFault
  | AnswerFault
  | ExpiryFault
  | FactOf<{
      /** `version` is absent where there is none. */
      'tls-too-old': { version?: string; least: string }
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

export const tlsWording: Wording<TlsFault> = {
  ...networkWording,
  ...answerWording,
  ...expiryWording,
  'tls-too-old': {
    zh: ({ version, least }) => `TLS ${version ?? '未知'}，至少应为 ${least}`,
    en: ({ version, least }) => `TLS ${version ?? 'none'}, at least ${least} expected`,
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
