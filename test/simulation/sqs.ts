import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { SimulatedQueue } from './queue.ts'
import { type Process, Trouble } from './world.ts'

type Attributes = Record<string, { StringValue?: string | undefined }> | undefined

/** A queue and its dead letters as a process reaches them: each request is a step, and may be refused. */
export function queueClient(queue: SimulatedQueue, process: Process): SQSClient {
  const { world, refusals } = queue.options
  const send = (command: unknown) =>
    process.step(() => {
      if (world.chance(refusals)) throw new Trouble('ServiceUnavailable')
      return answer(command, queue)
    })
  // The product calls nothing of a client but this.
  return { send } as unknown as SQSClient
}

function answer(command: unknown, queue: SimulatedQueue): unknown {
  if (command instanceof SendMessageCommand) return sendMessage(command.input, queue)
  if (command instanceof ChangeMessageVisibilityCommand) {
    const message = queue.received.get(command.input.ReceiptHandle ?? '')
    if (message !== undefined) message.againAfterMs = (command.input.VisibilityTimeout ?? 0) * 1000
    return {}
  }
  if (command instanceof GetQueueAttributesCommand)
    return { Attributes: { ApproximateNumberOfMessages: String(queue.dead.letters.length) } }
  if (command instanceof ReceiveMessageCommand) return receive(command.input, queue)
  if (command instanceof DeleteMessageCommand) {
    queue.dead.remove(command.input.ReceiptHandle ?? '')
    return {}
  }
  throw new Error(`The simulated queue does not know ${command?.constructor.name}`)
}

function sendMessage(input: SendMessageCommand['input'], queue: SimulatedQueue): unknown {
  const body = input.MessageBody ?? ''
  const attributes = textsOf(input.MessageAttributes)
  if (input.QueueUrl === queue.options.name) {
    queue.sendText(body, attributes, (input.DelaySeconds ?? 0) * 1000)
    queue.dead.sent(body)
  } else queue.dead.put({ body, sentAt: queue.options.world.now, attributes })
  return {}
}

function receive({ VisibilityTimeout = 30 }: ReceiveMessageCommand['input'], { dead }: SimulatedQueue): unknown {
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

function textsOf(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes ?? {}).map(([name, { StringValue = '' }]) => [name, StringValue]))
}
