import { asWritten } from '../../contracts/words.ts'
import type { Diagnosis } from '../diagnoses/diagnosis.ts'
import type { Found } from '../diagnoses/finding.ts'
import type { LastResortDiagnosis } from '../last-resorts/last-resort.ts'
import { errorText, quoted } from '../network.ts'
import { found } from './findings.ts'
import type { MailLastResort } from './send-mail.ts'
import { type MailServer, verifyMail } from './send-mail.ts'

export const diagnose: Diagnosis<MailServer>['diagnose'] = ({ name, settings }) => [
  { subject: asWritten(name), ask: async (signal) => loginAt(await settings(), signal) },
]

/** The server of a last resort. */
export const lastResort: LastResortDiagnosis<MailLastResort>['lastResort'] = (server, _, signal) =>
  loginAt(server, signal)

/** Connection, TLS and login of one server. */
async function loginAt(server: MailServer, signal: AbortSignal): Promise<Found> {
  const where = `${server.host}:${server.port}`
  try {
    await verifyMail(server, signal)
  } catch (error) {
    return refused(error, where)
  }
  return found(server.user === undefined ? 'connected' : 'login-taken', where)
}

/** nodemailer's codes tell how far it came. */
function refused(error: unknown, where: string): Found {
  const { code, response } = (error ?? {}) as { code?: unknown; response?: unknown }
  const text = errorText(error)
  if (code === 'EAUTH') return found('login-refused', where, quoted(response))
  if (/certificate|CERT_|SELF_SIGNED|UNABLE_TO/i.test(text)) return found('untrusted', where)
  if (code === 'ETLS' || /STARTTLS|wrong version number/i.test(text)) return found('other-tls', where)
  if (code === 'EDNS' || code === 'ECONNECTION' || code === 'ESOCKET' || code === 'ETIMEDOUT')
    return found('not-reached', where, code)
  return found('refused', where, quoted(response) || String(code ?? ''))
}
