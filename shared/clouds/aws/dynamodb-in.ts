import { dynamoDb } from './dynamodb.ts'
import type { DynamoDb } from './dynamodb-actions.ts'
import type { Env } from './lambda.ts'
import { LITTLE_PATIENCE } from './patience.ts'

/** Whoever asks has other regions to ask, too, or somebody before a page: one that is lost may not take all of their time. */
const PATIENCE = { ...LITTLE_PATIENCE, tries: 2 }

/** DynamoDB in a region of the deployment, whose tables have the names of ours. Tests and private ways have the others at an address of their own. */
export function dynamoDbIn(region: string, env: Env): DynamoDb {
  const endpoint = region === env.AWS_REGION ? env.AWS_ENDPOINT_URL_DYNAMODB : env.FENGHUO_REGIONS_URL
  return dynamoDb({ ...env, AWS_REGION: region, AWS_ENDPOINT_URL_DYNAMODB: endpoint }, { patience: PATIENCE })
}
