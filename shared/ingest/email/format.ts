import * as z from 'zod/mini'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format, UnpackIo } from '../format.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { severityOf } from '../severity-words.ts'
import { firstText, textOf } from '../text.ts'

/** What Amazon SES says of a mail that it has received (SES developer guide, "Amazon SNS notification contents for receiving"). */
const notification = z
  .looseObject({}, { error: 'should be a notification of Amazon SES' })
  .check(z.refine((body: Record<string, unknown>) => isRecord(body.mail), { path: ['mail'], error: 'is missing' }))
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
  routes: ['/email/{key}'],
  schema: notification,
  matches: (body) => isRecord(body) && isRecord(body.mail) && isRecord(body.receipt),
  unpack,
  toAlerts: (body) => [draftOf(body)],
  answers: plainAnswers({ taken: 200, busy: 503 }),
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
