import { type TencentKey, tencentKeyOf } from '../../clouds/tencent/tc3.ts'
import { meaningOf } from '../../contracts/vendor-errors.ts'
import { lastResortTemplates } from '../../messages/last-resort.ts'
import { answerTemplate } from '../../messages/reply-answer.ts'
import { smsTemplates } from '../../messages/sms.ts'
import type { Diagnosed, DiagnoseIo, Diagnosis } from '../diagnoses/diagnosis.ts'
import { type Found, FoundError } from '../diagnoses/finding.ts'
import { ofEachTemplate, type TextTemplate } from '../diagnoses/template-examinations.ts'
import type { LastResortDiagnosis } from '../last-resorts/last-resort.ts'
import { quoted } from '../network.ts'
import { errors } from './errors.ts'
import { found, type Reviewed } from './findings.ts'
import { refused, tencentSmsRequest } from './send.ts'
import type { TencentLastResort, TencentSettings } from './settings.ts'

type Route = Diagnosed<TencentSettings>

/** Signatures of an account are listed so many at a time (DescribeSmsSignList, Limit). */
const PAGE = 100

/** Of a template or signature (sms_models, version 2021-01-11): 0 in force, 1 under review, 2 approved but not yet in force, -1 refused. */
const IN_FORCE = 0
const UNDER_REVIEW = 1
const NOT_YET_IN_FORCE = 2

/** Approval of each template and signature, and that the template has the variables that we fill. */
export const diagnose: Diagnosis<TencentSettings>['diagnose'] = (route, io) => {
  const { name: to, written } = route
  const each = ofEachTemplate(to, written.templates, (name, signal) => template(name, route, io, signal))
  if (written.sign === undefined) return each
  const subject = { en: `${to} signature`, zh: `${to} 签名` }
  return [...each, { subject, ask: (signal) => signature(route, io, signal) }]
}

interface Review {
  StatusCode?: number
  ReviewReply?: string
}

async function template(template: TextTemplate, { name: to, settings }: Route, io: DiagnoseIo, signal: AbortSignal) {
  const { templates, language = 'zh', ...account } = await withToken(settings, io)
  const wanted = {
    id: templates[template] ?? '',
    text: template === 'answer' ? answerTemplate[language].numbered : smsTemplates[language][template],
    kinds: kindsOf(to),
    where: 'fenghuo.yml',
  }
  return tencentTemplate(wanted, account, io, signal)
}

async function withToken(settings: Route['settings'], io: DiagnoseIo): Promise<TencentSettings & TencentAccount> {
  const { TENCENTCLOUD_TOKEN: token } = await io.channelEnv()
  return { ...(await settings()), token }
}

/** With the key that it sends with where it has one, else with that of whoever asks: a role's key never leaves its function. */
export const lastResort: LastResortDiagnosis<TencentLastResort>['lastResort'] = async (
  { to, template, key },
  io,
  signal,
) => {
  const own = key && { secretId: key.id, secretKey: key.secret }
  const account: TencentKey | undefined = own ?? tencentKeyOf(io.probeEnv) ?? tencentKeyOf(io.env)
  if (account === undefined) return found('no-key')
  const wanted = {
    id: template,
    text: lastResortTemplates[io.language].numbered,
    kinds: [...new Set(to.flatMap(kindsOf))],
    where: 'LAST_RESORT_SMS_TEMPLATE',
  }
  return tencentTemplate(wanted, account, io, signal)
}

/** Whose templates and signatures are looked for. */
interface TencentAccount {
  region?: string | undefined
  secretId: string
  secretKey: string
  token?: string | undefined
}

/** A template of Tencent Cloud by its number: approved, and with as many variables as the text that is filled into it. */
async function tencentTemplate(
  { id, text, kinds, where }: { id: string; text: string; kinds: number[]; where: string },
  account: TencentAccount,
  io: Pick<DiagnoseIo, 'now' | 'env' | 'fetch'>,
  signal: AbortSignal,
): Promise<Found> {
  type Listed = Review & { TemplateId?: number; TemplateContent?: string }
  let listed: Listed | undefined
  for (const International of kinds) {
    const fields = { International, TemplateIdSet: [Number(id)] }
    const { DescribeTemplateStatusSet } = await ask('DescribeSmsTemplateList', fields, account, io, signal)
    listed ??= (DescribeTemplateStatusSet as Listed[] | undefined)?.find(({ TemplateId }) => String(TemplateId) === id)
  }
  if (listed === undefined) return found('no-template', id, where)
  const review = reviewed(listed, { template: id })
  if (review !== undefined) return review
  const wanted = slotsOf(text)
  const has = slotsOf(listed.TemplateContent ?? '')
  return has === wanted ? found('template-approved', id, has) : found('other-variables', id, has, wanted, where)
}

async function signature({ name: to, settings }: Route, io: DiagnoseIo, signal: AbortSignal): Promise<Found> {
  const { sign = '', ...account } = await withToken(settings, io)
  type Listed = Review & { SignName?: string }
  for (const International of kindsOf(to)) {
    for (let Offset = 0; ; Offset += PAGE) {
      const fields = { International, Limit: PAGE, Offset }
      const { DescribeSignListStatusSet } = await ask('DescribeSmsSignList', fields, account, io, signal)
      const listed = (DescribeSignListStatusSet as Listed[] | undefined) ?? []
      const ours = listed.find(({ SignName }) => SignName === sign)
      if (ours !== undefined) return reviewed(ours, { sign }) ?? found('sign-approved', sign)
      if (listed.length < PAGE) break
    }
  }
  return found('no-sign', sign)
}

/** What is wrong with a review; undefined when the thing may be used. */
function reviewed({ StatusCode, ReviewReply }: Review, what: Reviewed): Found | undefined {
  switch (StatusCode) {
    case IN_FORCE:
      return undefined
    case UNDER_REVIEW:
      return found('under-review', what)
    case NOT_YET_IN_FORCE:
      return found('not-yet-in-force', what)
    default:
      return found('not-approved', what, quoted(ReviewReply))
  }
}

/** The vendor lists mainland and other texts apart. `to`: a number or the beginning of numbers. */
function kindsOf(to: string): number[] {
  if (to.startsWith('+86')) return [0]
  return to === '+' ? [0, 1] : [1]
}

async function ask(
  action: string,
  fields: object,
  { region, secretId, secretKey, token }: TencentAccount,
  io: Pick<DiagnoseIo, 'now' | 'env' | 'fetch'>,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const key: TencentKey = { secretId, secretKey, ...(token ? { token } : {}) }
  const { url, ...request } = tencentSmsRequest(action, fields, region, key, io)
  const answer = await io.fetch(url, { ...request, method: 'POST', redirect: 'manual', signal })
  const { Response } = (await answer.json().catch(() => ({}))) as { Response?: Record<string, unknown> }
  if (Response === undefined) throw new FoundError(found('no-answer', answer.status))
  if (Response.Error === undefined) return Response
  const { Code = '', Message } = Response.Error as { Code?: string; Message?: unknown }
  const { failure } = refused(Code, Message)
  const remedy = meaningOf(errors, Code)?.remedy
  if (remedy !== undefined && (failure.class === 'bad-credentials' || failure.class === 'wrong-clock'))
    throw new FoundError(found('bad-credentials', failure, remedy))
  throw new FoundError(found('unlisted', failure, action, remedy))
}

function slotsOf(text: string): number {
  return new Set(text.match(/\{\d+\}/g)).size
}
