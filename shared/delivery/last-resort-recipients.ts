import { sendAliyunSms } from '../channels/aliyun-sms/send.ts'
import type { ChannelIo, Delivery } from '../channels/channel.ts'
import { sendMail } from '../channels/smtp/send.ts'
import { sendTencentSms } from '../channels/tencent-sms/send.ts'
import { sendToAll, VENDOR as WECOM } from '../channels/wecom-robot/send.ts'
import { aliyunKeyOf } from '../clouds/aliyun/rpc.ts'
import { tencentKeyOf } from '../clouds/tencent/tc3.ts'
import { composeLastResort, type LastResortNotice, lastResortMail, lastResortSlots } from '../messages/last-resort.ts'
import type { MailRecipients, Recipients, SmsRecipients } from './last-resort-settings.ts'

/** One recipient, and the way there. */
export interface Addressee {
  /** A robot's type, or what people are reached at. */
  channel: typeof WECOM | 'sms' | 'email'
  /** The robot's key, the phone or the mailbox. Not logged. */
  to: string
  /** Is told only what people are to be disturbed for. */
  urgentOnly: boolean
  /** Never rejects: every end is a `Delivery`. */
  send(notice: LastResortNotice, io: ChannelIo): Promise<Delivery>
}

export function addressees({ wecomKey, sms, mail }: Recipients): Addressee[] {
  return [
    ...(wecomKey === undefined ? [] : [robot(wecomKey)]),
    ...(sms?.to.map((to) => phone(to, sms)) ?? []),
    ...(mail?.to.map((to) => mailbox(to, mail)) ?? []),
  ]
}

function robot(key: string): Addressee {
  const send: Addressee['send'] = (notice, io) => sendToAll(composeLastResort(notice), key, io)
  return { channel: WECOM, to: key, urgentOnly: false, send }
}

function phone(to: string, sms: SmsRecipients): Addressee {
  return { channel: 'sms', to, urgentOnly: true, send: (notice, io) => sendSms(notice, to, sms, io) }
}

function mailbox(to: string, mail: MailRecipients): Addressee {
  const send: Addressee['send'] = (notice, io) => sendMail({ to, ...lastResortMail(notice) }, mail, io)
  return { channel: 'email', to, urgentOnly: false, send }
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
  failure: { class: 'not-configured', variables: ['LAST_RESORT_SMS_KEY_ID', 'LAST_RESORT_SMS_KEY_SECRET'] },
}
