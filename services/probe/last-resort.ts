import { sendAliyunSms } from '../../shared/channels/aliyun-sms-send.ts'
import type { ChannelIo, Delivery } from '../../shared/channels/channel.ts'
import { sendMail } from '../../shared/channels/mail-send.ts'
import { sendTencentSms } from '../../shared/channels/tencent-sms-send.ts'
import { sendToAll } from '../../shared/channels/wecom-send.ts'
import { aliyunKeyOf } from '../../shared/clouds/aliyun/rpc.ts'
import { tencentKeyOf } from '../../shared/clouds/tencent/tc3.ts'
import {
  composeLastResort,
  type LastResortNotice,
  lastResortMail,
  lastResortSlots,
} from '../../shared/messages/last-resort.ts'
import type { Recipients, SmsRecipients } from './recipients.ts'

/** What became of the notice at one channel. Recipients are counted, not named: this is logged. */
export interface Told {
  channel: 'wecom-robot' | 'sms' | 'email'
  delivery: Delivery
}

/**
 * Tells the recipients, all at once. Text messages go only for what people are to be disturbed for. Never rejects: every end is a
 * `Delivery`. This module is loaded when it is needed: no probe that reaches its queue carries it in memory.
 */
export async function tellLastResort(
  notice: LastResortNotice,
  { wecomKey, sms, mail }: Recipients,
  io: ChannelIo,
): Promise<Told[]> {
  const tellings: Promise<Told>[] = []
  const tell = (channel: Told['channel'], sending: Promise<Delivery>) =>
    tellings.push(sending.then((delivery) => ({ channel, delivery })))

  if (wecomKey !== undefined) tell('wecom-robot', sendToAll(composeLastResort(notice), wecomKey, io))
  const urgent = { ...notice, troubles: notice.troubles.filter((trouble) => trouble.urgent) }
  for (const phone of sms?.to ?? []) if (sms && urgent.troubles.length > 0) tell('sms', sendSms(urgent, phone, sms, io))
  for (const to of mail?.to ?? []) if (mail) tell('email', sendMail({ to, ...lastResortMail(notice) }, mail, io))
  return Promise.all(tellings)
}

async function sendSms(notice: LastResortNotice, phone: string, sms: SmsRecipients, io: ChannelIo): Promise<Delivery> {
  const { sign, template, key } = sms
  const params = lastResortSlots(notice) ?? {}
  if (sms.vendor === 'tencent') {
    const tencentKey = key ? { secretId: key.id, secretKey: key.secret } : tencentKeyOf(io.env)
    if (tencentKey === undefined) return NO_KEY
    const text = { phone, sign, template, app: sms.app ?? '', params: Object.values(params) }
    return sendTencentSms(text, tencentKey, io)
  }
  const aliyunKey = key ? { accessKeyId: key.id, accessKeySecret: key.secret } : aliyunKeyOf(io.env)
  return aliyunKey === undefined ? NO_KEY : sendAliyunSms({ phone, sign, template, params }, aliyunKey, io)
}

const NO_KEY: Delivery = {
  status: 'failed',
  reason: 'no key for text messages: give the function a role, or set LAST_RESORT_SMS_KEY_ID and _KEY_SECRET',
}
