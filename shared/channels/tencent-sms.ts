import * as z from 'zod'
import { type SmsTemplate, smsSlots } from '../messages/sms.ts'
import type { Channel, ChannelIo, Delivery } from './channel.ts'
import { lost, quoted } from './network.ts'
import { fingerprint } from './robot.ts'
import { refused, retried, untold } from './tencent-sms-codes.ts'

const HOST = 'sms.tencentcloudapi.com'
const REGION = 'ap-guangzhou'

/** One segment: 70 characters of at most three UTF-8 bytes. */
const MAX_BYTES = 210

const smsTemplateNames: SmsTemplate[] = ['page', 'resolved', 'exhausted']

const template = z.string().regex(/^(\d+|\$\{\w+\})$/, 'the number of an approved template, in quotes')

const settings = z.strictObject({
  app: z.string().min(1).describe('SmsSdkAppId'),
  sign: z.string().min(1).optional().describe('Approved signature without brackets; mainland numbers need one'),
  templates: z
    .strictObject({ page: template, resolved: template, exhausted: template.optional() })
    .describe('Approved templates; `fenghuo sms templates` prints their texts'),
  region: z.string().min(1).optional().describe(`Default ${REGION}`),
  secretId: z.string().min(1).default('${TENCENTCLOUD_SECRET_ID}').describe('A reference to the environment.'),
  secretKey: z.string().min(1).default('${TENCENTCLOUD_SECRET_KEY}').describe('A reference to the environment.'),
  language: z.enum(['zh', 'en']).optional().describe('Of the approved templates. Default zh'),
})
type Settings = z.infer<typeof settings>

/** Text messages by approved templates through Tencent Cloud; the key comes from the environment. */
export const tencentSms: Channel<Settings> = {
  type: 'tencent-sms',
  summary: 'Text messages through Tencent Cloud, by approved templates.',
  settings,
  limits: { maxBytes: MAX_BYTES },
  rateKey: ({ app }) => fingerprint(app),
  async send(message, to, config, io) {
    if (!to.phone) return failed('no number')
    const approved = smsTemplateNames.filter((name) => config.templates[name] !== undefined)
    // An approved template has one language, whatever the reader's is.
    const slots = smsSlots({ ...message, language: config.language ?? 'zh' }, config.sign, approved)
    if (!slots) return failed(`no text message tells "${message.notice.kind}"`)
    const templateId = config.templates[slots.template]
    if (!templateId) return failed(`no template "${slots.template}"`)
    const request = {
      PhoneNumberSet: [to.phone],
      SmsSdkAppId: config.app,
      TemplateId: templateId,
      TemplateParamSet: slots.params,
      ...(config.sign === undefined ? {} : { SignName: config.sign }),
    }
    return sendSms(request, config, io)
  },
}

const failed = (reason: string): Delivery => ({ status: 'failed', reason: `Tencent SMS: ${reason}` })

/** SendSms, version 2021-01-11, for one number. */
async function sendSms(
  request: { PhoneNumberSet: string[] },
  { region = REGION, secretId, secretKey }: Settings,
  io: ChannelIo,
): Promise<Delivery> {
  const token = io.env.TENCENTCLOUD_TOKEN
  if (io.signal.aborted) return { status: 'retry', afterMs: 0, reason: 'Tencent SMS: no time left to send' }
  const { Client } = await import('tencentcloud-sdk-nodejs/tencentcloud/services/sms/v20210111/sms_client.js')
  const base = new URL(io.env.FENGHUO_TENCENT_URL ?? `https://${HOST}`)
  const client = new Client({
    credential: { secretId, secretKey, ...(token ? { token } : {}) },
    region,
    profile: { httpProfile: { endpoint: base.host, protocol: `${base.protocol}//` } },
  })
  try {
    return readAnswer(await client.request('SendSms', request, { signal: io.signal }), request.PhoneNumberSet[0] ?? '')
  } catch (error) {
    return readError(error)
  }
}

/** The answer has one status per number; it may write the number in another form than we did. */
function readAnswer(answer: unknown, phone: string): Delivery {
  const { SendStatusSet: statuses } = (answer ?? {}) as { SendStatusSet?: unknown }
  const all: Record<string, unknown>[] = Array.isArray(statuses) ? statuses : []
  const found = all.find((status) => sameNumber(String(status?.PhoneNumber), phone))
  const code = found?.Code
  if (typeof code !== 'string') return { status: 'unknown', reason: 'Tencent SMS: the answer lacks our number' }
  if (code === 'Ok') return { status: 'sent', receipt: quoted(found?.SerialNo) }
  return byCode(code, found?.Message)
}

const sameNumber = (theirs: string, ours: string): boolean => bare(theirs) === bare(ours)
const bare = (phone: string): string => phone.replace(/^(\+86|0086|86)(?=1\d{10}$)/, '').replace(/\D/g, '')

/** What the SDK throws: an error of the service's with its code, an HTTP status, or a connection's end. */
function readError(error: unknown): Delivery {
  const { code, httpCode, message } = (error ?? {}) as { code?: unknown; httpCode?: unknown; message?: unknown }
  if (typeof httpCode === 'number') {
    const reason = `Tencent SMS: HTTP ${httpCode}`
    if (httpCode === 429 || httpCode === 503) return { status: 'retry', afterMs: 5_000, reason }
    return { status: httpCode >= 500 ? 'unknown' : 'failed', reason }
  }
  if (typeof code === 'string' && /^[A-Z][a-z]/.test(code)) return byCode(code, message)
  return lost(error, 'Tencent SMS')
}

function byCode(code: string, message: unknown): Delivery {
  const reason = `Tencent SMS ${code}: ${refused[code] ?? quoted(message)}`
  const afterMs = retried[code]
  if (afterMs !== undefined) return { status: 'retry', afterMs, reason }
  return { status: untold.includes(code) ? 'unknown' : 'failed', reason }
}
