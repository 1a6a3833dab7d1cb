import { mapAtMost } from '../../contracts/at-most.ts'
import type { Letter, QueueDesk } from '../../contracts/queue-desk.ts'
import type { Instant } from '../../contracts/words.ts'
import { takeLetters } from './dead-letters.ts'
import { FIRST_SENT, sentOnAttributes } from './first-sent.ts'
import { depthsOf } from './queue-depth.ts'
import type { ReceivedMessage, Sqs } from './sqs-actions.ts'

/** So many are looked at, or gone through for the one that is asked for. */
const LOOKED_AT = 100

/** While one is looked at, nobody else has it, s; it is put back as soon as that is done. */
const HELD_S = 10

/** So many are sent back, or put back, side by side. */
const AT_ONCE = 10

/** What is not sent back within this stays, ms: the function has ten seconds. */
const SEND_BACK_MS = 6_000

/** The queues of a deployment, as the console sees them; `urls` by their names, those of dead letters as `eventsDlq`. */
export function queueDesk(sqs: Sqs, urls: Record<string, string>, now: () => Instant): QueueDesk {
  const urlOf = (name: string) => {
    const url = urls[name]
    if (url === undefined) throw new Error(`no queue is named ${name}`)
    return url
  }
  return {
    depths: () => depthsOf(sqs, urls),
    async look(queue) {
      const url = urlOf(`${queue}Dlq`)
      const held: ReceivedMessage[] = []
      let all = false
      while (held.length < LOOKED_AT && !all) {
        const some = await takeLetters(sqs, url, HELD_S)
        held.push(...some)
        all = some.length === 0
      }
      await putBack(sqs, url, held)
      return { letters: held.map(letterOf).toSorted((one, other) => other.sentAt - one.sentAt), all }
    },
    sendBack: (queue, which) =>
      which === 'all'
        ? sendAll(sqs, { from: urlOf(`${queue}Dlq`), to: urlOf(queue) }, now)
        : sendOne(sqs, { from: urlOf(`${queue}Dlq`), to: urlOf(queue) }, which.id),
  }
}

interface Ways {
  from: string
  to: string
}

async function sendAll(sqs: Sqs, ways: Ways, now: () => Instant): Promise<{ sent: number }> {
  const begun = now()
  // What is refused at once is a dead letter anew before all others are sent back: it waits for whoever sends it back next.
  const anew: ReceivedMessage[] = []
  let sent = 0
  while (now() < begun + SEND_BACK_MS) {
    const some = await takeLetters(sqs, ways.from, HELD_S)
    if (some.length === 0) break
    const [later, before] = [some.filter((one) => cameAt(one) > begun), some.filter((one) => cameAt(one) <= begun)]
    anew.push(...later)
    await mapAtMost(AT_ONCE, before, (message) => sendOn(sqs, ways, message))
    sent += before.length
  }
  await putBack(sqs, ways.from, anew)
  return { sent }
}

async function sendOne(sqs: Sqs, ways: Ways, id: string): Promise<{ sent: number }> {
  const passed: ReceivedMessage[] = []
  let found: ReceivedMessage | undefined
  while (found === undefined && passed.length < LOOKED_AT) {
    const some = await takeLetters(sqs, ways.from, HELD_S)
    if (some.length === 0) break
    found = some.find(({ MessageId }) => MessageId === id)
    passed.push(...some.filter(({ MessageId }) => MessageId !== id))
  }
  if (found !== undefined) await sendOn(sqs, ways, found)
  await putBack(sqs, ways.from, passed)
  return { sent: found === undefined ? 0 : 1 }
}

/** What could not be put back comes back by itself. */
async function putBack(sqs: Sqs, QueueUrl: string, messages: ReceivedMessage[]): Promise<void> {
  await mapAtMost(AT_ONCE, messages, ({ ReceiptHandle }) =>
    sqs('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }).catch(() => undefined),
  )
}

/** As it was sent first: it takes its age and its sender along, and watch may send it back anew if it fails once more. */
async function sendOn(sqs: Sqs, { from, to }: Ways, message: ReceivedMessage): Promise<void> {
  const { Body = '', ReceiptHandle } = message
  await sqs('SendMessage', {
    QueueUrl: to,
    MessageBody: Body,
    MessageAttributes: sentOnAttributes(message),
  })
  await sqs('DeleteMessage', { QueueUrl: from, ReceiptHandle })
}

/** When it came to the queue that it was taken from: one that SQS has moved there keeps the time of its first. */
function cameAt({ Attributes }: ReceivedMessage): Instant {
  return Number(Attributes?.SentTimestamp ?? 0)
}

function letterOf({ MessageId = '', Body = '', Attributes, MessageAttributes }: ReceivedMessage): Letter {
  const reason = MessageAttributes?.reason?.StringValue
  return {
    id: MessageId,
    body: Body,
    sentAt: Number(MessageAttributes?.[FIRST_SENT]?.StringValue ?? Attributes?.SentTimestamp ?? 0),
    ...(reason !== undefined && { reason }),
    redrives: Number(MessageAttributes?.redrives?.StringValue ?? 0),
  }
}
