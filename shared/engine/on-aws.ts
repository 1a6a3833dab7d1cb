import { randomUUID } from 'node:crypto'
import { dynamoDb } from '../clouds/aws/dynamodb.ts'
import { required } from '../clouds/aws/env.ts'
import type { JsonServiceOptions } from '../clouds/aws/json-service.ts'
import type { Env, LambdaContext } from '../clouds/aws/lambda.ts'
import { placeOf } from '../clouds/aws/other-regions.ts'
import { dutyTable } from '../clouds/aws/regions-table.ts'
import { sqs as sqsOf } from '../clouds/aws/sqs.ts'
import type { Sqs } from '../clouds/aws/sqs-actions.ts'
import { dynamoTable } from '../clouds/aws/table.ts'
import { writeLog } from '../clouds/aws/write-log.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { queueText } from '../contracts/queue-text.ts'
import type { Gateway } from '../delivery/gateway.ts'
import { readDuty } from '../store/duty.ts'
import { recently } from '../store/recently.ts'
import { recentSilences } from '../store/silences.ts'
import { type EngineIo, leaseUntil } from './io.ts'

export interface AwsEngine {
  sqs: Sqs
  /** What one invocation works with. Only `page` gives it a gateway. */
  io(context: Pick<LambdaContext, 'getRemainingTimeInMillis'>, gateway?: (io: EngineIo) => Gateway): EngineIo
}

interface Wiring extends Pick<JsonServiceOptions, 'patience' | 'credentials'> {
  /** Of what opens or steps incidents: which regions there are. */
  config?: Pick<CompiledConfig, 'regions'>
}

/** What was said of duty is as good as new for so long, ms: in the minutes after it whoever pages asks the others anyway. */
const SAID_MS = 2_000

/** The engine over SQS and DynamoDB, from a function's environment. */
export function engineOnAws(env: Env, { config = {}, ...options }: Wiring = {}): AwsEngine {
  const sqs = sqsOf(env, options)
  const dynamodb = dynamoDb(env, options)
  const incidents = dynamoTable(dynamodb, required(env, 'INCIDENTS_TABLE'))
  // Only evaluate and watch make verdicts; a function without the table must not touch it.
  const checks = env.CHECKS_TABLE ? dynamoTable(dynamodb, env.CHECKS_TABLE) : incidents
  const silences = recentSilences({ incidents, now: Date.now, log: writeLog })
  const escalationQueue = required(env, 'ESCALATION_QUEUE_URL')
  const place = placeOf(config, env)
  const regions = place && env.REGIONS_TABLE ? dutyTable(dynamodb, env.REGIONS_TABLE) : undefined
  const readSaid = regions && recently(async () => (await readDuty(regions))?.said, SAID_MS, Date.now)
  return {
    sqs,
    io(context, gateway) {
      const io: EngineIo = {
        incidents,
        checks,
        silences,
        ...(place && { place }),
        ...(regions && { regions }),
        ...(readSaid && { said: () => readSaid('') }),
        now: Date.now,
        token: randomUUID,
        leaseUntil: leaseUntil(Date.now(), context.getRemainingTimeInMillis()),
        async escalate(message, delayMs) {
          const DelaySeconds = Math.ceil(delayMs / 1000)
          const MessageBody = queueText(message)
          const QueueUrl = message.kind === 'subscriber' ? required(env, 'SUBSCRIBERS_QUEUE_URL') : escalationQueue
          await sqs('SendMessage', { QueueUrl, MessageBody, DelaySeconds })
        },
        log: writeLog,
      }
      return gateway === undefined ? io : { ...io, gateway: gateway(io) }
    },
  }
}
