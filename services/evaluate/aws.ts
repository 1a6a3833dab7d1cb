import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { consume } from '../../shared/clouds/aws/sqs-consumer.ts'
import { engineOnAws, writeLog } from '../../shared/engine/on-aws.ts'
import { updateDeadLetters } from '../../shared/engine/own-troubles.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { usualOnceAnHour } from '../../shared/store/history.ts'

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const engine = engineOnAws(env)
  const config = readConfig(env)
  required(env, 'CHECKS_TABLE')
  const usualAt = usualOnceAnHour()
  const queueUrl = required(env, 'EVENTS_QUEUE_URL')
  const deadLetterUrl = required(env, 'EVENTS_DLQ_URL')
  return async (event, context) => {
    const io = engine.io(context)
    return consume(event, {
      client: engine.sqs,
      queueUrl,
      deadLetterUrl,
      log: writeLog,
      handle: (body, sentAt) => takeEvent(body, sentAt, config, io, usualAt),
      rejected: (reason) => updateDeadLetters('events', { reason }, config, io),
    })
  }
}

let wired: Handler | undefined

/** What Lambda calls. */
export const handler: Handler = async (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
