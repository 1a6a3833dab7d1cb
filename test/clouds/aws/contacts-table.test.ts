import { expect, it } from 'vitest'
import { contactsTable } from '../../../shared/clouds/aws/contacts-table.ts'
import type { AttributeValue, DynamoDb } from '../../../shared/clouds/aws/dynamodb-actions.ts'
import { AwsRefusal } from '../../../shared/clouds/aws/json-service.ts'
import type { Directory } from '../../../shared/oncall/plan.ts'

const directory: Directory = { contacts: { lin: { name: '林悦' } }, schedules: {}, overrides: [] }

interface Input {
  Item?: Record<string, AttributeValue>
  ConditionExpression?: string
  ExpressionAttributeValues?: Record<string, AttributeValue>
}

/** A table of one row, and how that is changed behind our back. */
function oneRow() {
  let row: Record<string, AttributeValue> | undefined
  const dynamodb: DynamoDb = async (_, asked) => {
    const input = asked as Input
    const read = input.ExpressionAttributeValues?.[':read']?.S
    const isRefused =
      (input.ConditionExpression?.startsWith('attribute_not_exists') && row !== undefined) ||
      (read !== undefined && row?.revision?.S !== read)
    if (isRefused) throw new AwsRefusal('ConditionalCheckFailedException', 'refused')
    if (input.Item !== undefined) row = input.Item
    return row === undefined ? {} : { Item: row }
  }
  const table = contactsTable(dynamodb, 'contacts')
  const change = (changes: Record<string, AttributeValue>) => {
    row = { ...row, ...changes }
  }
  return { table, change }
}

it('a row comes back as it was written, with its version', async () => {
  const { table } = oneRow()
  expect(await table.read('pay')).toBeUndefined()
  await table.write('pay', directory)
  expect(await table.read('pay')).toEqual({ directory, problems: [], revision: expect.any(String) })
})

it.each([
  ['of a newer release', { v: { N: '2' } }, /^the row has version 2, and this release reads 1/],
  ['with a damaged part', { overrides: { S: '{' } }, /^the overrides can't be read$/],
])('a row %s is read as well as can be, and named', async (_, changes, problem) => {
  const { table, change } = oneRow()
  await table.write('pay', directory)
  change(changes)
  expect(await table.read('pay')).toMatchObject({ directory, problems: [{ en: expect.stringMatching(problem) }] })
})

it('a row that somebody else has written since it was read is not written over', async () => {
  const { table } = oneRow()
  expect(await table.write('pay', directory, 'none')).toBe(true)
  expect(await table.write('pay', directory, 'none')).toBe(false)
  const read = await table.read('pay')
  const other: Directory = { ...directory, contacts: { wang: { name: '王磊' } } }
  expect(await table.write('pay', other, read)).toBe(true)
  expect(await table.write('pay', directory, read)).toBe(false)
  expect((await table.read('pay'))?.directory).toEqual(other)
})

it('overrides that were made elsewhere come back behind those of oncall.yml, with where they come from', async () => {
  const { table } = oneRow()
  const spell = { schedule: 'sre', from: '2026-12-05 18:00', to: '2026-12-07 10:00' }
  const overrides = [
    { ...spell, add: 'lin' },
    { ...spell, contact: 'lin', made: { id: '1f0c2a7e', by: 'wang', at: 1 } },
  ]
  await table.write('pay', { ...directory, overrides })
  expect((await table.read('pay'))?.directory.overrides).toEqual(overrides)
})

it('the same people, and what was made for them in whichever order it came, is one version', async () => {
  const made = (id: string, at: number) => ({
    ...{ schedule: 'sre', contact: 'lin', from: '2026-12-05 18:00', to: '2026-12-06 10:00' },
    made: { id, by: 'wang', at },
  })
  const versionOf = async (written: Directory) => {
    const { table } = oneRow()
    await table.write('pay', written)
    return (await table.read('pay'))?.revision
  }
  const [lin, wang] = [{ name: '林悦' }, { name: '王磊', phone: '+8613800000002' }]
  const one = { ...directory, contacts: { lin, wang }, overrides: [made('a', 1), made('b', 2)] }
  const other = {
    ...directory,
    contacts: { wang: { phone: wang.phone, name: wang.name }, lin },
    overrides: [made('b', 2), made('a', 1)],
  }

  expect(await versionOf(one)).toBe(await versionOf(other))
  expect(await versionOf(one)).not.toBe(await versionOf({ ...one, overrides: [made('a', 1)] }))
})
