import * as z from 'zod/mini'
import { NOTE_CHARACTERS } from '../../../../shared/contracts/override-limits.ts'
import type { Operation } from '../operation.ts'
import { as, moment, name, paging } from '../schemas/parts.ts'
import { answeredSwap, swap, swapList } from '../schemas/swaps.ts'

const turn = z.strictObject({ from: moment, to: moment })

const BY_AN_ADMIN =
  'Nobody is behind a token, so it has to be one of an admin of every project that goes by the schedule.'

export const swaps = {
  listSwaps: {
    method: 'get',
    path: '/swaps',
    summary: 'Swaps that were asked for and may be accepted yet, and those that were answered within two days',
    scope: { role: 'viewer', where: 'project' },
    query: z.strictObject(paging),
    answer: swapList,
  },
  askSwap: {
    method: 'post',
    path: '/swaps',
    summary: 'Asks somebody, in the name of `as`, to take a turn of theirs, and tells them by their own channel',
    description: `Nothing is routed otherwise before they accept. Times are read by the clock of the schedule. Who asks for the same twice has asked once. ${BY_AN_ADMIN}`,
    scope: { role: 'admin', where: 'project' },
    body: z.strictObject({
      as,
      schedule: name,
      to: name,
      /** What they are to take. */
      mine: turn,
      /** What `as` takes for it; absent: nothing. */
      yours: z.optional(turn),
      note: z.optional(z.string().check(z.trim(), z.maxLength(NOTE_CHARACTERS))),
    }),
    answer: swap,
    refusals: {
      conflict: 'It contradicts an override, or the people cannot be changed now: the message says which, or why',
    },
  },
  answerSwap: {
    method: 'post',
    path: '/swaps/{id}/answer',
    params: { id: { schema: z.string().check(z.regex(/^[\w-]{1,64}$/)), says: 'Of the swap' } },
    summary: 'Accepts, declines or takes back a swap that was asked for; `as` is who does so',
    description: `What is accepted is made in every region, if who is on call then is who was when it was asked. ${BY_AN_ADMIN}`,
    scope: { role: 'admin', where: 'project' },
    body: z.strictObject({ as, answer: z.enum(['accepted', 'declined', 'withdrawn']) }),
    answer: answeredSwap,
    refusals: {
      missing: 'There is none of this id, or it is forgotten',
      conflict: 'It is answered or too late, or who is on call then has changed: the message says which',
    },
  },
} as const satisfies Record<string, Operation>
