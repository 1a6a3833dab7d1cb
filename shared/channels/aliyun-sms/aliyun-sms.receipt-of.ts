import { aliyunKeyWith } from '../../clouds/aliyun/rpc.ts'
import { askJson } from '../ask-json.ts'
import type { Channel } from '../channel.ts'
import { quotation } from '../network.ts'
import { aliyunSmsRequest, numberOf, VENDOR } from './send.ts'
import type { Settings } from './settings.ts'

/** A day is one of China's. */
const BEIJING_MS = 8 * 3_600_000

/** Of a text (QuerySendDetails, SendStatus): 1 is no word of the carrier yet. */
const FAILED = 2
const ARRIVED = 3

/** Dysmsapi's QuerySendDetails, version 2017-05-25: what became of one text. */
export const receiptOf: NonNullable<Channel<Settings>['receiptOf']> = async (
  receipt,
  sentAt,
  { phone = '' },
  settings,
  io,
) => {
  const parameters = {
    PhoneNumber: numberOf(phone),
    BizId: receipt,
    SendDate: new Date(sentAt + BEIJING_MS).toISOString().slice(0, 10).replaceAll('-', ''),
    PageSize: '10',
    CurrentPage: '1',
  }
  const request = aliyunSmsRequest('QuerySendDetails', parameters, aliyunKeyWith(settings, io.env), io)
  const { SmsSendDetailDTOs } = await askJson(request, io)
  const { SmsSendDetailDTO: listed } = Object(SmsSendDetailDTOs) as { SmsSendDetailDTO?: unknown }
  const { SendStatus, ErrCode } = Object(Array.isArray(listed) ? listed[0] : undefined) as Record<string, unknown>
  if (SendStatus === ARRIVED) return {}
  if (SendStatus !== FAILED) return undefined
  return { failure: { class: 'not-delivered', vendor: VENDOR, code: quotation(ErrCode).said ?? '' } }
}
