import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'

/** How many messages a queue holds: those that can be received, those that somebody has in hand, and those that wait for their time. */
export interface QueueDepth {
  ready: number
  inHand: number
  delayed: number
}

export async function queueDepth(sqs: SQSClient, QueueUrl: string): Promise<QueueDepth> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  return {
    ready: Number(Attributes.ApproximateNumberOfMessages),
    inHand: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
  }
}
