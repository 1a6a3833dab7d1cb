import { tencentKeyWith } from '../../clouds/tencent/tc3.ts'
import { askJson } from '../ask-json.ts'
import type { Channel } from '../channel.ts'
import { textEndOf } from './receipts.ts'
import { tencentSmsRequest } from './send.ts'
import type { TencentSettings } from './settings.ts'

/** The vendor's clock may be behind ours. */
const BEFORE_MS = 60_000

/** A number has no more texts than these in the time that is asked about (Limit: at most 100). */
const MOST = 100

/** PullSmsSendStatusByPhoneNumber, version 2021-01-11: what became of the texts to one number, of which one is looked for. */
export const receiptOf: NonNullable<Channel<TencentSettings>['receiptOf']> = async (
  receipt,
  sentAt,
  { phone },
  settings,
  io,
) => {
  const fields = {
    BeginTime: Math.floor((sentAt - BEFORE_MS) / 1000),
    EndTime: Math.floor(io.now() / 1000),
    Offset: 0,
    Limit: MOST,
    PhoneNumber: phone,
    SmsSdkAppId: settings.app,
  }
  const key = tencentKeyWith(settings, io.env)
  const request = tencentSmsRequest('PullSmsSendStatusByPhoneNumber', fields, settings.region, key, io)
  const { Response } = await askJson(request, io)
  const { PullSmsSendStatusSet: listed } = Object(Response) as { PullSmsSendStatusSet?: unknown }
  const all: Record<string, unknown>[] = Array.isArray(listed) ? listed.map((one) => Object(one)) : []
  const own = all.find(({ SerialNo }) => SerialNo === receipt)
  return own && textEndOf(own.ReportStatus, undefined, own.Description)
}
