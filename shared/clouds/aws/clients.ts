import { SQSClient } from '@aws-sdk/client-sqs'
import type { Env } from './lambda.ts'
import { PATIENCE, type Patience } from './patience.ts'
import { type Credentials, credentialsOf } from './sigv4.ts'

/** A client of SQS; `AWS_ENDPOINT_URL_SQS` moves it. */
export function sqsClient(env: Env, patience = PATIENCE): SQSClient {
  return new SQSClient({
    ...common(env, patience),
    ...endpoint(env.AWS_ENDPOINT_URL_SQS),
    // The queue URL's own host would win over the endpoint otherwise.
    useQueueUrlAsEndpoint: false,
  })
}

/** Region and credentials as given; what is not given the SDK finds itself. */
function common(env: Env, { connectMs, tryMs, tries }: Patience) {
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env
  const sessionToken = env.AWS_SESSION_TOKEN
  return {
    // Our clients get no further middleware, so what a command runs through is put together once (smithy-client, `cacheMiddleware`).
    cacheMiddleware: true,
    maxAttempts: tries,
    // Without the last of these the SDK only warns of a request that takes longer (smithy, NodeHttpHandlerOptions).
    requestHandler: { connectionTimeout: connectMs, requestTimeout: tryMs, throwOnRequestTimeout: true },
    ...(region === undefined ? {} : { region }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } }),
  }
}

function endpoint(url: string | undefined) {
  return url === undefined || url === '' ? {} : { endpoint: url }
}

/** Gives somebody's credentials, as often as asked: those in the environment, or else what the SDK finds, renewed when they run out. */
export function credentialsFor(env: Env): () => Promise<Credentials> {
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) return async () => credentialsOf(env)
  const { credentials } = sqsClient(env).config
  return () => credentials()
}
