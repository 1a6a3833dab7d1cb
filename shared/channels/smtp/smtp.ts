import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { wrong } from '../../contracts/mistake.ts'
import { emailOf } from '../../messages/email.ts'
import type { Message } from '../../messages/message.ts'
import { mailAddress } from '../../oncall/address.ts'
import type { Channel } from '../channel.ts'
import { fingerprint } from '../robot.ts'
import { errors } from './errors.ts'
import { domainOf, readHost, readSender } from './sender.ts'

/**
 * Every server must take so much. Some let strangers wait before they greet, to see who talks first: Postfix's postscreen for 6 s
 * (postscreen_greet_wait, https://www.postfix.org/postconf.5.html). What became of the mail must be written down before the function
 * that sends it ends, after 15 s.
 */
const limits = { source: 'RFC 5321, 4.5.3.1.7', maxBytes: 64_000, answerMs: 12_000 }

const settings = z
  .strictObject({
    host: z
      .string()
      .check(
        z.minLength(1),
        z.meta({ description: 'The mail server.', zh: '邮件服务器。', examples: ['smtp.example.com'] }),
      ),
    port: z.int().check(
      z.minimum(1),
      z.maximum(65_535),
      z.meta({
        description: 'Its port: 465 is TLS from the first byte, 587 STARTTLS.',
        zh: '端口：465 从第一个字节起就是 TLS，587 为 STARTTLS。',
        examples: [465],
      }),
    ),
    user: z.optional(z.string().check(z.minLength(1))).check(
      z.meta({
        description: 'Its login.',
        zh: '登录名。',
        absent: { en: 'without a login', zh: '不登录' },
        examples: ['oncall@example.com'],
      }),
    ),
    password: z.optional(z.string().check(z.minLength(1))).check(
      z.meta({
        description: 'The password of the login: a reference to the environment.',
        zh: '登录密码：写成对环境变量的引用。',
        examples: ['${SMTP_PASSWORD}'],
      }),
    ),
    from: z.string().check(
      z.refine(
        (from) => from.includes('${') || readSender(from) !== undefined,
        wrong('no-mail-address', (input) => ({
          en: `"${input}" holds no mail address in ASCII: write oncall@example.com, or Fenghuo <oncall@example.com>`,
          zh: `“${input}”里没有 ASCII 的邮箱地址：写 oncall@example.com，或 Fenghuo <oncall@example.com>`,
        })),
      ),
      z.meta({
        description: 'Whom mail comes from: an address, with a name before it if you like.',
        zh: '发件人：邮箱地址，前面可加名称。',
        examples: ['烽火 <oncall@example.com>'],
      }),
    ),
    ehlo: z
      .optional(
        z.string().check(
          z.refine(
            (host) => host.includes('${') || readHost(host) !== undefined,
            wrong('no-host-name', (input) => ({
              en: `"${input}" is not a host name, such as fenghuo.example.com`,
              zh: `“${input}”不是主机名，如 fenghuo.example.com`,
            })),
          ),
        ),
      )
      .check(
        z.meta({
          description: 'The host name by which the server is greeted.',
          zh: '问候服务器时所报的主机名。',
          absent: { en: 'the domain of `from`', zh: '`from` 的域名' },
          examples: ['fenghuo.example.com'],
        }),
      ),
    secure: z.optional(z.boolean()).check(
      z.meta({
        description: 'TLS from the first byte; else STARTTLS is demanded.',
        zh: '从第一个字节起就用 TLS；否则必须支持 STARTTLS。',
        absent: { en: '`true` on port 465', zh: '端口为 465 时为 `true`' },
      }),
    ),
    ca: z.optional(z.string().check(z.minLength(1))).check(
      z.meta({
        description: "PEM of the authority that signed the server's certificate, if that is private.",
        zh: '签发服务器证书的机构的 PEM，私有机构才需要。',
        examples: ['${SMTP_CA}'],
      }),
    ),
  })
  .check(
    z.refine(({ user, password }) => (user === undefined) === (password === undefined), {
      ...wrong('needs-other', { en: 'user and password go together', zh: 'user 和 password 要一起写' }),
      path: ['password'],
    }),
  )
type Settings = z.infer<typeof settings>

/** E-mail through an SMTP server, always over verified TLS. */
export const smtp: Channel<Settings> = {
  type: 'smtp',
  title: { zh: '邮件', en: 'E-mail' },
  summary: { en: 'E-mail through an SMTP server, over verified TLS.', zh: '经 SMTP 服务器发邮件，TLS 并校验证书。' },
  reaches: 'person',
  address: mailAddress,
  settings,
  example: {
    host: 'smtp.example.com',
    port: 465,
    user: 'oncall@example.com',
    password: '${SMTP_PASSWORD}',
    from: 'Fenghuo <oncall@example.com>',
  },
  errors,
  diagnose: () => import('./diagnose.ts'),
  limits,
  rateKey: ({ host, port, user }) => fingerprint(`${host}:${port}:${user ?? ''}`),
  async send(message, to, config, io) {
    if (!to.email) return { status: 'failed', failure: { class: 'no-address', vendor: 'smtp', of: 'email' } }
    const mail = { to: to.email, ...emailOf(message, limits.maxBytes / 2) }
    // It brings nodemailer, which is more than all else that a function loads to send a message.
    const { sendMail } = await import('./send-mail.ts')
    return sendMail({ ...mail, ...threading(message, to.email, config.from) }, config, io)
  },
  async write(letter, { email }, config, io) {
    if (!email) return { status: 'failed', failure: { class: 'no-address', vendor: 'smtp', of: 'email' } }
    const { sendMail } = await import('./send-mail.ts')
    return sendMail({ to: email, ...letter }, config, io)
  },
}

/**
 * One Message-ID per notice and recipient, the same when it is sent again, so that a reader shows a repeat once; all
 * mails of an incident refer to one id and form a thread.
 */
function threading({ notice }: Message, recipient: string, from: string) {
  const sender = readSender(from)
  const domain = sender ? domainOf(sender) : 'fenghuo'
  const id = (...parts: (string | number)[]): string => {
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
    return `<${digest.slice(0, 32)}@${domain}>`
  }
  const thread = id(notice.incident, recipient)
  return { messageId: id(notice.incident, recipient, notice.kind, notice.at), inReplyTo: thread, references: [thread] }
}
