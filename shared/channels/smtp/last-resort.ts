import type { LastResort } from '../last-resorts/last-resort.ts'
import type { MailLastResort } from './send-mail.ts'
import { readSender } from './sender.ts'

const RECIPIENTS = 'LAST_RESORT_MAIL_TO'

/** SMTP over TLS from the first byte (RFC 8314, 7.3). */
const DEFAULT_PORT = 465

/** Mail as a last resort. */
export const smtpLastResort: LastResort<MailLastResort> = {
  type: 'smtp',
  recipients: RECIPIENTS,
  variables: {
    [RECIPIENTS]: { en: 'mailboxes, with commas', zh: '邮箱，用逗号分隔' },
    LAST_RESORT_MAIL_FROM: { en: '`Fenghuo <oncall@example.com>`', zh: '发件人，如 `Fenghuo <oncall@example.com>`' },
    LAST_RESORT_MAIL_HOST: { en: 'an SMTP server', zh: 'SMTP 服务器' },
    LAST_RESORT_MAIL_PORT: {
      en: 'its port: TLS from the first byte on 465 (the default), STARTTLS on others',
      zh: '端口：465（默认）从第一个字节起就是 TLS，其他为 STARTTLS',
    },
    LAST_RESORT_MAIL_USER: { en: 'its login, if it wants one', zh: '登录名，如需要' },
    LAST_RESORT_MAIL_PASSWORD: { en: 'the password of the login', zh: '登录密码' },
  },
  urgentOnly: false,
  read({ given, needed, list, wrong }) {
    const port = Number(given('LAST_RESORT_MAIL_PORT') ?? DEFAULT_PORT)
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      wrong({ en: 'LAST_RESORT_MAIL_PORT is no port', zh: 'LAST_RESORT_MAIL_PORT 不是端口' })
    const to = list(RECIPIENTS, /^[^@\s]+@[^@\s]+$/, 'oncall@example.com')
    const from = needed('LAST_RESORT_MAIL_FROM', RECIPIENTS)
    if (from !== '' && readSender(from) === undefined)
      wrong({ en: 'LAST_RESORT_MAIL_FROM has no mail address', zh: 'LAST_RESORT_MAIL_FROM 里没有邮箱地址' })
    const host = needed('LAST_RESORT_MAIL_HOST', RECIPIENTS)
    const user = given('LAST_RESORT_MAIL_USER')
    if (user === undefined) return { to, from, host, port }
    return { to, from, host, port, user, password: needed('LAST_RESORT_MAIL_PASSWORD', 'LAST_RESORT_MAIL_USER') }
  },
  sender: () => import('./smtp.last-resort.ts'),
  diagnose: () => import('./diagnose.ts'),
}
