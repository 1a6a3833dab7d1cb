import { aliyunKeyOf } from '../../clouds/aliyun/rpc.ts'
import type { LastResortSender } from '../last-resorts/last-resort.ts'
import { noKey, type TextRecipients } from '../last-resorts/sms-last-resort.ts'
import { sendAliyunSms, VENDOR } from './send.ts'

/** Texts to the number `to`, with a key of its own or that of the function's role. */
export const send: LastResortSender<TextRecipients>['send'] = async ({ slots }, to, { sign, template, key }, io) => {
  const used = key ? { accessKeyId: key.id, accessKeySecret: key.secret } : aliyunKeyOf(io.env)
  return used === undefined ? noKey(VENDOR) : sendAliyunSms({ phone: to, sign, template, params: slots }, used, io)
}
