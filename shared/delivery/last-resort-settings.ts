import type { Env } from '../clouds/aws/lambda.ts'

/** Whom a probe tells itself when no queue can be reached, by which of its own cloud's channels. */
export interface Recipients {
  wecomKey?: string
  sms?: SmsRecipients
  mail?: MailRecipients
}

export interface SmsRecipients {
  vendor: SmsVendor
  /** E.164. */
  to: string[]
  sign: string
  template: string
  /** Tencent's SmsSdkAppId. */
  app?: string
  /** Absent: the key of the function's role. */
  key?: { id: string; secret: string }
}

export interface MailRecipients {
  to: string[]
  from: string
  host: string
  port: number
  user?: string
  password?: string
}

export type SmsVendor = 'tencent' | 'aliyun'

/** Every variable that `recipientsOf` reads: packaging puts those that are set into a probe's environment. */
export const recipientVariables = [
  'LAST_RESORT_WECOM_KEY',
  'LAST_RESORT_SMS_TO',
  'LAST_RESORT_SMS_SIGN',
  'LAST_RESORT_SMS_TEMPLATE',
  'LAST_RESORT_SMS_APP',
  'LAST_RESORT_SMS_KEY_ID',
  'LAST_RESORT_SMS_KEY_SECRET',
  'LAST_RESORT_MAIL_TO',
  'LAST_RESORT_MAIL_FROM',
  'LAST_RESORT_MAIL_HOST',
  'LAST_RESORT_MAIL_PORT',
  'LAST_RESORT_MAIL_USER',
  'LAST_RESORT_MAIL_PASSWORD',
] as const

type Variable = (typeof recipientVariables)[number]

/** Few: whoever is told this way has to act. */
const MOST_RECIPIENTS = 10

/** SMTP over TLS from the first byte (RFC 8314, 7.3). */
const DEFAULT_PORT = 465

/**
 * The last-resort recipients of an environment; undefined: there are none. `vendor` is whose text messages this cloud sends;
 * absent: none. Throws one RangeError with all that is wrong, naming the variables.
 */
export function recipientsOf(env: Env, vendor?: SmsVendor): Recipients | undefined {
  const problems: string[] = []
  const found: Recipients = { ...wecomOf(), ...smsOf(), ...mailOf() }
  if (problems.length > 0) throw new RangeError(problems.join('; '))
  return Object.keys(found).length === 0 ? undefined : found

  function given(name: Variable): string | undefined {
    return env[name]?.trim() || undefined
  }

  function needed(name: Variable, because: Variable): string {
    const value = given(name)
    if (value === undefined) problems.push(`${because} is set, and ${name} is not`)
    return value ?? ''
  }

  /** A list with commas, each of a form. */
  function list(name: Variable, form: RegExp, example: string): string[] {
    const all = (given(name) ?? '').split(',').map((one) => one.trim())
    const wrong = all.filter((one) => !form.test(one))
    if (wrong.length > 0) problems.push(`${name}: ${wrong.join(', ')} should be such as ${example}`)
    if (all.length > MOST_RECIPIENTS) problems.push(`${name}: more than ${MOST_RECIPIENTS}`)
    return all
  }

  function wecomOf(): Recipients {
    const wecomKey = given('LAST_RESORT_WECOM_KEY')
    if (wecomKey?.includes('/')) problems.push('LAST_RESORT_WECOM_KEY should be what follows key= in the address')
    return wecomKey === undefined ? {} : { wecomKey }
  }

  function smsOf(): Recipients {
    if (given('LAST_RESORT_SMS_TO') === undefined) return {}
    if (vendor === undefined) {
      problems.push('LAST_RESORT_SMS_TO: a probe on AWS tells by robot and mail only')
      return {}
    }
    const id = given('LAST_RESORT_SMS_KEY_ID')
    const sms: SmsRecipients = {
      vendor,
      to: list('LAST_RESORT_SMS_TO', /^\+[1-9]\d{6,14}$/, '+8613800000001,+6591234567'),
      sign: decoded(needed('LAST_RESORT_SMS_SIGN', 'LAST_RESORT_SMS_TO')),
      template: needed('LAST_RESORT_SMS_TEMPLATE', 'LAST_RESORT_SMS_TO'),
      ...(vendor === 'tencent' ? { app: needed('LAST_RESORT_SMS_APP', 'LAST_RESORT_SMS_TO') } : {}),
      ...(id === undefined
        ? {}
        : { key: { id, secret: needed('LAST_RESORT_SMS_KEY_SECRET', 'LAST_RESORT_SMS_KEY_ID') } }),
    }
    return { sms }
  }

  function mailOf(): Recipients {
    if (given('LAST_RESORT_MAIL_TO') === undefined) return {}
    const port = Number(given('LAST_RESORT_MAIL_PORT') ?? DEFAULT_PORT)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) problems.push('LAST_RESORT_MAIL_PORT is no port')
    const user = given('LAST_RESORT_MAIL_USER')
    const mail: MailRecipients = {
      to: list('LAST_RESORT_MAIL_TO', /^[^@\s]+@[^@\s]+$/, 'oncall@example.com'),
      from: needed('LAST_RESORT_MAIL_FROM', 'LAST_RESORT_MAIL_TO'),
      host: needed('LAST_RESORT_MAIL_HOST', 'LAST_RESORT_MAIL_TO'),
      port,
      ...(user === undefined ? {} : { user, password: needed('LAST_RESORT_MAIL_PASSWORD', 'LAST_RESORT_MAIL_USER') }),
    }
    return { mail }
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
