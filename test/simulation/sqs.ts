import type { ReceiveMessage, SendMessage, Sqs, SqsActions } from '../../shared/clouds/aws/sqs-actions.ts'
import type { SimulatedQueue } from './queue.ts'
import { type Process, Trouble } from './world.ts'

/** A queue and its dead letters as a process reaches them: each request is a step, and may be refused. */
export function queueClient(queue: SimulatedQueue, process: Process): Sqs {
  const { world, refusals } = queue.options
  const answers = answersOf(queue)
  return (action, input) =>
    process.step(() => {
      if (world.chance(refusals)) throw new Trouble('ServiceUnavailable')
      return answers[action](input)
    })
}

/** What the queue makes of each request. */
function answersOf(queue: SimulatedQueue): {
  [A in keyof SqsActions]: (input: SqsActions[A]['input']) => SqsActions[A]['answer']
} {
  return {
    SendMessage: (input) => sendMessage(input, queue),
    ChangeMessageVisibility({ ReceiptHandle, VisibilityTimeout }) {
      const message = queue.received.get(ReceiptHandle)
      if (message !== undefined) message.againAfterMs = VisibilityTimeout * 1000
      return {}
    },
    GetQueueAttributes: () => ({ Attributes: { ApproximateNumberOfMessages: String(queue.dead.letters.length) } }),
    ReceiveMessage: (input) => receive(input, queue),
    DeleteMessage({ ReceiptHandle }) {
      queue.dead.remove(ReceiptHandle)
      return {}
    },
  }
}

function sendMessage(input: SendMessage, queue: SimulatedQueue): object {
  const body = input.MessageBody
  const attributes = textsOf(input.MessageAttributes)
  if (input.QueueUrl === queue.options.name) {
    queue.sendText(body, attributes, (input.DelaySeconds ?? 0) * 1000)
    queue.dead.sent(body)
  } else queue.dead.put({ body, sentAt: queue.options.world.now, attributes })
  return {}
}

function receive(
  { VisibilityTimeout }: ReceiveMessage,
  { dead }: SimulatedQueue,
): SqsActions['ReceiveMessage']['answer'] {
  const Messages = dead.receive(VisibilityTimeout * 1000).map(({ id, body, sentAt, attributes }) => ({
    Body: body,
    ReceiptHandle: id,
    Attributes: { SentTimestamp: String(sentAt) },
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { StringValue }]),
    ),
  }))
  return { Messages }
}

function textsOf(attributes: SendMessage['MessageAttributes']): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]))
}
