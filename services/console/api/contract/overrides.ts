import * as z from 'zod/mini'
import { NOTE_CHARACTERS } from '../../../../shared/contracts/override-limits.ts'
import type { Operation } from '../operation.ts'
import { madeOverride, overrideList, removedOverride } from '../schemas/overrides.ts'
import { as, moment, name, paging } from '../schemas/parts.ts'

const spell = {
  as,
  from: moment,
  to: moment,
  note: z.optional(z.string().check(z.trim(), z.maxLength(NOTE_CHARACTERS))),
}

const asked = z.discriminatedUnion('kind', [
  /** `contact` has the turns of `for`, or of everybody on call. */
  z.strictObject({ kind: z.literal('contact'), schedule: name, contact: name, for: z.optional(name), ...spell }),
  z.strictObject({ kind: z.literal('add'), schedule: name, contact: name, ...spell }),
  z.strictObject({ kind: z.literal('remove'), schedule: name, contact: name, ...spell }),
  /** Two who have each other’s turns. */
  z.strictObject({ kind: z.literal('swap'), schedule: name, contact: name, with: name, ...spell }),
  /** Off every schedule. */
  z.strictObject({ kind: z.literal('away'), contact: name, ...spell }),
])

export const overrides = {
  listOverrides: {
    method: 'get',
    path: '/overrides',
    summary: 'What is otherwise than the rotations say, now or later, in the order of its beginning',
    description: 'One of oncall.yml has no id: it goes by taking it out there.',
    scope: { role: 'viewer', where: 'project' },
    query: z.strictObject(paging),
    answer: overrideList,
  },
  makeOverride: {
    method: 'post',
    path: '/overrides',
    summary: 'Puts somebody on call for a while, or takes them off, in every region',
    description:
      'Times are read by the clock of the schedule: `2026-12-05 18:00`, `Sat 18:00`, `now`. It counts in every project that goes by the schedule, so a token has to be allowed to act in all of these. `missed`: regions that have not taken it; `apply` brings it there.',
    scope: { role: 'responder', where: 'project' },
    body: asked,
    answer: madeOverride,
    refusals: {
      conflict: 'It contradicts another one, or the people cannot be changed now: the message says which, or why',
    },
  },
  removeOverride: {
    method: 'delete',
    path: '/overrides/{id}',
    params: { id: { schema: z.string().check(z.regex(/^[\w-]{1,64}$/)), says: 'Of the override' } },
    summary: 'Takes an override away that is none of oncall.yml, in every region',
    description:
      'In regions of `missed` it still counts, and `apply` would bring it back from there: once they answer, ask for the same again under another key.',
    scope: { role: 'responder', where: 'project' },
    answer: removedOverride,
    refusals: {
      missing: 'There is none of this id',
      conflict: 'The people cannot be changed now: the message says why',
    },
  },
} as const satisfies Record<string, Operation>
