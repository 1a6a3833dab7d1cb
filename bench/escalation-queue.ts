import { z } from 'zod'
import { signed } from '../shared/clouds/aws/sigv4.ts'
import { type EscalationMessage, escalationMessage } from '../shared/contracts/step.ts'
import type { Harness } from './harness.ts'

/** The escalation messages in a Lambda event of the queue; none when it is another event. */
export function messagesOf(event: unknown): EscalationMessage[] {
  const records = z.looseObject({ Records: z.array(z.looseObject({ body: z.string() })) }).safeParse(event)
  return records.data?.Records.map(({ body }) => escalationMessage.parse(JSON.parse(body))) ?? []
}

/** What waits on the queue for its time to come. */
export async function delayedMessages({ addresses, env }: Harness): Promise<EscalationMessage[]> {
  const name = addresses.queues.escalation?.split('/').at(-1)
  // The embedded SQS shows what it holds (fauxqs, "Queue inspection").
  const url = new URL(`${addresses.sqs}/_fauxqs/queues/${name}`)
  const request = { method: 'GET', url, headers: {}, body: '' }
  const scope = { region: addresses.region, service: 'sqs' }
  const keys = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' }
  const response = await fetch(url, { headers: signed(request, scope, keys, Date.now()) })
  if (!response.ok) throw new Error(`the embedded SQS answers ${response.status}: ${await response.text()}`)
  const { messages } = z
    .looseObject({ messages: z.looseObject({ delayed: z.array(z.looseObject({ body: z.string() })) }) })
    .parse(await response.json())
  return messages.delayed.map(({ body }) => escalationMessage.parse(JSON.parse(body)))
}

/** The event with which Lambda would bring a message. */
export function eventOf(message: EscalationMessage): unknown {
  return {
    Records: [
      {
        messageId: 'late',
        receiptHandle: 'late',
        body: JSON.stringify(message),
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()) },
      },
    ],
  }
}
