import { type TencentKey, tc3Post } from '../../clouds/tencent/tc3.ts'
import type { ChannelIo, Delivery, VendorUrl } from '../channel.ts'
import { refusal } from '../errors.ts'
import { quoted } from '../network.ts'
import { post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { errors } from './errors.ts'

export const url: VendorUrl = { variable: 'FENGHUO_TENCENT_URL', base: 'https://sms.tencentcloudapi.com' }
export const VENDOR = 'tencent-sms'

/** Where texts are sent from unless somebody says otherwise. */
export const SMS_REGION = 'ap-guangzhou'

/** One text by an approved template. */
export interface TencentText {
  /** E.164. */
  phone: string
  /** SmsSdkAppId. */
  app: string
  template: string
  /** In the order of the template's variables. */
  params: string[]
  /** Mainland numbers need one. */
  sign: string | undefined
  region?: string | undefined
}

/** SendSms, version 2021-01-11 (cloud.tencent.com/document/api/382/55981), for one number. */
export function sendTencentSms(text: TencentText, key: TencentKey, io: ChannelIo): Promise<Delivery> {
  const fields = {
    PhoneNumberSet: [text.phone],
    SmsSdkAppId: text.app,
    TemplateId: text.template,
    TemplateParamSet: text.params,
    ...(text.sign === undefined ? {} : { SignName: text.sign }),
  }
  const request = tencentSmsRequest('SendSms', fields, text.region, key, io)
  return post({ ...request, vendor: VENDOR, read: (answer) => readAnswer(answer, text.phone) }, io)
}

/** A signed request to an action of the same version, to be posted as it is. */
export function tencentSmsRequest(
  action: string,
  fields: object,
  region: string | undefined,
  key: TencentKey,
  { env, now }: Pick<ChannelIo, 'env' | 'now'>,
): ReturnType<typeof tc3Post> {
  const request = {
    url: new URL('/', baseUrl(url, env)),
    service: 'sms',
    action,
    version: '2021-01-11',
    region: region ?? SMS_REGION,
  }
  return tc3Post(request, fields, key, now())
}

interface Response {
  Error?: { Code?: unknown; Message?: unknown }
  SendStatusSet?: unknown
}

/** An error for the whole request, or one status per number, which may be written in another form than ours. */
function readAnswer(answer: unknown, phone: string): Delivery | undefined {
  const { Response } = (answer ?? {}) as { Response?: Response }
  if (typeof Response?.Error?.Code === 'string') return refused(Response.Error.Code, Response.Error.Message)
  if (!Array.isArray(Response?.SendStatusSet)) return undefined
  const all: Record<string, unknown>[] = Response.SendStatusSet
  const found = all.find((status) => sameNumber(String(status?.PhoneNumber), phone))
  const code = found?.Code
  if (typeof code !== 'string') return { status: 'unknown', failure: { class: 'unreadable-answer', vendor: VENDOR } }
  if (code === 'Ok') return { status: 'sent', receipt: quoted(found?.SerialNo) }
  return refused(code, found?.Message)
}

const sameNumber = (theirs: string, ours: string): boolean => bare(theirs) === bare(ours)
const bare = (phone: string): string => phone.replace(/^(\+86|0086|86)(?=1\d{10}$)/, '').replace(/\D/g, '')

/** What the vendor's refusal with `code` and `words` means. */
export const refused = (code: string, words: unknown) => refusal(VENDOR, code, words, errors)
