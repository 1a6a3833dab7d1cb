/** A message attribute of ours: a text, or a number as a text. */
export interface MessageAttribute {
  DataType: 'String' | 'Number'
  StringValue: string
}

export interface SendMessage {
  QueueUrl: string
  MessageBody: string
  DelaySeconds?: number
  MessageAttributes?: Record<string, MessageAttribute>
}

export interface ReceiveMessage {
  QueueUrl: string
  MaxNumberOfMessages: number
  VisibilityTimeout: number
  MessageAttributeNames: string[]
  MessageSystemAttributeNames: ('SentTimestamp' | 'SenderId')[]
}

export interface ReceivedMessage {
  MessageId?: string
  Body?: string
  ReceiptHandle: string
  /** SQS's own. */
  Attributes?: { SentTimestamp?: string; SenderId?: string }
  MessageAttributes?: Record<string, { StringValue?: string }>
}

/** What is asked of SQS here, in its own words (API reference, version 2012-11-05), and what it answers. */
export interface SqsActions {
  SendMessage: { input: SendMessage; answer: object }
  ReceiveMessage: { input: ReceiveMessage; answer: { Messages?: ReceivedMessage[] } }
  DeleteMessage: { input: { QueueUrl: string; ReceiptHandle: string }; answer: object }
  ChangeMessageVisibility: {
    input: { QueueUrl: string; ReceiptHandle: string; VisibilityTimeout: number }
    answer: object
  }
  GetQueueAttributes: {
    input: { QueueUrl: string; AttributeNames: string[] }
    answer: { Attributes?: Record<string, string> }
  }
}

/** Has SQS do one thing. Rejects with an `AwsRefusal` when it refuses, and with the reason when there is no answer. */
export type Sqs = <A extends keyof SqsActions>(
  action: A,
  input: SqsActions[A]['input'],
) => Promise<SqsActions[A]['answer']>
