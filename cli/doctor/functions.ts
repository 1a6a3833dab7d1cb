import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { putting } from '../../plugins/config/secrets.ts'
import { type Examination, type Found, typed } from '../../shared/channels/diagnoses/finding.ts'
import { reasonOfAws } from '../../shared/clouds/aws/answer.ts'
import { compileFor } from '../../shared/config/compile-for.ts'
import { type ConfiguredFunction, configuredFunctions, queueFunctions } from '../../shared/contracts/functions.ts'
import {
  isUsed,
  nameInAws,
  urlVariable,
  type WorkedQueue,
  workedQueues,
  workerOf,
} from '../../shared/contracts/queues.ts'
import { references } from '../../shared/contracts/references.ts'
import { asWritten } from '../../shared/contracts/words.ts'
import { found as foundByAws } from '../words/findings/aws.ts'
import { found } from '../words/findings/functions.ts'
import type { Area } from './finding.ts'
import { metric } from './metric.ts'
import type { LambdaFunction, Patient } from './patient.ts'

/** Watch runs every minute: so far back some run must have ended. */
const LOOK_BACK_MS = 600_000

/**
 * Ten phones at once end and press keys at once, SQS has five batches of each queue worked on to begin with (Lambda developer guide,
 * "Using Lambda with Amazon SQS"), and there are timers, links and heartbeats: with fewer at once something waits in a storm.
 */
const CONCURRENCY = 50

/** The functions of the deployment's region: there, whole, of this version, with their variables, and being called. */
export const functionsArea: Area = {
  name: 'functions',
  examinations(patient) {
    if (patient.stage === undefined) return []
    const each = configuredFunctions.map(
      (name): Examination => ({ subject: asWritten(name), ask: () => oneFunction(name, patient) }),
    )
    const queues = queueFunctions.map(
      (name): Examination => ({
        subject: { en: `queue of ${name}`, zh: `${name} 的队列` },
        ask: (signal) => trigger(name, patient, signal),
      }),
    )
    return [
      ...each,
      { subject: { en: 'versions', zh: '版本' }, ask: () => versions(patient) },
      ...queues,
      { subject: { en: 'timer of watch', zh: 'watch 的定时器' }, ask: (signal) => timer(patient, signal) },
      { subject: { en: 'concurrency', zh: '并发' }, ask: (signal) => concurrency(patient, signal) },
    ]
  },
}

async function oneFunction(name: ConfiguredFunction, patient: Patient): Promise<Found> {
  const deployed = await patient.lambda(name)
  return notWhole(deployed) ?? unset(name, deployed, patient) ?? found('active', deployed.Runtime)
}

/** What is wrong with a function as Lambda has it. */
function notWhole({ State, LastUpdateStatus }: LambdaFunction): Found | undefined {
  if (State !== 'Active' && State !== 'Inactive') return found('not-active', State)
  return LastUpdateStatus === 'Failed' ? found('update-failed') : undefined
}

/** What this function's part of the configuration refers to, and its environment lacks. */
function unset(name: ConfiguredFunction, { env }: LambdaFunction, { config, target }: Patient): Found | undefined {
  const vantage = env.VANTAGE
  if (name === 'probe' && !Object.values(config.vantages).some((place) => place === vantage))
    return found('no-such-vantage', vantage)
  const missing = references(compileFor(name, config, vantage)).filter((variable) => !env[variable])
  if (missing.length === 0) return undefined
  const path = env.FENGHUO_SECRETS
  if (path === undefined) return found('unset', missing)
  const [first = ''] = missing
  return found('not-stored', path, missing, typed(putting(path, first, target.env.AWS_REGION ?? '')))
}

/** Lambda has the SHA-256 of each zip; packaging the same thing twice gives the same bytes. */
async function versions({ root, stage, lambda }: Patient): Promise<Found> {
  const compared = await Promise.all(
    configuredFunctions.map(async (name) => {
      const zip = await readFile(join(root, '.serverless', `${name}.zip`)).catch(() => undefined)
      if (zip === undefined) return []
      const { CodeSha256 } = await lambda(name)
      return [{ name, isOurs: createHash('sha256').update(zip).digest('base64') === CodeSha256 }]
    }),
  )
  const all = compared.flat()
  if (all.length === 0) return found('nothing-packaged', stage)
  const others = all.filter(({ isOurs }) => !isOurs).map(({ name }) => name)
  return others.length === 0 ? found('as-packaged', all.length) : found('not-as-packaged', others, stage)
}

/**
 * Whether each queue that something comes to calls this function; one that was switched off to stop all paging is forgotten easily, and one
 * that nothing comes to is off. ListEventSourceMappings, Lambda API reference.
 */
async function trigger(name: ConfiguredFunction, patient: Patient, signal: AbortSignal): Promise<Found> {
  const { aws, stage } = patient
  const path = `/2015-03-31/event-source-mappings/?FunctionName=fenghuo-${stage}-${name}`
  const answer = await aws({ service: 'lambda', method: 'GET', path, signal })
  if (!answer.ok) return foundByAws('unseen-work', await reasonOfAws(answer), 'lambda:ListEventSourceMappings')
  const { EventSourceMappings = [] } = (await answer.json()) as {
    EventSourceMappings?: { EventSourceArn?: string; State?: string }[]
  }
  const ofQueue = (queue: WorkedQueue) =>
    EventSourceMappings.find(({ EventSourceArn }) => EventSourceArn?.endsWith(`:fenghuo-${stage}-${nameInAws(queue)}`))
  const own = workedQueues.filter((queue) => workerOf(queue) === name)
  const comes = await Promise.all(own.map((queue) => comesTo(queue, patient)))
  const used = own.filter((_, index) => comes[index])
  if (used.some((queue) => ofQueue(queue) === undefined)) return found('no-queue-calls')
  const off = used.filter((queue) => ofQueue(queue)?.State !== 'Enabled')
  if (off.length > 0)
    return found(
      'trigger-off',
      off.map((queue) => ofQueue(queue)?.State),
    )
  return used.length === 0 ? found('nothing-comes') : found('called')
}

/** Whether something comes to a queue. That mail does only packaging knows (`mailDomain`), which then has watch look at the queue, too. */
async function comesTo(queue: WorkedQueue, { config, lambda }: Patient): Promise<boolean> {
  if (isUsed(queue, config)) return true
  if (queue !== 'awsEvents') return false
  const { env } = await lambda('watch')
  return Boolean(env[urlVariable(queue)])
}

/** Nothing else shows that watch runs: it leaves no trace while all is well. */
async function timer(patient: Patient, signal: AbortSignal): Promise<Found> {
  const of = `fenghuo-${patient.stage}-watch`
  const wanted = {
    namespace: 'AWS/Lambda',
    name: 'Invocations',
    dimension: 'FunctionName',
    of,
    statistic: 'Sum',
  } as const
  const values = await metric({ ...wanted, lookBackMs: LOOK_BACK_MS }, patient, signal)
  const runs = values.reduce((sum, value) => sum + value, 0)
  const minutes = LOOK_BACK_MS / 60_000
  return runs > 0 ? found('runs', runs, minutes) : found('no-runs', minutes)
}

/** New accounts get 10 in place of 1000 (GetAccountSettings, Lambda API reference). All functions of the region share it. */
async function concurrency({ aws, target }: Patient, signal: AbortSignal): Promise<Found> {
  const answer = await aws({ service: 'lambda', method: 'GET', path: '/2016-08-19/account-settings', signal })
  if (!answer.ok) return foundByAws('unseen', await reasonOfAws(answer), 'lambda:GetAccountSettings')
  const { AccountLimit } = (await answer.json()) as { AccountLimit?: { UnreservedConcurrentExecutions?: number } }
  const most = AccountLimit?.UnreservedConcurrentExecutions
  if (most === undefined) return found('no-limit-named')
  return most >= CONCURRENCY ? found('enough-at-once', most) : found('too-few-at-once', most, target.env.AWS_REGION)
}
