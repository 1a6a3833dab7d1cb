import * as z from 'zod/mini'
import type { Operation } from '../operation.ts'
import { components, heading, impact, postState, text, told, toldList, toldThere } from '../schemas/outsiders.ts'
import { as, number, paging, time } from '../schemas/parts.ts'

const part = z.string().check(z.minLength(1), z.maxLength(64))
const page = { page: { schema: part, says: 'The status page' } }

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
    summary: 'Tells outsiders of an incident, in words written for them, on all of these pages or on one',
    description:
      'In one language at least: readers of the other one get it, too. Without `state`, `impact`, `components` or `heading` that of the last time holds, or what the incident itself says. The same once more within five minutes is told once. A `page`, or `components`, that its check is not behind are for whoever is a responder of all projects.',
    scope: { role: 'responder', where: 'project' },
    body: z.strictObject({
      as,
      text,
      heading,
      state: z.optional(postState),
      impact: z.optional(impact),
      page: z.optional(part),
      components,
    }),
    answer: told,
    refusals: {
      missing: 'Nobody has this number, or no status page this name',
      conflict: 'No status page has a component that its check is behind',
    },
  },
  listTold: {
    method: 'get',
    path: '/outsiders',
    summary: 'What outsiders are told now on all status pages, and what work is planned: of this region',
    scope: { role: 'viewer', where: 'everywhere' },
    query: z.strictObject(paging),
    answer: toldList,
  },
  announceWork: {
    method: 'post',
    path: '/outsiders/{page}',
    params: page,
    summary: 'Announces planned work on a status page',
    description: 'Without `components` it is about all that the page has.',
    scope: { role: 'responder', where: 'everywhere' },
    body: z.strictObject({ text, heading, components, from: time, until: time }),
    answer: toldThere,
    refusals: { missing: 'No status page has this name' },
  },
  endTold: {
    method: 'post',
    path: '/outsiders/{page}/{id}/end',
    params: { ...page, id: { schema: part, says: 'Of what was told' } },
    summary: 'Says that something which outsiders were told is over, or is not to come',
    scope: { role: 'responder', where: 'everywhere' },
    body: z.strictObject({ text: z.optional(text) }),
    answer: toldThere,
    refusals: { missing: 'Nothing of this id goes on at this page' },
  },
} as const satisfies Record<string, Operation>
