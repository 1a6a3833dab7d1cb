import * as z from 'zod'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format, UnpackIo } from '../format.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { severityOf } from '../severity-words.ts'
import { firstText, textOf } from '../text.ts'

/** What Amazon SES says of a mail that it has received (SES developer guide, "Amazon SNS notification contents for receiving"). */
const notification = z
  .looseObject({}, { error: 'should be a notification of Amazon SES' })
  .refine((body: Record<string, unknown>) => isRecord(body.mail), { path: ['mail'], error: 'is missing' })
type Notification = Record<string, unknown>

/** A mail's words at its beginning, and what they make of it. */
const begins = /^(?:\s|re:|fwd?:|aw:|回复[:：]|转发[:：])*/i
const over =
  /^[[【(（]?\s*(?:(?:resolved|recovery|recovered|ok)(?![a-z0-9])|恢复正常|已恢复|恢复|已解决)\s*[\]】)）:：-]?\s*/i
/** A recovery that failed is no end. */
const failing = /^(?:fail|error|失败|异常|超时|中断)/i
const bracketed = /^[[【(（]\s*([^\]】)）]{1,20})\s*[\]】)）]\s*/
const counted = /[[(（#]\s*#?\d+\s*[\])）]?/g

/** Mail that alerts by mail, received by Amazon SES. */
export const email: Format<Notification> = {
  format: 'email',
  title: { en: 'Mail (Amazon SES)', zh: '邮件（Amazon SES）' },
  routes: ['/email/{key}'],
  schema: notification,
  matches: (body) => isRecord(body) && isRecord(body.mail) && isRecord(body.receipt),
  unpack,
  toAlerts: (body) => [draftOf(body)],
  answers: plainAnswers({ taken: 200, busy: 503 }),
  samples: ['sns-email-received'],
  setup: {
    en: `\`npx sls deploy --param="mailDomain=in.example.com"\` in a region where SES receives mail: point the domain's MX record at
\`inbound-smtp.<region>.amazonaws.com\`, verify it in SES, and make the rule set of the output \`MailRuleSet\` the active one
(\`aws ses set-active-receipt-rule-set\`), or name the active one by \`--param="mailRuleSet=…"\`. Alerts go to
\`anything+{key}@in.example.com\`: the key says whose they are. The subject is what is said and what it is known by, apart from \`Re:\`,
numbers in brackets, a severity in brackets at its beginning (\`[CRITICAL]\`), and the words that end it: RESOLVED, RECOVERY, OK, 恢复. The
text stands in the details. What SES finds to be spam, to carry a virus or to be of another sender than it says is told to the chat once,
and pages nobody.`,
    zh: `在 SES 支持收信的地域执行 \`npx sls deploy --param="mailDomain=in.example.com"\`：把域名的 MX 指向
\`inbound-smtp.<region>.amazonaws.com\`，在 SES 验证域名，把输出 \`MailRuleSet\` 的规则集设为活动
（\`aws ses set-active-receipt-rule-set\`），或用 \`--param="mailRuleSet=…"\` 指定已有的活动规则集。告警发到
\`任意+{key}@in.example.com\`，密钥决定归哪个项目。主题就是告警内容与标识，其中 \`Re:\`、括号里的数字、开头括号里的严重程度（\`[CRITICAL]\`）
和表示结束的词（RESOLVED、RECOVERY、OK、恢复）不算在内，正文放在详情里。SES 判为垃圾邮件、带病毒或冒名的，只在群里说一次，不呼叫任何人。`,
  },
  example: { body: exampleOf('[INFO] Test of the way in'), resolved: exampleOf('RESOLVED: Test of the way in') },
}

function exampleOf(subject: string) {
  return {
    notificationType: 'Received',
    mail: { source: 'test@example.com', commonHeaders: { subject, from: ['test@example.com'] } },
    receipt: { recipients: [] },
  }
}

/** What stands behind the plus of each recipient: `pay+key@in.example.com`. */
export function keysOf(body: Notification): string[] {
  const recipients = listOf(recordOf(body.receipt).recipients).map(textOf)
  return recipients.flatMap((one) => /\+([^+@]+)@[^@]*$/.exec(one)?.slice(1) ?? [])
}

/** Reads the mail itself, which the notification carries or names. What can't be read pages by its subject. */
async function unpack(body: Notification, io: UnpackIo): Promise<Notification> {
  try {
    const raw = await rawOf(body, io)
    if (raw === undefined) return body
    const { readMail } = await import('./mime.ts')
    return { ...body, read: await readMail(raw) }
  } catch (error) {
    io.log({ level: 'warn', event: 'mail not read', error: String(error) })
    return body
  }
}

async function rawOf({ content, receipt }: Notification, io: UnpackIo): Promise<Buffer | undefined> {
  const { type, encoding, bucketName, objectKey } = recordOf(recordOf(receipt).action)
  if (typeof content === 'string') return Buffer.from(content, /base64/i.test(textOf(encoding)) ? 'base64' : 'utf8')
  return type === 'S3' ? io.fetchObject(textOf(bucketName), textOf(objectKey)) : undefined
}

function draftOf(body: Notification): Draft {
  const { commonHeaders, timestamp, source, messageId } = recordOf(body.mail)
  const headers = recordOf(commonHeaders)
  const read = recordOf(body.read)
  const subject = firstText(headers.subject, read.subject).replace(begins, '')
  const [, word = ''] = bracketed.exec(subject) ?? []
  const severity = severityOf(word)
  const isOver = over.test(subject) && !failing.test(subject.replace(over, ''))
  const rest = (isOver ? subject.replace(over, '') : subject).replace(bracketed, (whole, inner) =>
    severityOf(inner) ? '' : whole,
  )
  const doubts = doubtsOf(body)
  return {
    action: isOver && doubts.length === 0 ? 'resolve' : 'trigger',
    dedupKey: doubts.length > 0 ? `mail/${textOf(messageId)}` : keyOf(rest),
    once: doubts.length > 0,
    summary: [...doubts, firstText(rest, subject, textOf(read.text).split('\n')[0])].join(': '),
    source: firstText(listOf(headers.from)[0], source),
    severity: doubts.length > 0 ? 'info' : severity,
    at: timestamp,
    details: { text: read.text, to: listOf(recordOf(body.receipt).recipients).map(withoutKey) },
  }
}

/** The same trouble has the same subject, but for what counts it. Absent without one: each such mail stands for itself. */
function keyOf(subject: string): string | undefined {
  const name = subject.replace(counted, ' ').replace(/\s+/g, ' ').trim().toLowerCase()
  return name === '' ? undefined : `mail/${name}`
}

/** What SES has against a mail: `spam`, `virus`, or that it is not from whom it says. */
function doubtsOf(body: Notification): string[] {
  const receipt = recordOf(body.receipt)
  const failed = ['spam', 'virus', 'dmarc'].filter((one) => recordOf(receipt[`${one}Verdict`]).status === 'FAIL')
  return failed.length > 0 ? [`SES: ${failed.join(', ')}`] : []
}

/** Keys stand in no history. */
function withoutKey(recipient: unknown): string {
  return textOf(recipient).replace(/\+[^@]*@/, '@')
}
