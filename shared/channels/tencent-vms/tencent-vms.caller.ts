import { tc3Post, tencentKeyWith } from '../../clouds/tencent/tc3.ts'
import { HOUR_MS, MINUTE_MS } from '../../contracts/milliseconds.ts'
import type { Call, CallerOf, ChannelIo, Delivery, Placed, VendorUrl } from '../channel.ts'
import { refusal } from '../errors.ts'
import { post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { fingerprint } from '../robot.ts'
import { notPlaced } from '../voice/not-placed.ts'
import { spokenIn } from '../voice/spoken-in.ts'
import { tencentVmsCalls } from './calls.ts'
import { errors } from './errors.ts'
import type { VmsSettings } from './settings.ts'

const VENDOR = 'tencent-vms'

const url: VendorUrl = { variable: 'FENGHUO_TENCENT_VMS_URL', base: 'https://vms.tencentcloudapi.com' }

/** How often the sentence is said: nobody can press a key to hear it again (SendTtsVoice, PlayTimes: 1 to 3). */
const PLAY_TIMES = 3

/** A call rings for a minute at most, and says its sentence three times. */
const LASTS_MS = 180_000

/** Requests of an application in a second; calls from one number in a day; calls of notices to one number, of which a night has one. */
const limits = {
  source: 'cloud.tencent.com/document/product/1128/38004 (limits of calls), /1128/51558 (SendTtsVoice)',
  /** A template's content: 350 characters of three bytes. */
  maxBytes: 1_050,
  perSecond: 5,
  perDay: 3_000,
  perCallee: {
    of: VENDOR,
    windows: [
      { calls: 1, ms: MINUTE_MS / 2 },
      { calls: 2, ms: 10 * MINUTE_MS },
      { calls: 1, ms: 10 * HOUR_MS, fromHour: 22 },
      { calls: 3, ms: 24 * HOUR_MS },
    ],
    gapMs: 2_000,
  },
}

/**
 * Calls to mainland China by Tencent Cloud's SendTtsVoice: one approved sentence without variables, and no key. There is no idempotency
 * key, and its callbacks bring no name back: a call whose answer was lost is never asked for again, and nobody learns how it ended.
 */
export const tencentVmsCaller: CallerOf<VmsSettings> = {
  type: VENDOR,
  url,
  errors,
  ...tencentVmsCalls,
  limits,
  rateKey: ({ app }) => fingerprint(app),
  lastsMs: LASTS_MS,
  place,
}

async function place(call: Call, given: VmsSettings, io: ChannelIo): Promise<Placed> {
  const spoken = spokenIn(given.templates, call.language)
  if (spoken === undefined)
    return { status: 'refused', failure: { class: 'no-template', vendor: VENDOR, template: 'alert' } }
  const fields = {
    TemplateId: spoken.codes,
    CalledNumber: call.phone,
    VoiceSdkAppid: given.app,
    TemplateParamSet: [],
    PlayTimes: PLAY_TIMES,
    SessionContext: call.name,
  }
  const request = {
    url: new URL('/', baseUrl(url, io.env)),
    service: 'vms',
    action: 'SendTtsVoice',
    version: '2020-09-02',
    region: 'ap-guangzhou',
  }
  const signed = tc3Post(request, fields, tencentKeyWith(given, io.env), io.now())
  const delivery = await post({ ...signed, vendor: VENDOR, read }, io)
  if (delivery.status === 'sent') return { status: 'placed', contactId: delivery.receipt ?? '' }
  return notPlaced(delivery, call)
}

interface Response {
  Error?: { Code?: unknown; Message?: unknown }
  SendStatus?: { CallId?: unknown }
}

/** `receipt`: the call's id. */
function read(answer: unknown): Delivery | undefined {
  const { Response } = (answer ?? {}) as { Response?: Response }
  if (typeof Response?.Error?.Code === 'string')
    return refusal(VENDOR, Response.Error.Code, Response.Error.Message, errors)
  const id = Response?.SendStatus?.CallId
  return typeof id === 'string' && id !== '' ? { status: 'sent', receipt: id } : undefined
}
