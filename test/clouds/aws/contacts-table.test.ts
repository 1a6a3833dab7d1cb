import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { expect, it } from 'vitest'
import { contactsTable } from '../../../shared/clouds/aws/contacts-table.ts'
import type { Directory } from '../../../shared/oncall/plan.ts'

const directory: Directory = { contacts: { lin: { name: '林悦' } }, schedules: {}, overrides: [] }

/** A table of one row, and how that is changed behind our back. */
function oneRow() {
  let row: Record<string, AttributeValue> | undefined
  const send = async ({ input }: { input: { Item?: typeof row } }) => {
    if (input.Item !== undefined) row = input.Item
    return { Item: row }
  }
  const table = contactsTable({ send } as unknown as DynamoDBClient, 'contacts')
  const change = (changes: Record<string, AttributeValue>) => {
    row = { ...row, ...changes }
  }
  return { table, change }
}

it('a row comes back as it was written, with its version', async () => {
  const { table } = oneRow()
  expect(await table.read('pay')).toBeUndefined()
  await table.write('pay', directory)
  expect(await table.read('pay')).toEqual({ directory, problems: [] })
})

it.each([
  ['of a newer release', { v: { N: '2' } }, /^the row has version 2, and this release reads 1/],
  ['with a damaged part', { overrides: { S: '{' } }, /^the overrides can't be read$/],
])('a row %s is read as well as can be, and named', async (_, changes, problem) => {
  const { table, change } = oneRow()
  await table.write('pay', directory)
  change(changes)
  expect(await table.read('pay')).toEqual({ directory, problems: [expect.stringMatching(problem)] })
})
