import * as z from 'zod/mini'
import { POST_CHARACTERS } from '../../../../shared/contracts/status-page.ts'
import type { Operation } from '../operation.ts'
import { impact, postState, told } from '../schemas/outsiders.ts'
import { as, number } from '../schemas/parts.ts'

const text = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(POST_CHARACTERS)))

export const outsiders = {
  readTold: {
    method: 'get',
    path: '/incidents/{number}/outsiders',
    params: number,
    summary: 'What outsiders were told of an incident, on each status page that its check is behind',
    scope: { role: 'viewer', where: 'project' },
    answer: told,
    refusals: { missing: 'Nobody has this number' },
  },
  tellOutsiders: {
    method: 'post',
    path: '/incidents/{number}/outsiders',
    params: number,
    summary: 'Tells outsiders of an incident, in words written for them, on all of these pages',
    description:
      'In one language at least: readers of the other one get it, too. Without `state` or `impact` that of the last time holds, or what the incident itself says. The same once more within five minutes is told once.',
    scope: { role: 'responder', where: 'project' },
    body: z.strictObject({
      as,
      text: z.strictObject({ zh: text, en: text }),
      state: z.optional(postState),
      impact: z.optional(impact),
    }),
    answer: told,
    refusals: {
      missing: 'Nobody has this number',
      conflict: 'No status page has a component that its check is behind',
    },
  },
} as const satisfies Record<string, Operation>
