import type { Item, Query } from './dynamodb-actions.ts'

/** Which rows of a table are meant, and in which order. */
export type Selection = Omit<Query, 'TableName' | 'Limit'>

/** All of a partition whose sort keys begin with this; '' for all of it. */
export function below(pk: string, prefix: string): Selection {
  const values: Item = { ':pk': { S: pk } }
  if (prefix !== '') values[':prefix'] = { S: prefix }
  return {
    ConsistentRead: true,
    KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: values,
  }
}

/** A stretch of a partition, the last first. */
export function between(pk: string, from: string, until: string): Selection {
  return {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
    ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from }, ':until': { S: until } },
    ScanIndexForward: false,
  }
}

/** What is due, by the index of sweeps: the longest first. */
export function dueUntil(at: number): Selection {
  return {
    IndexName: 'due',
    KeyConditionExpression: 'due = :due AND dueAt <= :at',
    ExpressionAttributeValues: { ':due': { S: 'due' }, ':at': { N: String(at) } },
  }
}

/** One of the lists, the newest first, or what was opened by then. */
export function listedAs(which: string, until: number | undefined): Selection {
  const values: Item = { ':which': { S: which } }
  if (until !== undefined) values[':until'] = { N: String(until) }
  return {
    IndexName: 'open',
    KeyConditionExpression: `listed = :which${until === undefined ? '' : ' AND openedAt <= :until'}`,
    ExpressionAttributeValues: values,
    ScanIndexForward: false,
  }
}
