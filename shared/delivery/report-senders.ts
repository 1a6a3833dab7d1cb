import { required } from '../clouds/aws/env.ts'
import type { Env } from '../clouds/aws/lambda.ts'
import { credentialsOf } from '../clouds/aws/sigv4.ts'
import { sqsSender } from '../clouds/aws/sqs-sender.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { resolveReferences } from '../contracts/references.ts'
import type { Instant } from '../contracts/words.ts'
import type { Send } from './report-sender.ts'

interface Io {
  now(): Instant
  /** Uniform in [0, 1). */
  random(): number
}

/**
 * To whom a probe hands its reports, the first one first: the addresses of `ingest` where the configuration has keys of this vantage to
 * sign them with, else the events queues. Where there are several regions each report goes to all. Throws, naming the variable, for what the environment lacks.
 */
export function reportSenders(
  { reportKeys, regions }: Pick<CompiledConfig, 'reportKeys' | 'regions'>,
  vantage: string,
  env: Env,
  io: Io,
): Send[] {
  const [key] = reportKeys?.[vantage] ?? []
  const first = key === undefined ? queuesOf(env, io) : postsOf(key, vantage, env, io)
  if (regions === undefined) return first
  return [
    (...sent) =>
      import('./report-regions.ts').then((late) =>
        late.sendToRegions(sent, first, key === undefined && regions, env, io),
      ),
  ]
}

function postsOf(key: string, vantage: string, env: Env, io: Io): Send[] {
  const { value: secret, missing } = resolveReferences(key, env)
  if (missing.length > 0) throw new Error(`The environment variable ${missing.join()} is not set`)
  const urls = required(env, 'REPORTS_URL').split(',')
  return urls.map((url) => async (report, deadline) => {
    const { reportPost } = await import('./report-post.ts')
    await reportPost({ url: url.trim(), vantage, secret, ...io })(report, deadline)
  })
}

/** The events queue, and the one that stands by in another region, if there is one. A private endpoint is the first one's alone. */
function queuesOf(env: Env, io: Io): Send[] {
  const region = env.AWS_REGION
  const shared = { ...(region ? { region } : {}), credentials: credentialsOf(env), ...io }
  const endpoint = env.AWS_ENDPOINT_URL_SQS
  const primary = sqsSender({
    queueUrl: required(env, 'EVENTS_QUEUE_URL'),
    ...(endpoint ? { endpoint } : {}),
    ...shared,
  })
  const standby = env.STANDBY_EVENTS_QUEUE_URL
  return standby ? [primary, sqsSender({ queueUrl: standby, ...shared })] : [primary]
}
