import { type JsonServiceOptions, jsonService } from './json-service.ts'
import type { Env } from './lambda.ts'
import type { Sqs } from './sqs-actions.ts'
import { md5 } from './sqs-call.ts'

const service = {
  name: 'sqs',
  target: 'AmazonSQS',
  addressVariable: 'AWS_ENDPOINT_URL_SQS',
  // At most ten messages, which are 1 MiB together, and which JSON may write with six times as many characters (SQS quotas).
  answerLimitBytes: 8 * 1024 * 1024,
  // "An HTTP 200 response with an empty HTTP body" (API reference, DeleteMessage).
  silent: ['DeleteMessage', 'ChangeMessageVisibility'],
  isAnswer(action: string, input: { MessageBody?: string }, answer: Record<string, unknown>): boolean {
    return action !== 'SendMessage' || answer.MD5OfMessageBody === md5(input.MessageBody ?? '')
  },
}

/** SQS of the environment's region; see `jsonService`. A message is sent when SQS says by its checksum that it has this very one. */
export function sqs(env: Env, options: JsonServiceOptions = {}): Sqs {
  return jsonService(service, env, options)
}
