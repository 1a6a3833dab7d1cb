import * as z from 'zod/mini'
import type { Operation } from '../operation.ts'
import { paging } from '../schemas/parts.ts'
import { deedList, regions } from '../schemas/system.ts'

/** Of a name or an address that is looked for. */
const WHO_CHARACTERS = 100

export const system = {
  readRegions: {
    method: 'get',
    path: '/regions',
    summary:
      'The regions in their order, who has duty since when and why, and what the one that answers pages and guards',
    description: 'Where there is one region alone, `order` is empty.',
    scope: { role: 'viewer', where: 'everywhere' },
    answer: regions,
  },
  listDeeds: {
    method: 'get',
    path: '/audit',
    summary: 'Who did what on a day, by which way and from where, the newest first',
    description:
      'Days are those of UTC, today unless `day` says another. `who`: letters of a name, an id or an address. Requests are kept for 400 days.',
    scope: { role: 'admin', where: 'everywhere' },
    query: z.strictObject({
      day: z.optional(z.iso.date()),
      who: z._default(z.string().check(z.trim(), z.maxLength(WHO_CHARACTERS)), ''),
      ...paging,
    }),
    answer: deedList,
  },
} as const satisfies Record<string, Operation>
