import * as z from 'zod/mini'
import { jsonIn } from '../../contracts/json-in.ts'
import { writable } from '../../contracts/lenient.ts'
import { plainAnswers } from '../answers.ts'
import { alarmInMessage, memoryOfAlarm, newsOfAlarm } from '../aws/alarm.ts'
import { draftsOf } from '../aws/drafts.ts'
import { draftsOfEvent, memoriesOfEvent } from '../aws/event.ts'
import type { AdmitIo, Context, Draft, Format, Memory, Reply } from '../format.ts'
import { isRecord } from '../plain.ts'
import { firstText, textOf } from '../text.ts'
import { timeOf } from '../times.ts'
import type { Options } from './options.ts'
import { isCertificateUrl, isOfSns, isSigned } from './signature.ts'

const types = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']

/** What SNS posts, or with raw delivery the message itself. */
const envelope = z.looseObject({}, { error: 'should be a message of Amazon SNS' })
type Envelope = z.infer<typeof envelope>

/** Older is a replay: SNS tries for an hour at most. */
const OLDEST_MS = 60 * 60_000

/** Messages of SNS over HTTPS: CloudWatch's alarms, events, and anything else. */
export const sns: Format<Envelope> = {
  format: 'sns',
  routes: ['/sns/{key}'],
  schema: envelope,
  matches: (body) => isRecord(body) && (types.includes(textOf(body.Type)) || 'AlarmName' in body),
  admit,
  memoriesOf: memoriesOfMessage,
  toAlerts(body, context) {
    if (body.Type === 'Notification')
      return ofMessage(parsed(textOf(body.Message)), textOf(body.Message), body, context)
    return types.includes(textOf(body.Type)) ? [] : ofMessage(body, '', {}, context)
  },
  // It takes every 4xx for delivered, 429 too, and tries again after a 5xx.
  answers: plainAnswers({ taken: 200, busy: 503 }),
}

/** Lets in what Amazon has signed for a topic that is allowed, and confirms its subscription. The raw message is let in by its key. */
async function admit(body: Envelope, given: unknown, io: AdmitIo): Promise<Reply | undefined> {
  if (!types.includes(textOf(body.Type))) return undefined
  const topic = textOf(body.TopicArn)
  if (!(given as Options | undefined)?.topics.includes(topic)) return refusal('this topic is not allowed here')
  const at = timeOf(body.Timestamp)
  if (at === undefined || io.now() - at > OLDEST_MS) return refusal('this message is too old')
  const certificate = textOf(body.SigningCertURL)
  if (!isCertificateUrl(certificate, topic)) return refusal('the certificate is not one of Amazon SNS')
  if (!isSigned(body, await io.fetchText(certificate), io.now())) return refusal('the signature is wrong')
  if (body.Type !== 'SubscriptionConfirmation') return undefined
  const confirmation = textOf(body.SubscribeURL)
  if (!isOfSns(confirmation, topic)) return refusal('the address of the confirmation is not one of Amazon SNS')
  await io.fetchText(confirmation)
  return { status: 200, body: { status: 'success', confirmed: topic } }
}

function refusal(reason: string): Reply {
  return { status: 403, body: { status: 'refused', errors: [reason] } }
}

/** A message is an alarm, an event, or a text that somebody wrote; `message` is what it says as JSON, if it is an object. */
function ofMessage(
  message: Record<string, unknown> | undefined,
  text: string,
  body: Envelope,
  context: Context,
): Draft[] {
  const alarm = message && alarmInMessage(message)
  if (alarm) return draftsOf(newsOfAlarm(alarm, context))
  if (message && 'detail-type' in message) return draftsOfEvent(message, context)
  return [
    {
      action: 'trigger',
      dedupKey: textOf(body.MessageId) && `sns/${textOf(body.MessageId)}`,
      summary: firstText(body.Subject, text.split('\n')[0], message && JSON.stringify(writable(message))),
      source: firstText(textOf(body.TopicArn).split(':').at(-1), 'SNS'),
      at: body.Timestamp,
      details: message ?? { message: text },
    },
  ]
}

/** What a message that carries an alarm, or an event of AWS, is to be remembered by. */
function memoriesOfMessage(body: Envelope): Memory[] {
  const message = (body.Type === 'Notification' ? parsed(textOf(body.Message)) : body) ?? {}
  const alarm = alarmInMessage(message)
  if (alarm !== undefined) return [memoryOfAlarm(alarm)]
  return 'detail-type' in message ? memoriesOfEvent(message) : []
}

function parsed(text: string): Record<string, unknown> | undefined {
  const value = jsonIn(text)
  return isRecord(value) ? value : undefined
}
