import * as z from 'zod/mini'
import type { Operation } from '../operation.ts'
import { endedSessions } from '../schemas.ts'

export const sessions = {
  endSessions: {
    method: 'post',
    path: '/sessions/end',
    summary: 'Signs somebody out everywhere, such as who has left',
    description:
      'Within 15 s. They may sign in again while their provider and `console.access` let them. `who` is an e-mail address, `wecom:LinYue` or the like, or the id in the audit.',
    scope: { role: 'admin', where: 'everywhere' },
    body: z.strictObject({ who: z.string().check(z.trim(), z.minLength(3), z.maxLength(400)) }),
    answer: endedSessions,
  },
} as const satisfies Record<string, Operation>
