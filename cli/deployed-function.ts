import { callAws } from '../shared/clouds/aws/call.ts'
import { credentialsFor } from '../shared/clouds/aws/clients.ts'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import { CommandError } from './failure.ts'
import type { CliIo } from './io.ts'
import type { Target } from './target.ts'

const TRY_MS = 10_000

/** A function of a deployment, as Lambda has it. */
export interface DeployedFunction {
  /** Of its function URL, or where a domain of one's own leads to it. */
  url: string
  env: Env
}

/**
 * Asks Lambda (API reference: GetFunctionConfiguration, GetFunctionUrlConfig) for a function. Throws a `CommandError` in plain words
 * if it is not there, or may not be read.
 */
export async function readFunction(name: string, target: Target, io: Pick<CliIo, 'now'>): Promise<DeployedFunction> {
  const configuration = await get(`/2015-03-31/functions/${name}/configuration`, target, io)
  const { Environment } = configuration as { Environment?: { Variables?: Env } }
  const env = Environment?.Variables ?? {}
  if (env.INBOUND_DOMAIN) return { url: `https://${env.INBOUND_DOMAIN}/`, env }
  const { FunctionUrl } = await get(`/2021-10-31/functions/${name}/url`, target, io)
  return { url: String(FunctionUrl), env }
}

async function get(path: string, { env, name }: Target, { now }: Pick<CliIo, 'now'>): Promise<Record<string, unknown>> {
  const signal = AbortSignal.timeout(TRY_MS)
  const answer = await callAws({ service: 'lambda', method: 'GET', path, signal }, env, {
    now,
    fetch,
    credentials: credentialsFor(env),
  })
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  if (answer.ok) return body
  if (answer.status === 404)
    throw new CommandError({
      en: `${name} has no such function: deploy this version first`,
      zh: `${name}没有这个函数：请先部署这个版本`,
    })
  const reason = [`HTTP ${answer.status}`, body.Message ?? body.message].filter(Boolean).join(' ')
  throw new CommandError({
    en: `Lambda does not tell of the function (${reason}): this takes lambda:GetFunctionConfiguration and lambda:GetFunctionUrlConfig`,
    zh: `Lambda 不肯说这个函数的情况（${reason}）：需要 lambda:GetFunctionConfiguration 和 lambda:GetFunctionUrlConfig 权限`,
  })
}
