import * as z from 'zod/mini'
import type { Operation } from '../operation.ts'
import { time } from '../schemas/parts.ts'
import { report as reportSchema } from '../schemas/report.ts'

export const report = {
  readReport: {
    method: 'get',
    path: '/report',
    summary: 'What a time on call was like: pages and nights of each person, times to answer, what was noisiest',
    description:
      '`since`: within 180 days; `project`: of this one alone (usually: of all that the token may read). Renewed once a minute. What is ahead have `/oncall` and `/silences`.',
    scope: { role: 'viewer', where: 'project' },
    query: z.strictObject({ since: time, project: z.optional(z.string()) }),
    answer: reportSchema,
    refusals: { missing: 'No project has this name' },
  },
} as const satisfies Record<string, Operation>
