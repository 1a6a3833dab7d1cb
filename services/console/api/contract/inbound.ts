import * as z from 'zod/mini'
import type { Operation } from '../operation.ts'
import { senderList, trial } from '../schemas/inbound.ts'
import { paging } from '../schemas/parts.ts'

const name = (says: string) => ({ schema: z.string(), says })

export const inbound = {
  listSenders: {
    method: 'get',
    path: '/inbound',
    summary:
      'The formats in which other systems may send their alerts, by project: where to, and when each was last heard of',
    scope: { role: 'viewer', where: 'project' },
    query: z.strictObject({ project: z.optional(z.string()), ...paging }),
    answer: senderList,
  },
  testInbound: {
    method: 'post',
    path: '/inbound/{project}/{format}/test',
    params: { project: name('Whose alerts it is to bring'), format: name('By its name, as the list has it') },
    summary: 'Sends an alert of a format through the real address, and at once what ends it',
    description:
      '`key` is a key of the project, used for this alone and kept nowhere. Of a format that may call somebody before it is over `sure` has to be said.',
    scope: { role: 'responder', where: 'project' },
    body: z.strictObject({
      key: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(400))),
      sure: z._default(z.boolean(), false),
    }),
    answer: trial,
    refusals: { missing: 'There is no such project or format' },
  },
} as const satisfies Record<string, Operation>
