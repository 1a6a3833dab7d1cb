import * as z from 'zod/mini'
import { type Span, spans } from '../../../../shared/engine/console/view-check.ts'
import type { Operation } from '../operation.ts'
import { checkHistory } from '../schemas/history.ts'
import { checkInPath, paging } from '../schemas/parts.ts'
import { proofs } from '../schemas/proofs.ts'

const viewer = { role: 'viewer', where: 'project' } as const

export const history = {
  readHistory: {
    method: 'get',
    path: '/checks/{project}/{name}/history',
    params: checkInPath,
    summary: 'How a check has been from each vantage: the points of its chart for a day, a week or a month',
    description:
      'Hours of a day and of a week, four of them together of a month; renewed once a minute. A page has so many vantages.',
    scope: viewer,
    query: z.strictObject({ span: z._default(z.enum(Object.keys(spans) as Span[]), 'day'), ...paging }),
    answer: checkHistory,
    refusals: { missing: 'There is no such check' },
  },
  readProofs: {
    method: 'get',
    path: '/proofs',
    summary: 'Why a calm can be believed: when each vantage, each channel and each sender last proved to work',
    scope: viewer,
    answer: proofs,
  },
} as const satisfies Record<string, Operation>
