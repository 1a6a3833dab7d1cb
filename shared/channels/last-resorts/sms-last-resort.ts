import type { Delivery } from '../channel.ts'
import type { LastResortVariables } from './last-resort.ts'

/** What the vendors of text messages have in common as a last resort: each cloud's probes text by their own. */
export interface TextRecipients {
  sign: string
  template: string
  /** Absent: the key of the function's role. */
  key?: { id: string; secret: string }
}

export const TEXT_RECIPIENTS = 'LAST_RESORT_SMS_TO'

export const textVariables = {
  [TEXT_RECIPIENTS]: { en: 'phones, as `+8613800000001,+6591234567`', zh: '手机号，如 `+8613800000001,+6591234567`' },
  LAST_RESORT_SMS_SIGN: {
    en: 'the approved signature, without brackets; may be percent-encoded',
    zh: '审核通过的签名，不带括号；可以百分号编码',
  },
  LAST_RESORT_SMS_TEMPLATE: {
    en: 'the approved template; `bin/fenghuo.js sms templates` prints its text for each vendor',
    zh: '审核通过的模板；`bin/fenghuo.js sms templates` 打印给各厂商的正文',
  },
  LAST_RESORT_SMS_KEY_ID: {
    en: "id of a key that may send texts; absent: the key of the function's role",
    zh: '可以发短信的密钥 ID；不写则用函数角色的密钥',
  },
  LAST_RESORT_SMS_KEY_SECRET: { en: 'its secret', zh: '它的密钥' },
}

/** Whom to text as a last resort, and with which signature, template and key: the variables that all senders of texts share. */
export function readTextRecipients({ given, needed, list }: LastResortVariables): TextRecipients & { to: string[] } {
  const id = given('LAST_RESORT_SMS_KEY_ID')
  return {
    to: list(TEXT_RECIPIENTS, /^\+[1-9]\d{6,14}$/, '+8613800000001,+6591234567'),
    sign: decoded(needed('LAST_RESORT_SMS_SIGN', TEXT_RECIPIENTS)),
    template: needed('LAST_RESORT_SMS_TEMPLATE', TEXT_RECIPIENTS),
    ...(id === undefined
      ? {}
      : { key: { id, secret: needed('LAST_RESORT_SMS_KEY_SECRET', 'LAST_RESORT_SMS_KEY_ID') } }),
  }
}

/** FC takes printable ASCII only in an environment (its page "Environment variables"), so a signature may be percent-encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Neither a key of its own nor one of a role. */
export function noKey(vendor: string): Delivery {
  const variables = ['LAST_RESORT_SMS_KEY_ID', 'LAST_RESORT_SMS_KEY_SECRET']
  return { status: 'failed', failure: { class: 'not-configured', vendor, variables } }
}
