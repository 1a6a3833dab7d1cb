import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'

// Counts are approximate (SQS API reference, GetQueueAttributes).
const WAITING = 'ApproximateNumberOfMessages'
const IN_FLIGHT = 'ApproximateNumberOfMessagesNotVisible'

/** How many messages of a queue could be taken now. */
export async function waitingIn(client: SQSClient, queueUrl: string): Promise<number> {
  const [waiting] = await counts(client, queueUrl)
  return waiting
}

/** All messages of a queue, those in flight included. */
export async function heldBy(client: SQSClient, queueUrl: string): Promise<number> {
  const [waiting, inFlight] = await counts(client, queueUrl)
  return waiting + inFlight
}

async function counts(client: SQSClient, QueueUrl: string): Promise<[waiting: number, inFlight: number]> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [WAITING, IN_FLIGHT] }),
  )
  return [Number(Attributes?.[WAITING] ?? 0), Number(Attributes?.[IN_FLIGHT] ?? 0)]
}
