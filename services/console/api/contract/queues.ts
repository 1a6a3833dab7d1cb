import * as z from 'zod/mini'
import { lettered } from '../../../../shared/contracts/queues.ts'
import type { Operation } from '../operation.ts'
import { letterList, queueList, sentBack } from '../schemas.ts'

const queue = { queue: { schema: z.enum(lettered), says: 'The queue whose dead letters are meant' } }

export const queues = {
  listQueues: {
    method: 'get',
    path: '/queues',
    summary: 'How many messages each queue holds',
    scope: { role: 'viewer', where: 'everywhere' },
    answer: queueList,
  },
  listLetters: {
    method: 'get',
    path: '/queues/{queue}/letters',
    params: queue,
    summary: 'The dead letters of a queue, the newest first, without what they say',
    scope: { role: 'viewer', where: 'everywhere' },
    answer: letterList,
  },
  sendBack: {
    method: 'post',
    path: '/queues/{queue}/send-back',
    params: queue,
    summary: 'Sends dead letters back to their queue: one, or all that can be reached in time',
    scope: { role: 'admin', where: 'everywhere' },
    body: z.strictObject({ letter: z.optional(z.string().check(z.minLength(1), z.maxLength(100))) }),
    answer: sentBack,
  },
} as const satisfies Record<string, Operation>
