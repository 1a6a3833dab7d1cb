import type { StackFile } from '../../local/files.ts'
import { localCredentials } from '../../local/resources.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'

/** How the queues and tables of a local stack without given credentials are asked. */
export function localEnv({ region, sqs, dynamodb }: Pick<StackFile, 'region' | 'sqs' | 'dynamodb'>): Env {
  return {
    AWS_REGION: region,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  }
}
