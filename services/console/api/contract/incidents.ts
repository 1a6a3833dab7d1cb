import * as z from 'zod/mini'
import { LONGEST_SNOOZE_MS, SHORTEST_SNOOZE_MS } from '../../../../shared/contracts/snooze.ts'
import { NOTE_CHARACTERS } from '../../../../shared/engine/console/action.ts'
import type { Operation } from '../operation.ts'
import { as, number, paging } from '../schemas/parts.ts'
import { postMortem, strips } from '../schemas/post-mortem.ts'
import { alertFate, incidentWhy } from '../schemas/why.ts'
import { acted, incidentList, incidentWhole } from '../schemas.ts'

/** The longest key that an alert may have, and longer than what any check is called. */
const KEY_CHARACTERS = 255

const seen = z.optional(z.string())
const layer = z.optional(z.int().check(z.minimum(0)))
const plain = (name: 'acknowledge' | 'give-back' | 'silence' | 'end-silence' | 'split') =>
  z.strictObject({ do: z.literal(name), as, seen })

/** What is done to an incident, in whose name. */
const act = z.discriminatedUnion('do', [
  plain('acknowledge'),
  plain('give-back'),
  plain('silence'),
  plain('end-silence'),
  plain('split'),
  /** `layer` from 0; absent: the next one. */
  z.strictObject({ do: z.literal('escalate'), as, seen, layer }),
  z.strictObject({
    do: z.literal('snooze'),
    as,
    seen,
    ms: z.int().check(z.minimum(SHORTEST_SNOOZE_MS), z.maximum(LONGEST_SNOOZE_MS)),
  }),
  /** To people and schedules, to a policy, or to the first before the second; `layer` of what it is escalated by, from 0. */
  z.strictObject({
    do: z.literal('hand-over'),
    as,
    seen,
    to: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(20))),
    policy: z.optional(z.string()),
    layer,
  }),
  /** `into`: the other one's number. */
  z.strictObject({ do: z.literal('merge'), as, seen, into: z.int().check(z.positive()) }),
  z.strictObject({ do: z.literal('resolve'), as, seen, force: z._default(z.boolean(), false) }),
  z.strictObject({
    do: z.literal('note'),
    as,
    seen,
    text: z.string().check(z.trim(), z.minLength(1), z.maxLength(NOTE_CHARACTERS)),
  }),
])

export const incidents = {
  listIncidents: {
    method: 'get',
    path: '/incidents',
    summary: 'Incidents that are not over, or those that are, the newest first',
    description:
      'A page is made of those of all projects, and has of these what the token may read: it may be empty and have a `next`.',
    scope: { role: 'viewer', where: 'project' },
    query: z.strictObject({ status: z._default(z.enum(['open', 'resolved']), 'open'), ...paging }),
    answer: incidentList,
  },
  readIncident: {
    method: 'get',
    path: '/incidents/{number}',
    params: number,
    summary: 'An incident with its timeline',
    scope: { role: 'viewer', where: 'project' },
    answer: incidentWhole,
    refusals: { missing: 'Nobody has this number' },
  },
  readStrips: {
    method: 'get',
    path: '/incidents/{number}/strips',
    params: number,
    summary:
      'Whether it still burns: what each vantage saw of its check, run by run, in the last hour or until it was over',
    scope: { role: 'viewer', where: 'project' },
    answer: strips,
    refusals: { missing: 'Nobody has this number' },
  },
  readPostMortem: {
    method: 'get',
    path: '/incidents/{number}/post-mortem',
    params: number,
    summary:
      'With what a post-mortem begins: how long it took, who was told what, what each vantage saw, and all of it as Markdown',
    scope: { role: 'viewer', where: 'project' },
    answer: postMortem,
    refusals: { missing: 'Nobody has this number' },
  },
  whyIncident: {
    method: 'get',
    path: '/incidents/{number}/why',
    params: number,
    summary: 'Why it paged whom it paged: each decision with its rule, and why somebody was not called',
    description:
      'By the rules that are deployed now, and the people that are kept now. What a silence, a window or an inhibition is for is told to a token that may read all projects that it may be for.',
    scope: { role: 'viewer', where: 'project' },
    answer: incidentWhy,
    refusals: { missing: 'Nobody has this number' },
  },
  readFate: {
    method: 'get',
    path: '/alerts/fate',
    summary: 'The newest incident of an alert, or what became of it without one',
    description:
      '`key` is its dedup key, or a check’s name or id; `project`: whose (usually: all that the token may read).',
    scope: { role: 'viewer', where: 'project' },
    query: z.strictObject({
      key: z.string().check(z.minLength(1), z.maxLength(KEY_CHARACTERS)),
      project: z.optional(z.string()),
    }),
    answer: alertFate,
  },
  takeAction: {
    method: 'post',
    path: '/incidents/{number}/actions',
    params: number,
    summary: 'Does something to an incident in the name of a contact',
    description:
      'Who has it already is told so by `late`, and with `seen` nothing but a note or an acknowledgement is done to what is not any more as it was seen.',
    scope: { role: 'responder', where: 'project' },
    body: act,
    answer: acted,
    undone: 'Nothing was done: `result` says why',
    refusals: { missing: 'Nobody has this number' },
  },
} as const satisfies Record<string, Operation>
