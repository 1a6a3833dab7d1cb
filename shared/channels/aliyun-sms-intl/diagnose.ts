import { meaningOf } from '../../contracts/vendor-errors.ts'
import { asWritten } from '../../contracts/words.ts'
import type { Diagnosed, DiagnoseIo, Diagnosis } from '../diagnoses/diagnosis.ts'
import type { Found } from '../diagnoses/finding.ts'
import { refusal } from '../errors.ts'
import { errors } from './errors.ts'
import { found } from './findings.ts'
import { requestTo, VENDOR } from './request.ts'
import type { Settings } from './settings.ts'

/** What the vendor says of key and account, before it looks for the text. */
const OF_THE_ACCOUNT = ['bad-credentials', 'wrong-clock', 'not-allowed', 'no-balance', 'sender-disabled']

/** What it says in place of looking. */
const NOT_NOW = ['rate-limited', 'busy', 'lost-answer']

/**
 * Whether key and account are good, by asking for a text that there is not (help.aliyun.com, QueryMessage, 2018-05-01; what it answers then
 * is not said there). No API tells whether a sender ID is approved.
 */
export const diagnose: Diagnosis<Settings>['diagnose'] = (route, io) => [
  { subject: asWritten(route.name), ask: (signal) => account(route, io, signal) },
]

async function account({ settings }: Diagnosed<Settings>, io: DiagnoseIo, signal: AbortSignal): Promise<Found> {
  const { ALIBABA_CLOUD_SECURITY_TOKEN } = await io.channelEnv()
  const env = { ...io.env, ALIBABA_CLOUD_SECURITY_TOKEN }
  const { url, ...request } = requestTo('QueryMessage', { MessageId: '0' }, await settings(), { ...io, env })
  const response = await io.fetch(url, { ...request, method: 'POST', redirect: 'manual', signal })
  const { ResponseCode, ResponseDescription, Code, Message } = Object(await response.json().catch(() => ({})))
  const code = ResponseCode ?? Code
  if (typeof code !== 'string') return found('no-answer', response.status)
  const own = code.replace(/^is[vp]\./, '')
  const { failure } = refusal(VENDOR, own, ResponseDescription ?? Message, errors)
  if (OF_THE_ACCOUNT.includes(failure.class)) return found('refused', failure, meaningOf(errors, own)?.remedy)
  // All else that the service says is of the text, which it has looked for.
  return ResponseCode === undefined || NOT_NOW.includes(failure.class) ? found('not-now', failure) : found('served')
}
