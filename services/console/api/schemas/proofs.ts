import * as z from 'zod/mini'
import { personalReaches } from '../../../../shared/contracts/reach.ts'
import { time } from './parts.ts'

export const proofs = z.object({
  /** Where probes look from: when each was last heard of, and how many of its checks it then found up. Without `heardAt`: never. */
  vantages: z.array(z.object({ vantage: z.string(), heardAt: z.optional(time), checks: z.int(), up: z.int() })),
  /** By what people, or a robot (`chat`), were last told, of the newest incidents that are over; the newest first. */
  channels: z.array(
    z.object({
      channel: z.optional(z.enum(personalReaches)),
      chat: z.optional(z.string()),
      project: z.string(),
      at: time,
    }),
  ),
  /** Which formats of other systems were heard of, the newest first. */
  inbound: z.array(z.object({ project: z.string(), format: z.string(), at: time })),
  /** When the last canary that came through both queues of this region set out; absent: none has yet. */
  canaryAt: z.optional(time),
})
