import * as z from 'zod/mini'
import type { Operation } from '../operation.ts'
import { group, groupList } from '../schemas/kafka.ts'
import { paging } from '../schemas/parts.ts'

const viewer = { role: 'viewer', where: 'project' } as const

export const kafka = {
  listGroups: {
    method: 'get',
    path: '/kafka',
    summary: 'Consumer groups as each vantage sees them, with their lag in messages and in time',
    description: 'Renewed every 15 s. Of more than 1,000 groups those are read whose checks are worst.',
    scope: viewer,
    query: z.strictObject({ project: z.optional(z.string()), ...paging }),
    answer: groupList,
  },
  readGroup: {
    method: 'get',
    path: '/kafka/group',
    summary: 'A consumer group with each partition, its status and why',
    description: '`check`, `vantage` and `group` as the list has them.',
    scope: viewer,
    query: z.strictObject({ check: z.string(), vantage: z.string(), group: z.string() }),
    answer: group,
    refusals: { missing: 'No such group is known there' },
  },
} as const satisfies Record<string, Operation>
