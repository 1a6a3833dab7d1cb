import * as z from 'zod/mini'
import { COMMENT_CHARACTERS } from '../../../../shared/contracts/silence.ts'
import type { Operation } from '../operation.ts'
import { as, paging, time } from '../schemas/parts.ts'
import { silence, silenceList, windowList } from '../schemas.ts'

/** Of one silence: groups, and matchers in each. */
const MOST_MATCHERS = 20

const id = { id: { schema: z.string().check(z.regex(/^[\w-]{1,64}$/)), says: 'Of the silence' } }

const group = z.array(z.string().check(z.maxLength(1_024))).check(z.minLength(1), z.maxLength(MOST_MATCHERS))

export const silences = {
  listSilences: {
    method: 'get',
    path: '/silences',
    summary: 'Silences that count or will, those that end first before the others, and the last that are over',
    description: 'One that may be for any project is shown to a token that may read all.',
    scope: { role: 'viewer', where: 'project' },
    query: z.strictObject(paging),
    answer: silenceList,
  },
  makeSilence: {
    method: 'post',
    path: '/silences',
    summary: 'Has what fits page nobody until a time',
    description:
      'Matchers are written as on the command line: `project=pay`, `team=~"a|b"`. Where each group names its project (`project=pay`) a token of these projects may do it, else one of all. What fits everything needs `everything`. With `maintenance` it is planned work: uptime leaves it out, and charts hatch it.',
    scope: { role: 'responder', where: 'project' },
    body: z.strictObject({
      as,
      matchers: z.array(group).check(z.minLength(1), z.maxLength(MOST_MATCHERS)),
      startsAt: z.optional(time),
      endsAt: time,
      comment: z.string().check(z.trim(), z.minLength(1), z.maxLength(COMMENT_CHARACTERS)),
      link: z.optional(z.url({ protocol: /^https?$/ })),
      everything: z._default(z.boolean(), false),
      maintenance: z.optional(z.literal(true)),
    }),
    answer: silence,
  },
  readSilence: {
    method: 'get',
    path: '/silences/{id}',
    params: id,
    summary: 'A silence',
    scope: { role: 'viewer', where: 'project' },
    answer: silence,
    refusals: { missing: 'There is none of this id, or it is forgotten' },
  },
  changeSilence: {
    method: 'patch',
    path: '/silences/{id}',
    params: id,
    summary: 'Gives a silence another end',
    description: 'Now, or a time that has passed, ends it: what it kept quiet pages if it still burns.',
    scope: { role: 'responder', where: 'project' },
    body: z.strictObject({ endsAt: time }),
    answer: silence,
    refusals: { missing: 'There is none of this id, or it is forgotten', conflict: 'It is over already' },
  },
  listMaintenance: {
    method: 'get',
    path: '/maintenance',
    summary: 'Maintenance windows as they are configured, and when each counts',
    description:
      'Those of fenghuo.yml, by their names; one that may be for any project is shown to a token that may read all. What is planned once stands among the silences, with `maintenance`.',
    scope: { role: 'viewer', where: 'project' },
    query: z.strictObject(paging),
    answer: windowList,
  },
} as const satisfies Record<string, Operation>
