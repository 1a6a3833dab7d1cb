import { AwsRefusal } from './json-service.ts'

/** What an attribute holds, as the API has it. Our items have texts, numbers and bytes, which the API has in base64. */
export interface AttributeValue {
  S?: string
  N?: string
  B?: string
}

export type Item = Record<string, AttributeValue>

interface Values {
  ExpressionAttributeNames?: Record<string, string>
  ExpressionAttributeValues?: Item
}

interface Conditional extends Values {
  TableName: string
  ConditionExpression?: string
}

export interface GetItem {
  TableName: string
  Key: Item
  ConsistentRead?: true
  ProjectionExpression?: string
}

export interface PutItem extends Conditional {
  Item: Item
}

export interface UpdateItem extends Conditional {
  Key: Item
  UpdateExpression: string
  ReturnValues?: 'UPDATED_NEW'
}

export interface Query extends Values {
  TableName: string
  IndexName?: 'due' | 'open'
  ConsistentRead?: true
  KeyConditionExpression: string
  ScanIndexForward?: false
  Limit?: number
  ExclusiveStartKey?: Item
}

export interface Write {
  PutRequest: { Item: Item }
}

/** What is asked of DynamoDB here, in its own words (API reference, version 2012-08-10), and what it answers. */
export interface Actions {
  GetItem: { input: GetItem; answer: { Item?: Item } }
  PutItem: { input: PutItem; answer: object }
  UpdateItem: { input: UpdateItem; answer: { Attributes?: Item } }
  Query: { input: Query; answer: { Items?: Item[]; LastEvaluatedKey?: Item } }
  BatchGetItem: {
    input: { RequestItems: Record<string, { Keys: Item[]; ConsistentRead?: true }> }
    answer: { Responses?: Record<string, Item[]>; UnprocessedKeys?: Record<string, { Keys?: Item[] }> }
  }
  BatchWriteItem: {
    input: { RequestItems: Record<string, Write[]> }
    answer: { UnprocessedItems?: Record<string, Write[]> }
  }
}

/** Has DynamoDB do one thing. Rejects with an `AwsRefusal` when it refuses, and with the reason when there is no answer. */
export type DynamoDb = <A extends keyof Actions>(action: A, input: Actions[A]['input']) => Promise<Actions[A]['answer']>

/** Whether a write was refused since its condition does not hold. */
export function isConflict(error: unknown): boolean {
  return error instanceof AwsRefusal && error.name === 'ConditionalCheckFailedException'
}
