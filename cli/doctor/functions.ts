import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { putting } from '../../plugins/config/secrets.ts'
import { type Examination, type Found, fault, ok, skipped, warning } from '../../shared/channels/finding.ts'
import { reasonOfAws } from '../../shared/clouds/aws/answer.ts'
import { compileFor } from '../../shared/config/compile-for.ts'
import { type ConfiguredFunction, configuredFunctions, queueFunctions } from '../../shared/contracts/functions.ts'
import { references } from '../../shared/contracts/references.ts'
import { several } from '../words/counts.ts'
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
      (name): Examination => ({ subject: name, look: () => oneFunction(name, patient) }),
    )
    const queues = queueFunctions.map(
      (name): Examination => ({
        subject: `queue of ${name}`,
        look: (signal) => trigger(`fenghuo-${patient.stage}-${name}`, patient, signal),
      }),
    )
    return [
      ...each,
      { subject: 'versions', look: () => versions(patient) },
      ...queues,
      { subject: 'timer of watch', look: (signal) => timer(patient, signal) },
      { subject: 'concurrency', look: (signal) => concurrency(patient, signal) },
    ]
  },
}

async function oneFunction(name: ConfiguredFunction, patient: Patient): Promise<Found> {
  const deployed = await patient.lambda(name)
  return notWhole(deployed) ?? unset(name, deployed, patient) ?? ok(`active on ${deployed.Runtime}`)
}

/** What is wrong with a function as Lambda has it. */
export function notWhole({ State, LastUpdateStatus }: LambdaFunction): Found | undefined {
  if (State !== 'Active' && State !== 'Inactive')
    return fault(`its state is ${State}`, 'wait if it is Pending; else deploy again')
  return LastUpdateStatus === 'Failed' ? fault('its last update has failed', 'deploy again') : undefined
}

/** What this function's part of the configuration refers to, and its environment lacks. */
function unset(name: ConfiguredFunction, { env }: LambdaFunction, { config, target }: Patient): Found | undefined {
  const vantage = env.VANTAGE
  if (name === 'probe' && !Object.values(config.vantages).some((place) => place === vantage))
    return fault(
      `it plays ${vantage}, which is no vantage of this configuration`,
      'name it under `vantages`, and deploy',
    )
  const missing = references(compileFor(name, config, vantage)).filter((variable) => !env[variable])
  if (missing.length === 0) return undefined
  const path = env.FENGHUO_SECRETS
  if (path === undefined)
    return fault(`without ${missing.join(', ')}`, 'set what is missing where you deploy, and deploy')
  const [first = ''] = missing
  return fault(`${path}/ is without ${missing.join(', ')}`, putting(path, first, target.env.AWS_REGION ?? ''))
}

/** Lambda has the SHA-256 of each zip; packaging the same thing twice gives the same bytes. */
async function versions({ root, stage, lambda }: Patient): Promise<Found> {
  const again = `npx sls package --stage ${stage}, then look again`
  const compared = await Promise.all(
    configuredFunctions.map(async (name) => {
      const zip = await readFile(join(root, '.serverless', `${name}.zip`)).catch(() => undefined)
      if (zip === undefined) return []
      const { CodeSha256 } = await lambda(name)
      return [{ name, isOurs: createHash('sha256').update(zip).digest('base64') === CodeSha256 }]
    }),
  )
  const all = compared.flat()
  if (all.length === 0) return skipped('nothing packaged here to compare with', again)
  const others = all.filter(({ isOurs }) => !isOurs).map(({ name }) => name)
  if (others.length === 0)
    return ok(`what was packaged here last is deployed: ${several(all.length, 'function', 'en')}`)
  return warning(`not what was packaged here last: ${others.join(', ')}`, `${again}; or deploy`)
}

/**
 * Whether a queue calls the function of this full name; one that was switched off to stop all paging is forgotten easily.
 * ListEventSourceMappings, Lambda API reference.
 */
export async function trigger(name: string, { aws }: Patient, signal: AbortSignal, region?: string): Promise<Found> {
  const path = `/2015-03-31/event-source-mappings/?FunctionName=${name}`
  const answer = await aws({ service: 'lambda', method: 'GET', path, signal }, region)
  if (!answer.ok)
    return warning(
      `can't be seen: ${await reasonOfAws(answer)}`,
      'allow lambda:ListEventSourceMappings to whoever asks',
    )
  const { EventSourceMappings = [] } = (await answer.json()) as { EventSourceMappings?: { State?: string }[] }
  if (EventSourceMappings.length === 0) return fault('no queue calls it', 'deploy again')
  const states = EventSourceMappings.map(({ State }) => State)
  if (states.every((state) => state === 'Enabled')) return ok('it calls the function')
  return fault(
    `its trigger is ${states.join(', ')}: nothing on it is worked on`,
    `aws lambda update-event-source-mapping --enabled, as the runbook says`,
  )
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
  if (runs > 0) return ok(`${several(runs, 'run', 'en')} in the last ${LOOK_BACK_MS / 60_000} minutes`)
  return fault(
    `no run in the last ${LOOK_BACK_MS / 60_000} minutes: nobody finds overdue pages`,
    'enable the rule that calls it in EventBridge, or deploy again',
  )
}

/** New accounts get 10 in place of 1000 (GetAccountSettings, Lambda API reference). All functions of the region share it. */
async function concurrency({ aws, target }: Patient, signal: AbortSignal): Promise<Found> {
  const answer = await aws({ service: 'lambda', method: 'GET', path: '/2016-08-19/account-settings', signal })
  if (!answer.ok)
    return skipped(`can't be seen: ${await reasonOfAws(answer)}`, 'allow lambda:GetAccountSettings to whoever asks')
  const { AccountLimit } = (await answer.json()) as { AccountLimit?: { UnreservedConcurrentExecutions?: number } }
  const most = AccountLimit?.UnreservedConcurrentExecutions
  if (most === undefined) return skipped('the answer names no limit')
  if (most >= CONCURRENCY) return ok(`${most} functions may run at once`)
  return warning(
    `${most} functions may run at once in ${target.env.AWS_REGION}, of this account's all: in a storm pages wait`,
    'ask for 1000: Service Quotas → AWS Lambda → Concurrent executions',
  )
}
