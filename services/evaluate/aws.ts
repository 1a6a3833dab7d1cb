import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import { queuesInEveryRegion } from '../../shared/clouds/aws/every-region.ts'
import { forwarder } from '../../shared/clouds/aws/forwarder.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { queueOf } from '../../shared/clouds/aws/queue-of.ts'
import { sqsBatchSender } from '../../shared/clouds/aws/sqs-batch.ts'
import { type Consumer, consume } from '../../shared/clouds/aws/sqs-consumer.ts'
import { PUT_BACK_MS } from '../../shared/clouds/aws/sqs-each.ts'
import { isFrom } from '../../shared/clouds/aws/sqs-event.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import type { EngineIo, Lanes } from '../../shared/engine/io.ts'
import { engineOnAws } from '../../shared/engine/on-aws.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { updateDeadLetters } from '../../shared/engine/watch/own-troubles.ts'
import { usualOnceAnHour } from '../../shared/store/history.ts'

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const config = readConfig(env)
  const engine = engineOnAws(env, { config })
  required(env, 'CHECKS_TABLE')
  const usualAt = usualOnceAnHour()
  const aboveLimit: NonNullable<Lanes['aboveLimit']> = new Map()
  const [eventsUrl, overflowUrl] = [required(env, 'EVENTS_QUEUE_URL'), required(env, 'OVERFLOW_QUEUE_URL')]
  const deadLetterUrl = required(env, 'EVENTS_DLQ_URL')
  const [toEvents, toOverflow] = [sqsBatchSender(queueOf(eventsUrl, env)), sqsBatchSender(queueOf(overflowUrl, env))]
  const [, ...others] = queuesInEveryRegion(eventsUrl, config, env)
  const forward = others.length > 0 ? forwarder(others, { now: Date.now, log: writeLog }) : undefined
  return async (event, context) => {
    const limitMs = context.getRemainingTimeInMillis() - PUT_BACK_MS
    const deadline = Date.now() + limitMs
    const isOverflow = isFrom(event, overflowUrl)
    const lanes: Lanes = {
      events: (messages, takenAt) => toEvents(messages, deadline, takenAt),
      ...(isOverflow ? {} : { overflow: (messages, takenAt) => toOverflow(messages, deadline, takenAt), aboveLimit }),
    }
    const io: EngineIo = { ...engine.io(context), lanes }
    const consumer: Consumer = {
      sqs: engine.sqs,
      queueUrl: isOverflow ? overflowUrl : eventsUrl,
      deadLetterUrl,
      log: writeLog,
      handle: (body, sentAt, senders, isSentOn) =>
        takeEvent(body, sentAt, config, io, { usualAt, senders, ...(forward && !isSentOn && { forward }) }),
      rejected: (reason) => updateDeadLetters('events', { reason }, config, io),
    }
    return consume(event, consumer, limitMs)
  }
}

let wired: Handler | undefined

/** What Lambda calls. */
export const handler: Handler = async (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
