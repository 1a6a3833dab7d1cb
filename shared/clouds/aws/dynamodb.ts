import type { DynamoDb } from './dynamodb-actions.ts'
import { type JsonServiceOptions, jsonService } from './json-service.ts'
import type { Env } from './lambda.ts'

const service = {
  name: 'dynamodb',
  target: 'DynamoDB_20120810',
  addressVariable: 'AWS_ENDPOINT_URL_DYNAMODB',
  // An answer has at most 16 MB of items (API reference, BatchGetItem), which JSON may write with twice as many characters.
  answerLimitBytes: 40 * 1024 * 1024,
}

/** DynamoDB of the environment's region; see `jsonService`. */
export function dynamoDb(env: Env, options: JsonServiceOptions = {}): DynamoDb {
  return jsonService(service, env, options)
}
