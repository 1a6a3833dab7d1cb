import type { CompiledFailover, FailoverRegion } from '../../contracts/compiled-config.ts'
import type { RegionResult } from '../../evaluation/confirmed.ts'
import type { CheckIo } from '../kind.ts'
import { runLex } from '../lex/lex.ts'
import { askRegion, CHECK_MS, type RegionIo, RegionTrouble } from './ask-region.ts'
import type { ConnectQuotas } from './connect-quotas.ts'

/** A queue's oldest message waits no longer than this where somebody works on it, ms. */
const WORKED_ON_MS = 180_000

/** CloudWatch has a value a minute, some minutes late (SQS developer guide, "Available CloudWatch metrics"). */
const METRIC_MS = 600_000

const WELL: RegionResult = { found: 'well' }

/**
 * Checks once all that a region has to have: its bot, which is spoken to where `speaks` says so, its Connect instance, queues and
 * tables. What is faulty goes before what is not known. Never rejects.
 */
export async function checkRegion(
  failover: CompiledFailover,
  region: FailoverRegion,
  speaks: boolean,
  io: CheckIo & RegionIo & { quotas: ConnectQuotas },
): Promise<RegionResult> {
  const { bot, connect, calls, queues = [], tables = [] } = region
  const asked = await Promise.all([
    ...(bot ? [checkBot(failover, region.region, bot, speaks, io)] : []),
    ...(connect ? [troubled(checkInstance(connect, calls, io))] : []),
    ...queues.map((of) => troubled(checkQueue(of, io))),
    ...tables.map((of) => troubled(checkTable(of, io))),
  ])
  const worst = asked.find(({ found }) => found === 'faulty') ?? asked.find(({ found }) => found === 'unknown')
  return worst ?? { ...WELL, ...(speaks && { spoken: true }) }
}

async function troubled(checking: Promise<RegionResult>): Promise<RegionResult> {
  try {
    return await checking
  } catch (error) {
    if (error instanceof RegionTrouble) return error.result
    throw error
  }
}

/** As a check of kind `lex` does. */
async function checkBot(
  { name, user, locale, say, intent, reply }: CompiledFailover,
  region: string,
  bot: NonNullable<FailoverRegion['bot']>,
  speaks: boolean,
  io: CheckIo,
): Promise<RegionResult> {
  const asks = speaks && say !== undefined ? { say, ...(intent && { intent }), ...(reply && { reply }) } : {}
  const spec = { region, ...bot, locale, ...asks, degraded: {}, down: {} }
  const { outcome, fault } = await runLex(`${user ?? 'failover'} ${name} ${region}`, spec, io, io.now() + CHECK_MS)
  if (outcome === 'up') return WELL
  return { found: outcome === 'unknown' ? 'unknown' : 'faulty', ...(fault && { fault }) }
}

/** Amazon Connect API reference, DescribeInstance. `needed`: so many calls at once its quota has to allow. */
async function checkInstance(
  of: string,
  needed: number | undefined,
  io: RegionIo & { quotas: ConnectQuotas },
): Promise<RegionResult> {
  const { Instance } = await askRegion({ of, service: 'connect', path: `/instance/${of.split('/').at(-1)}` }, io)
  const status = String(Object(Instance).InstanceStatus ?? '')
  if (status !== 'ACTIVE') throw new RegionTrouble({ code: 'instance-not-active', args: { of, status } })
  const calls = needed === undefined ? undefined : await io.quotas(of, needed)
  if (needed !== undefined && calls !== undefined && calls < needed)
    throw new RegionTrouble({ code: 'quota-too-low', args: { of, calls, needed } })
  return WELL
}

/**
 * That a queue takes messages says nothing: in an outage it may take them for hours while nobody works on them. So what counts is how
 * long the oldest has waited (SQS API reference, GetQueueAttributes; CloudWatch API reference, GetMetricStatistics).
 */
async function checkQueue(of: string, io: RegionIo): Promise<RegionResult> {
  const [, , , region = '', account = '', name = ''] = of.split(':')
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${name}`
  const attributes = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }
  const answer = await askRegion({ of, service: 'sqs', target: 'AmazonSQS.GetQueueAttributes', body: attributes }, io)
  const waiting = Number(Object(answer.Attributes).ApproximateNumberOfMessages)
  if (waiting === 0) return WELL
  const ageMs = await ageOf(of, name, waiting, io)
  if (ageMs >= WORKED_ON_MS) throw new RegionTrouble({ code: 'queue-not-consumed', args: { of, ageMs } })
  return WELL
}

/** Of a queue's oldest message, ms. */
async function ageOf(of: string, name: string, waiting: number, io: RegionIo): Promise<number> {
  const now = Math.floor(io.now() / 1000)
  const body = {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateAgeOfOldestMessage',
    Dimensions: [{ Name: 'QueueName', Value: name }],
    StartTime: now - METRIC_MS / 1000,
    EndTime: now,
    Period: 60,
    Statistics: ['Maximum'],
  }
  const target = 'GraniteServiceVersion20100801.GetMetricStatistics'
  const { why, points } = await askRegion({ of, service: 'cloudwatch', target, body }, io)
    .then(({ Datapoints }) => ({ why: undefined, points: Array.isArray(Datapoints) ? Datapoints.map(Object) : [] }))
    .catch((error: RegionTrouble) => ({ why: error.result.fault, points: [] }))
  const newest = points.toSorted((one, other) => Number(other.Timestamp) - Number(one.Timestamp))[0]
  if (newest !== undefined && Number.isFinite(newest.Maximum)) return newest.Maximum * 1000
  throw new RegionTrouble({ code: 'queue-age-unknown', args: { of, waiting, ...(why && { why }) } }, 'unknown')
}

/** One item is counted, and none is read: DynamoDB API reference, Scan. */
async function checkTable(of: string, io: RegionIo): Promise<RegionResult> {
  const body = { TableName: of.split('/').at(-1), Select: 'COUNT', Limit: 1 }
  await askRegion({ of, service: 'dynamodb', target: 'DynamoDB_20120810.Scan', body }, io)
  return WELL
}
