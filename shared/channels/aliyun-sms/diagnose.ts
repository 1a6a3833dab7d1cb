import { aliyunKeyWith } from '../../clouds/aliyun/rpc.ts'
import { meaningOf } from '../../contracts/vendor-errors.ts'
import { answerVariables } from '../../messages/reply-answer.ts'
import { smsVariables } from '../../messages/sms.ts'
import type { Diagnosed, DiagnoseIo, Diagnosis } from '../diagnoses/diagnosis.ts'
import { type Found, FoundError } from '../diagnoses/finding.ts'
import { ofEachTemplate, type TextTemplate } from '../diagnoses/template-examinations.ts'
import { refusal } from '../errors.ts'
import { quoted } from '../network.ts'
import { found, type Reviewed } from './findings.ts'
import { aliyunSmsRequest, errors, VENDOR } from './send.ts'
import type { Settings } from './settings.ts'

type Route = Diagnosed<Settings>

/**
 * Of a signature or template (help.aliyun.com, GetSmsSign, SignStatus; GetSmsTemplate, TemplateStatus): all else can't be used. The actions
 * QuerySmsSign and QuerySmsTemplate, which these two replace, are being taken away.
 */
const APPROVED = 1
const UNDER_REVIEW = 0

/** What is not there, or not to be used, is refused by these (help.aliyun.com/document_detail/101346.html, which has them of sending). */
const MISSING = ['isv.SMS_SIGNATURE_ILLEGAL', 'isv.SMS_SIGN_ILLEGAL', 'isv.SMS_TEMPLATE_ILLEGAL']

/** Approval of each template and of the signature, and that templates have the variables that we fill. */
export const diagnose: Diagnosis<Settings>['diagnose'] = (route, io) => {
  const { name: to, written } = route
  const each = ofEachTemplate(to, written.templates, (name, signal) => template(name, route, io, signal))
  const subject = { en: `${to} signature`, zh: `${to} 签名` }
  return [...each, { subject, ask: (signal) => signature(route, io, signal) }]
}

async function template(name: TextTemplate, { settings }: Route, io: DiagnoseIo, signal: AbortSignal): Promise<Found> {
  const config = await settings()
  const code = config.templates[name] ?? ''
  const answer = await ask('GetSmsTemplate', { TemplateCode: code }, config, io, signal)
  if (answer === undefined) return found('missing', { template: code })
  const review = reviewed(answer.TemplateStatus, answer, { template: code })
  if (review !== undefined) return review
  const has = variablesIn(String(answer.TemplateContent ?? ''))
  const wanted: readonly string[] = name === 'answer' ? answerVariables : smsVariables[name]
  const isFilled = has.length === wanted.length && has.every((one) => wanted.includes(one))
  return isFilled ? found('template-approved', code, has.length) : found('other-variables', code, has, wanted)
}

async function signature({ settings }: Route, io: DiagnoseIo, signal: AbortSignal): Promise<Found> {
  const config = await settings()
  const answer = await ask('GetSmsSign', { SignName: config.sign }, config, io, signal)
  if (answer === undefined) return found('missing', { sign: config.sign })
  return reviewed(answer.SignStatus, answer, { sign: config.sign }) ?? found('sign-approved', config.sign)
}

/** What is wrong with a review; undefined when the thing may be used. */
function reviewed(status: unknown, { AuditInfo }: Record<string, unknown>, what: Reviewed): Found | undefined {
  if (Number(status) === APPROVED) return undefined
  if (Number(status) === UNDER_REVIEW) return found('under-review', what)
  return found('not-approved', what, quoted(Object(AuditInfo).RejectInfo))
}

/** The names of a template's variables, `${name}`, each once. */
function variablesIn(content: string): string[] {
  return [...new Set([...content.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name))]
}

/** The fields of the answer; undefined: what is asked for is not there. Rejects with what the vendor says in place of an answer. */
async function ask(
  action: string,
  parameters: Record<string, string>,
  config: Settings,
  io: DiagnoseIo,
  signal: AbortSignal,
): Promise<Record<string, unknown> | undefined> {
  const key = aliyunKeyWith(config, await io.channelEnv())
  const { url, ...request } = aliyunSmsRequest(action, parameters, key, io)
  const response = await io.fetch(url, { ...request, method: 'POST', redirect: 'manual', signal })
  const answer: Record<string, unknown> = Object(await response.json().catch(() => ({})))
  const { Code: code, Message } = answer
  if (code === 'OK') return answer
  if (typeof code !== 'string') throw new FoundError(found('no-answer', response.status))
  if (MISSING.includes(code)) return undefined
  const { failure } = refusal(VENDOR, code, Message, errors)
  throw new FoundError(found('refused', failure, action, meaningOf(errors, code)?.remedy))
}
