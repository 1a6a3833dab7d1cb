import { required } from '../shared/clouds/aws/env.ts'
import type { Handler } from '../shared/clouds/aws/lambda.ts'
import { queueOf } from '../shared/clouds/aws/queue-of.ts'
import { callSqs, regionOf } from '../shared/clouds/aws/sqs-call.ts'

const LIMIT_MS = 5_000

/** Puts the body of a request on the queue as it is, by one call: less than this nobody can do who has it on a queue before answering. */
export const handler: Handler = async (event) => {
  const queue = queueOf(required(process.env, 'EVENTS_QUEUE_URL'), process.env)
  const input = { MessageBody: (event as { body: string }).body }
  const { status } = await callSqs(queue, regionOf(queue), 'SendMessage', input, LIMIT_MS)
  return { statusCode: status, body: '' }
}
