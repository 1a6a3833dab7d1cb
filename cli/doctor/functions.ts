import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { putting } from '../../plugins/config/secrets.ts'
import { type Examination, type Found, fault, ok, skipped, warning } from '../../shared/channels/finding.ts'
import { reasonOfAws } from '../../shared/clouds/aws/answer.ts'
import { compileFor } from '../../shared/config/compile-for.ts'
import { type ConfiguredFunction, configuredFunctions, queueFunctions } from '../../shared/contracts/functions.ts'
import { references } from '../../shared/contracts/references.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
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
  return (
    notWhole(deployed) ??
    unset(name, deployed, patient) ??
    ok({ en: `active on ${deployed.Runtime}`, zh: `正常，运行于 ${deployed.Runtime}` })
  )
}

/** What is wrong with a function as Lambda has it. */
export function notWhole({ State, LastUpdateStatus }: LambdaFunction): Found | undefined {
  if (State !== 'Active' && State !== 'Inactive')
    return fault(
      { en: `its state is ${State}`, zh: `状态为 ${State}` },
      { en: 'wait if it is Pending; else deploy again', zh: 'Pending 就等一等；否则重新部署' },
    )
  return LastUpdateStatus === 'Failed'
    ? fault({ en: 'its last update has failed', zh: '上次更新失败了' }, { en: 'deploy again', zh: '重新部署' })
    : undefined
}

/** What this function's part of the configuration refers to, and its environment lacks. */
function unset(name: ConfiguredFunction, { env }: LambdaFunction, { config, target }: Patient): Found | undefined {
  const vantage = env.VANTAGE
  if (name === 'probe' && !Object.values(config.vantages).some((place) => place === vantage))
    return fault(
      {
        en: `it plays ${vantage}, which is no vantage of this configuration`,
        zh: `它扮演 ${vantage}，配置里没有这个观测点`,
      },
      { en: 'name it under `vantages`, and deploy', zh: '写进 `vantages`，再部署' },
    )
  const missing = references(compileFor(name, config, vantage)).filter((variable) => !env[variable])
  if (missing.length === 0) return undefined
  const path = env.FENGHUO_SECRETS
  if (path === undefined)
    return fault(
      { en: `without ${missing.join(', ')}`, zh: `缺少 ${missing.join('、')}` },
      { en: 'set what is missing where you deploy, and deploy', zh: '在部署的地方设置缺少的，再部署' },
    )
  const [first = ''] = missing
  return fault(
    { en: `${path}/ is without ${missing.join(', ')}`, zh: `${path}/ 里没有 ${missing.join('、')}` },
    putting(path, first, target.env.AWS_REGION ?? ''),
  )
}

/** Lambda has the SHA-256 of each zip; packaging the same thing twice gives the same bytes. */
async function versions({ root, stage, lambda }: Patient): Promise<Found> {
  const again = `npx sls package --stage ${stage}`
  const compared = await Promise.all(
    configuredFunctions.map(async (name) => {
      const zip = await readFile(join(root, '.serverless', `${name}.zip`)).catch(() => undefined)
      if (zip === undefined) return []
      const { CodeSha256 } = await lambda(name)
      return [{ name, isOurs: createHash('sha256').update(zip).digest('base64') === CodeSha256 }]
    }),
  )
  const all = compared.flat()
  if (all.length === 0)
    return skipped({ en: 'nothing packaged here to compare with', zh: '这里没有打包过，无从比较' }, again)
  const others = all.filter(({ isOurs }) => !isOurs).map(({ name }) => name)
  if (others.length === 0)
    return ok({
      en: `what was packaged here last is deployed: ${several(all.length, 'function', 'en')}`,
      zh: `部署的就是这里上次打包的：${several(all.length, 'function', 'zh')}`,
    })
  return warning(
    { en: `not what was packaged here last: ${others.join(', ')}`, zh: `与这里上次打包的不同：${others.join('、')}` },
    `${again}; or deploy`,
  )
}

/**
 * Whether a queue calls the function of this full name; one that was switched off to stop all paging is forgotten easily.
 * ListEventSourceMappings, Lambda API reference.
 */
export async function trigger(name: string, { aws }: Patient, signal: AbortSignal, region?: string): Promise<Found> {
  const path = `/2015-03-31/event-source-mappings/?FunctionName=${name}`
  const answer = await aws({ service: 'lambda', method: 'GET', path, signal }, region)
  if (!answer.ok)
    return warning(unseen(await reasonOfAws(answer)), {
      en: 'allow lambda:ListEventSourceMappings to whoever asks',
      zh: '给查询者 lambda:ListEventSourceMappings 权限',
    })
  const { EventSourceMappings = [] } = (await answer.json()) as { EventSourceMappings?: { State?: string }[] }
  if (EventSourceMappings.length === 0)
    return fault({ en: 'no queue calls it', zh: '没有队列调用它' }, { en: 'deploy again', zh: '重新部署' })
  const states = EventSourceMappings.map(({ State }) => State)
  if (states.every((state) => state === 'Enabled')) return ok({ en: 'it calls the function', zh: '会调用该函数' })
  return fault(
    {
      en: `its trigger is ${states.join(', ')}: nothing on it is worked on`,
      zh: `触发器为 ${states.join('、')}：上面的消息没有处理`,
    },
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
  if (runs > 0)
    return ok({
      en: `${several(runs, 'run', 'en')} in the last ${LOOK_BACK_MS / 60_000} minutes`,
      zh: `最近 ${LOOK_BACK_MS / 60_000} 分钟 ${several(runs, 'run', 'zh')}`,
    })
  return fault(
    {
      en: `no run in the last ${LOOK_BACK_MS / 60_000} minutes: nobody finds overdue pages`,
      zh: `最近 ${LOOK_BACK_MS / 60_000} 分钟没有运行：逾期的呼叫无人发现`,
    },
    {
      en: 'enable the rule that calls it in EventBridge, or deploy again',
      zh: '在 EventBridge 启用调用它的规则，或重新部署',
    },
  )
}

/** New accounts get 10 in place of 1000 (GetAccountSettings, Lambda API reference). All functions of the region share it. */
async function concurrency({ aws, target }: Patient, signal: AbortSignal): Promise<Found> {
  const answer = await aws({ service: 'lambda', method: 'GET', path: '/2016-08-19/account-settings', signal })
  if (!answer.ok)
    return skipped(unseen(await reasonOfAws(answer)), {
      en: 'allow lambda:GetAccountSettings to whoever asks',
      zh: '给查询者 lambda:GetAccountSettings 权限',
    })
  const { AccountLimit } = (await answer.json()) as { AccountLimit?: { UnreservedConcurrentExecutions?: number } }
  const most = AccountLimit?.UnreservedConcurrentExecutions
  if (most === undefined) return skipped({ en: 'the answer names no limit', zh: '应答里没有上限' })
  if (most >= CONCURRENCY) return ok({ en: `${most} functions may run at once`, zh: `同时可运行 ${most} 个函数` })
  return warning(
    {
      en: `${most} functions may run at once in ${target.env.AWS_REGION}, of this account's all: in a storm pages wait`,
      zh: `${target.env.AWS_REGION} 里这个账号全部只能同时运行 ${most} 个函数：风暴时呼叫要等`,
    },
    {
      en: 'ask for 1000: Service Quotas → AWS Lambda → Concurrent executions',
      zh: '申请 1000：Service Quotas → AWS Lambda → Concurrent executions',
    },
  )
}

function unseen(reason: string): Bilingual {
  return { en: `can't be seen: ${reason}`, zh: `看不到：${reason}` }
}
