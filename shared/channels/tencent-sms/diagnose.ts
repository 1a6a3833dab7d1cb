import { type TencentKey, tencentKeyOf } from '../../clouds/tencent/tc3.ts'
import { meaningOf } from '../../contracts/vendor-errors.ts'
import { failureText } from '../../messages/failure.ts'
import { lastResortTemplates } from '../../messages/last-resort.ts'
import { type SmsTemplate, smsTemplates } from '../../messages/sms.ts'
import type { Diagnosed, DiagnoseIo, Diagnosis } from '../diagnosis.ts'
import { type Examination, type Found, FoundError, fault, ok, skipped, warning } from '../finding.ts'
import type { LastResortDiagnosis } from '../last-resort.ts'
import { quoted } from '../network.ts'
import { errors, submitSign, submitTemplate } from './errors.ts'
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
  const each = (Object.keys(written.templates) as SmsTemplate[]).map(
    (name): Examination => ({ subject: `${to} template ${name}`, look: (signal) => template(name, route, io, signal) }),
  )
  if (written.sign === undefined) return each
  return [...each, { subject: `${to} signature`, look: (signal) => signature(route, io, signal) }]
}

interface Review {
  StatusCode?: number
  ReviewReply?: string
}

async function template(template: SmsTemplate, { name: to, settings }: Route, io: DiagnoseIo, signal: AbortSignal) {
  const { templates, language = 'zh', ...account } = await withToken(settings, io)
  const wanted = {
    id: templates[template] ?? '',
    text: smsTemplates[language][template],
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
  if (account === undefined) return skipped('no key here', 'set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY')
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
  let found: Listed | undefined
  for (const International of kinds) {
    const fields = { International, TemplateIdSet: [Number(id)] }
    const { DescribeTemplateStatusSet } = await ask('DescribeSmsTemplateList', fields, account, io, signal)
    found ??= (DescribeTemplateStatusSet as Listed[] | undefined)?.find(({ TemplateId }) => String(TemplateId) === id)
  }
  const texts = submitTemplate(where).en
  if (found === undefined) return fault(`the account has no template ${id}`, texts)
  const review = reviewed(found, `template ${id}`)
  if (review !== undefined) return review
  const wanted = slotsOf(text)
  const has = slotsOf(found.TemplateContent ?? '')
  if (has === wanted) return ok(`${id} is approved, with ${has} variables`)
  return fault(`${id} has ${has} variables, and we fill ${wanted}: each text would be refused`, texts)
}

async function signature({ name: to, settings }: Route, io: DiagnoseIo, signal: AbortSignal): Promise<Found> {
  const { sign = '', ...account } = await withToken(settings, io)
  type Listed = Review & { SignName?: string }
  for (const International of kindsOf(to)) {
    for (let Offset = 0; ; Offset += PAGE) {
      const fields = { International, Limit: PAGE, Offset }
      const { DescribeSignListStatusSet } = await ask('DescribeSmsSignList', fields, account, io, signal)
      const listed = (DescribeSignListStatusSet as Listed[] | undefined) ?? []
      const found = listed.find(({ SignName }) => SignName === sign)
      if (found !== undefined) return reviewed(found, `【${sign}】`) ?? ok(`【${sign}】 is approved`)
      if (listed.length < PAGE) break
    }
  }
  return fault(`the account has no signature 【${sign}】`, submitSign.en)
}

/** What is wrong with a review; undefined when the thing may be used. */
function reviewed({ StatusCode, ReviewReply }: Review, what: string): Found | undefined {
  switch (StatusCode) {
    case IN_FORCE:
      return undefined
    case UNDER_REVIEW:
      return warning(`${what} is under review: texts fail until it is approved`, 'wait; it takes hours to a day')
    case NOT_YET_IN_FORCE:
      return warning(`${what} is approved, and not yet in force`, 'wait')
    default:
      return fault(
        `${what} was refused: ${quoted(ReviewReply) || 'no reason given'}`,
        'change it as asked, and submit it again',
      )
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
  if (Response === undefined)
    throw new FoundError(warning(`can't tell: HTTP ${answer.status}, no answer of Tencent Cloud`, 'look again later'))
  if (Response.Error === undefined) return Response
  const { Code = '', Message } = Response.Error as { Code?: string; Message?: unknown }
  const { failure } = refused(Code, Message)
  const said = failureText(failure, 'en')
  const remedy = meaningOf(errors, Code)?.remedy?.en
  if (remedy !== undefined && (failure.class === 'bad-credentials' || failure.class === 'wrong-clock'))
    throw new FoundError(fault(said, remedy))
  const look = `an account of a person may not list them, a key needs sms:${action}: look in the console instead`
  throw new FoundError(warning(`can't tell: ${said}`, remedy ?? look))
}

function slotsOf(text: string): number {
  return new Set(text.match(/\{\d+\}/g)).size
}
