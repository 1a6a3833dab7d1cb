import * as z from 'zod/mini'
import type { Operation } from '../operation.ts'
import { checkInPath, paging, time } from '../schemas/parts.ts'
import { check, checkList, ledger, projectList, scheduleList } from '../schemas.ts'

const viewer = { role: 'viewer', where: 'project' } as const

export const looking = {
  listProjects: {
    method: 'get',
    path: '/projects',
    summary: 'The projects in which the token has a role, and who acts in them',
    scope: viewer,
    query: z.strictObject(paging),
    answer: projectList,
  },
  listChecks: {
    method: 'get',
    path: '/checks',
    summary: 'What each check is believed to be, and what each vantage saw last',
    scope: viewer,
    query: z.strictObject({ project: z.optional(z.string()), ...paging }),
    answer: checkList,
  },
  readCheck: {
    method: 'get',
    path: '/checks/{project}/{name}',
    params: checkInPath,
    summary: 'A check',
    scope: viewer,
    answer: check,
    refusals: { missing: 'There is no such check' },
  },
  listSchedules: {
    method: 'get',
    path: '/oncall',
    summary: 'Who is on call, who is next, and the shifts and gaps of four weeks',
    description:
      '`at`: as of then (usually: now), within a year. `from`: shifts from then on, a week before it at most (usually: those that go on).',
    scope: viewer,
    query: z.strictObject({ at: z.optional(time), from: z.optional(time), ...paging }),
    answer: scheduleList,
  },
  readLedger: {
    method: 'get',
    path: '/oncall/reach',
    summary: 'When each channel of each person last proved to work, within 90 days',
    description: 'Renewed every five minutes.',
    scope: { role: 'viewer', where: 'everywhere' },
    answer: ledger,
  },
} as const satisfies Record<string, Operation>
