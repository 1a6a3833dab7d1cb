import { randomUUID } from 'node:crypto'
import { checkRegion } from '../../shared/checks/regions/check-region.ts'
import { connectQuotas } from '../../shared/checks/regions/connect-quotas.ts'
import { failoversIn } from '../../shared/checks/regions/seed-variables.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { queueOf } from '../../shared/clouds/aws/queue-of.ts'
import { failoverTable, peersTable } from '../../shared/clouds/aws/regions-table.ts'
import { sqsSender } from '../../shared/clouds/aws/sqs-sender.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { leaseUntil } from '../../shared/engine/io.ts'
import { knownPeer } from '../../shared/engine/regions/known-peer.ts'
import type { RegionsIo } from '../../shared/engine/watch/check-regions.ts'
import { checkRegions } from '../../shared/engine/watch/check-regions.ts'

/** Sending is given up so long before the function's time is over. */
const MARGIN_MS = 1_000

/** Builds the function from its environment. Throws, naming the variable, if something is missing or wrong there. */
export function wire(env: Env): Handler {
  const config = readConfig(env, env.LAMBDA_TASK_ROOT)
  const failover = failoversIn(config, env)
  const regions = failoverTable(dynamoDb(env), required(env, 'TABLE_NAME'))
  const peers = peersOf(config, env)
  const send = sqsSender(queueOf(required(env, 'EVENTS_QUEUE_URL'), env))
  const checking = {
    env,
    fetch,
    now: Date.now,
    monotonic: () => performance.now(),
    signal: new AbortController().signal,
  }
  const quotas = connectQuotas({ ...checking, log: writeLog })
  return async (_event, context) => {
    const now = Date.now()
    const remaining = context.getRemainingTimeInMillis()
    await checkRegions(failover, {
      regions,
      ...(peers && { peers }),
      check: (one, region, speaks) => checkRegion(one, region, speaks, { ...checking, quotas }),
      send: (message) => send(message, now + remaining - MARGIN_MS),
      now: Date.now,
      token: randomUUID,
      leaseUntil: leaseUntil(now, remaining),
      log: writeLog,
    })
  }
}

/** The other regions of the deployment, where there are several. */
function peersOf({ regions }: CompiledConfig, env: Env): RegionsIo['peers'] {
  const known = regions?.order.map((region) => knownPeer(region, env, required(env, 'INCIDENTS_TABLE'), Date.now))
  const own = known?.find(({ region }) => region === env.AWS_REGION)
  if (known === undefined || own === undefined) return undefined
  const table = peersTable(dynamoDb(env), required(env, 'REGIONS_TABLE'))
  return { table, own, others: known.filter((one) => one !== own) }
}

let wired: Handler | undefined

/** What Lambda calls. */
export const handler: Handler = async (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
