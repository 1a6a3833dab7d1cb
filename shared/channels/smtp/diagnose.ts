import type { Diagnosis } from '../diagnosis.ts'
import { type Found, fault, ok } from '../finding.ts'
import type { LastResortDiagnosis } from '../last-resort.ts'
import { errorText, quoted } from '../network.ts'
import { checkLogin } from './errors.ts'
import type { MailLastResort } from './send-mail.ts'
import { type MailServer, verifyMail } from './send-mail.ts'

export const diagnose: Diagnosis<MailServer>['diagnose'] = ({ name, settings }) => [
  { subject: name, look: async (signal) => loginAt(await settings(), signal) },
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
  return ok(`${where}: ${server.user === undefined ? 'connected, without a login' : 'login taken'}; no mail was sent`)
}

/** nodemailer's codes tell how far it came. */
function refused(error: unknown, where: string): Found {
  const { code, response } = (error ?? {}) as { code?: unknown; response?: unknown }
  const text = errorText(error)
  if (code === 'EAUTH') return fault(`${where} refused the login: ${quoted(response)}`, checkLogin.en)
  if (/certificate|CERT_|SELF_SIGNED|UNABLE_TO/i.test(text))
    return fault(
      `${where}: its certificate can't be trusted`,
      'give `ca` if the authority is private, or the name it has',
    )
  if (code === 'ETLS' || /STARTTLS|wrong version number/i.test(text))
    return fault(`${where} speaks no TLS as asked`, 'port 465 is TLS from the first byte (`secure`), 587 STARTTLS')
  if (code === 'EDNS' || code === 'ECONNECTION' || code === 'ESOCKET' || code === 'ETIMEDOUT')
    return fault(`${where} is not reached (${String(code)})`, 'check host and port; some networks block them')
  return fault(`${where}: ${quoted(response) || String(code ?? 'error')}`, 'look at what the server says')
}
