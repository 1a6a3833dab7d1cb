import type { TlsFault } from '../../../shared/checks/tls/faults.ts'
import { type FaultSamples, QUOTED } from '../fault-samples.ts'
import { answerSamples, networkSamples } from '../network/fault-samples.ts'
import { expirySamples } from './expiry-samples.ts'

/** What is the same word in both languages. */
export const sameInBoth = /STARTTLS|SMTP|IMAP|POP3|PostgreSQL|MySQL|LDAP/

export const faultSamples: FaultSamples<TlsFault> = {
  ...networkSamples,
  ...answerSamples,
  ...expirySamples,
  'tls-too-old': [{ version: '1.2', least: '1.3' }, { least: '1.2' }],
  'starttls-not-offered': [{}],
  'server-says': (['smtp', 'imap', 'pop3', 'postgres', 'mysql', 'ldap'] as const).map((protocol) => ({
    protocol,
    said: QUOTED,
  })),
  'not-this-server': [{ protocol: 'imap' }, { protocol: 'mysql' }],
  'spoke-before-tls': [{}],
}
