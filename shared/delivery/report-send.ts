import { required } from '../clouds/aws/env.ts'
import type { Env } from '../clouds/aws/lambda.ts'
import { credentialsOf } from '../clouds/aws/sigv4.ts'
import { sqsSender } from '../clouds/aws/sqs-sender.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { resolveReferences } from '../contracts/references.ts'
import type { ReportIo, Send } from './report-sender.ts'

/**
 * How a probe's reports leave: to the addresses of `ingest` where the configuration has keys of this vantage to sign them with, else to the
 * events queue. Where there are several regions each report goes to all. Throws, naming the variable, for what the environment lacks.
 */
export function reportSend(
  { reportKeys, regions }: Pick<CompiledConfig, 'reportKeys' | 'regions'>,
  vantage: string,
  env: Env,
  io: ReportIo,
): Send {
  const [key] = reportKeys?.[vantage] ?? []
  if (key !== undefined) return toAll(postsOf(key, vantage, env, io), regions, env, io)
  const own = toQueue(env, io)
  if (regions === undefined) return own
  return madeOnce(async () => (await import('./report-regions.ts')).sendToQueues(own, regions, env, io))
}

function toAll(posts: Send[], regions: CompiledConfig['regions'], env: Env, io: ReportIo): Send {
  const [only, another] = posts
  if (only !== undefined && another === undefined) return only
  return madeOnce(async () => (await import('./report-regions.ts')).postsToAll(posts, regions, env, io))
}

/** It is one for all reports: it remembers which region was waited for in vain. What it is made of is loaded with the first. */
function madeOnce(make: () => Promise<Send>): Send {
  let made: Send | undefined
  return async (...sent) => {
    made ??= await make()
    return made(...sent)
  }
}

function postsOf(key: string, vantage: string, env: Env, io: ReportIo): Send[] {
  const { value: secret, missing } = resolveReferences(key, env)
  if (missing.length > 0) throw new Error(`The environment variable ${missing.join()} is not set`)
  const urls = required(env, 'REPORTS_URL').split(',')
  return urls.map((url) => async (report, deadline) => {
    const { reportPost } = await import('./report-post.ts')
    await reportPost({ url: url.trim(), vantage, secret, ...io })(report, deadline)
  })
}

function toQueue(env: Env, io: ReportIo): Send {
  const region = env.AWS_REGION
  const endpoint = env.AWS_ENDPOINT_URL_SQS
  return sqsSender({
    queueUrl: required(env, 'EVENTS_QUEUE_URL'),
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
    credentials: credentialsOf(env),
    ...io,
  })
}
