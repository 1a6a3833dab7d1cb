import type { Env } from '../shared/clouds/aws/lambda.ts'
import type { Embedded } from './queues.ts'
import { localCredentials } from './resources.ts'
import { StartError } from './start-error.ts'

// The servers of queues and tables: embedded, or those that the environment names in their place.

/** The sandboxes and embedded servers take made-up ones; servers that the environment names may want its own. */
export function credentialsOf(env: Env): typeof localCredentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env
  const usesGiven = [env.AWS_ENDPOINT_URL_SQS, env.AWS_ENDPOINT_URL_DYNAMODB, env.AWS_ENDPOINT_URL_CONNECT].some(
    Boolean,
  )
  return usesGiven && accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : localCredentials
}

/** An embedded server, or what the environment names in its place. */
export async function embed(given: string | undefined, start: () => Promise<Embedded>): Promise<Embedded> {
  return given ? { endpoint: given, stop: async () => undefined } : start()
}

/** Names the variable when nothing answers at the address that it gives. */
export async function answering<T>(variable: string, endpoint: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ECONNREFUSED') throw error
    throw new StartError({
      en: `${variable}: nothing answers at ${endpoint}`,
      zh: `${variable}：${endpoint} 没有应答`,
    })
  }
}
