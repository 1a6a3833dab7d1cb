import type { StackFile } from '../../local/files.ts'
import { localRole } from '../../local/resources.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'

/** How the queues and tables of a local stack without given credentials are asked. */
export function localEnv({ region, sqs, dynamodb }: Pick<StackFile, 'region' | 'sqs' | 'dynamodb'>): Env {
  return {
    AWS_REGION: region,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    ...localRole,
  }
}
