import { tencentKeyOf } from '../../clouds/tencent/tc3.ts'
import type { LastResortSender } from '../last-resorts/last-resort.ts'
import { noKey } from '../last-resorts/sms-last-resort.ts'
import { sendTencentSms, VENDOR } from './send.ts'
import type { TencentLastResort } from './settings.ts'

/** Texts to the number `to`, with a key of its own or that of the function's role. */
export const send: LastResortSender<TencentLastResort>['send'] = async (
  { slots },
  to,
  { sign, template, app, key },
  io,
) => {
  const used = key ? { secretId: key.id, secretKey: key.secret } : tencentKeyOf(io.env)
  if (used === undefined) return noKey(VENDOR)
  return sendTencentSms({ phone: to, sign, template, app, params: Object.values(slots) }, used, io)
}
