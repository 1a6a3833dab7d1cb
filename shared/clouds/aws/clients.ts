import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Env } from './lambda.ts'

/** How long a client waits for a service, and how often it asks. */
export interface Patience {
  /** To be connected, ms. */
  connectMs: number
  /** For the whole of one answer, ms. */
  tryMs: number
  /** Requests in all. */
  tries: number
}

/**
 * DynamoDB and SQS answer within milliseconds: a request that hangs is lost, and the next one gets through. The SDK pauses for less
 * than a second between tries, so that all of them together end within 7 s.
 */
export const PATIENCE: Patience = { connectMs: 1_000, tryMs: 2_000, tries: 3 }

/** Somebody is on the phone, and the flow waits 8 s in all: 3 s for a request. */
export const LITTLE_PATIENCE: Patience = { connectMs: 500, tryMs: 800, tries: 3 }

/** A client of DynamoDB; `AWS_ENDPOINT_URL_DYNAMODB` moves it. */
export function dynamoClient(env: Env, patience = PATIENCE): DynamoDBClient {
  return new DynamoDBClient({ ...common(env, patience), ...endpoint(env.AWS_ENDPOINT_URL_DYNAMODB) })
}

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
