import * as z from 'zod/mini'
import type { Operation } from '../operation.ts'
import { paging } from '../schemas/parts.ts'
import { removedSubscriber, subscriberList } from '../schemas/subscribers.ts'

const part = z.string().check(z.minLength(1), z.maxLength(64))

export const subscribers = {
  listSubscribers: {
    method: 'get',
    path: '/subscribers',
    summary: 'Who has subscribed to the status pages, each address masked',
    scope: { role: 'responder', where: 'everywhere' },
    query: z.strictObject({ page: z.optional(part), ...paging }),
    answer: subscriberList,
    refusals: { missing: 'No status page has this name' },
  },
  removeSubscriber: {
    method: 'delete',
    path: '/subscribers/{page}/{id}',
    params: {
      page: { schema: part, says: 'The status page' },
      id: { schema: part, says: 'Of the subscriber' },
    },
    summary: 'Tells a subscriber nothing any more',
    scope: { role: 'admin', where: 'everywhere' },
    answer: removedSubscriber,
    refusals: { missing: 'No subscriber of the page has this id, or it has gone' },
  },
} as const satisfies Record<string, Operation>
