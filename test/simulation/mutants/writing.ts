import { editsOf, type Mutant } from './mutant.ts'

const ownWrite = 'shared/store/own-write.ts'
const table = 'shared/clouds/aws/table.ts'

/** How an item is written. */
export const writing: Mutant[] = [
  {
    name: 'a2',
    what: 'DynamoDB: no condition on the version of an update',
    edits: editsOf(
      table,
      [
        "ConditionExpression: expected === 0 ? 'attribute_not_exists(pk)' : '#version = :expected',",
        "...(expected === 0 ? { ConditionExpression: 'attribute_not_exists(pk)' } : {}),",
      ],
      ['...(expected === 0\n            ? {}', '...(expected >= 0\n            ? {}'],
    ),
  },
  {
    name: 'a3',
    what: 'DynamoDB: no condition on the first write',
    edits: editsOf(table, [
      "ConditionExpression: expected === 0 ? 'attribute_not_exists(pk)' : '#version = :expected',",
      "...(expected === 0 ? {} : { ConditionExpression: '#version = :expected' }),",
    ]),
  },
  {
    name: 'a4',
    what: 'own write whose answer was lost is taken for somebody else’s',
    edits: editsOf(ownWrite, ['    if (writersOf(current).includes(own)) return undefined\n', '']),
  },
  {
    name: 'a5',
    what: 'a conflict is taken for success',
    edits: editsOf(ownWrite, [
      'if (result === true) return undefined',
      'if (typeof result === "boolean") return undefined',
    ]),
  },
  {
    name: 'a6',
    what: 'whose call a contact is is written without condition',
    edits: editsOf('shared/store/contact-links.ts', [
      'return io.incidents.putIfVersion(row, before)',
      'return io.incidents.put([row]).then(() => true)',
    ]),
  },
]
