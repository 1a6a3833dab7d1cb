import { typesIn } from '../../shared/channels/references.ts'
import { callersOf, sendersOf } from '../../shared/channels/senders.ts'
import { contactsTable } from '../../shared/clouds/aws/contacts-table.ts'
import { withDoubtedSecret } from '../../shared/clouds/aws/doubted-secret.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { peersOnAws } from '../../shared/clouds/aws/peers.ts'
import { consume } from '../../shared/clouds/aws/sqs-consumer.ts'
import { isFrom } from '../../shared/clouds/aws/sqs-event.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import type { SecretAgain } from '../../shared/clouds/doubted-secret.ts'
import { surviving } from '../../shared/clouds/surviving.ts'
import { readRecently } from '../../shared/delivery/recent-directory.ts'
import { vendorGateway } from '../../shared/delivery/vendor-gateway.ts'
import { engineOnAws } from '../../shared/engine/on-aws.ts'
import { basesElsewhere } from '../../shared/engine/regions/bases-elsewhere.ts'
import { markOf } from '../../shared/engine/regions/seal.ts'
import { takeEscalation } from '../../shared/engine/take-escalation.ts'
import { phoneHashOf } from '../../shared/incidents/acknowledge-link.ts'
import type { Planning } from '../../shared/oncall/plans.ts'
import { recently } from '../../shared/store/recently.ts'

/** An address of another region is as good as new for so long, ms: it changes when that is deployed anew. */
const ADDRESSES_MS = 60_000

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env, secretAgain?: SecretAgain): Handler {
  const config = readConfig(env)
  const secret = required(env, 'FENGHUO_SECRET')
  const contacts = contactsTable(dynamoDb(env), required(env, 'CONTACTS_TABLE'))
  const linkBase = (config.baseUrl ?? env.ACKNOWLEDGE_URL)?.replace(/\/+$/, '')
  const consoleUrl = config.consoleUrl
  const engine = engineOnAws(env, { config })
  const peers = config.regions && peersOnAws(env, Date.now, secretAgain && { secretAgain })
  const marks = { ...(config.version && { version: config.version }), ...(peers && { secret: markOf(peers) }) }
  const escalation = {
    queueUrl: required(env, 'ESCALATION_QUEUE_URL'),
    deadLetterUrl: required(env, 'ESCALATION_DLQ_URL'),
  }
  // An update of a deployment changes code and variables one after the other: calls do not wait for these, which they have no need of.
  const subscribers = { queueUrl: env.SUBSCRIBERS_QUEUE_URL ?? '', deadLetterUrl: env.SUBSCRIBERS_DLQ_URL ?? '' }
  const planning: Planning = {
    config,
    phoneHashOf: (phone) => phoneHashOf(phone, secret),
    directory: readRecently(contacts, Date.now, writeLog),
  }
  const types = typesIn(config.channels)
  const loading = Promise.all([sendersOf(types), callersOf(types)])
  // Whoever calls meets the error again.
  loading.catch(() => {})
  const { place, incidents } = engine.io({ getRemainingTimeInMillis: () => 0 })
  const bases = recently(() => basesElsewhere({ place, incidents, log: writeLog }), ADDRESSES_MS, Date.now)
  return async (event, context) => {
    // One name for all regions leads to whichever answers.
    const [[channels, voiceRoutes], others] = await Promise.all([
      loading,
      config.baseUrl === undefined ? bases('') : [],
    ])
    const elsewhere = place && { own: place.own, bases: others }
    const links = { linkBase, ...(elsewhere && { elsewhere }), ...(consoleUrl !== undefined && { consoleUrl }) }
    const gateway = vendorGateway({ ...planning, channels, voiceRoutes, env, fetch, secret, ...links })
    const io = { ...engine.io(context, gateway), ...(peers && { peers, marks }) }
    return consume(event, {
      sqs: engine.sqs,
      ...(isFrom(event, subscribers.queueUrl) ? subscribers : escalation),
      log: writeLog,
      async handle(body) {
        await takeEscalation(body, planning, io)
        return []
      },
      // Watch raises the warning within a minute: this function has no part in judging.
      rejected: async () => {},
    })
  }
}

const run = withDoubtedSecret(wire, { env: process.env, now: Date.now, log: writeLog })

/** What Lambda calls. What a listener of one message throws ends none of the calls that are being placed beside it. */
export const handler: Handler = async (event, context) => surviving(writeLog, () => run(event, context))
