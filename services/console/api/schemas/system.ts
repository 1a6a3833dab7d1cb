import * as z from 'zod/mini'
import { bilingual, next, reason, time } from './parts.ts'

export const regions = z.object({
  /** In which they page; empty: there is one region alone. */
  order: z.array(z.string()),
  /** The one that answers. */
  own: z.optional(z.string()),
  /** The one that pages. */
  serving: z.optional(z.string()),
  /** Since when and why; absent: it has always gone by the order. `until`: when what somebody took by hand is over. */
  since: z.optional(time),
  why: z.optional(reason),
  until: z.optional(time),
  /** Whether what comes to the queues of the one that answers is worked on, and since when; absent for one region alone. */
  isWell: z.optional(z.boolean()),
  wellForMs: z.optional(z.number()),
  /** When a canary last came through there. */
  canaryAt: z.optional(time),
  /** Open incidents that it pages, and those that it guards, by their short numbers. */
  pages: z.array(z.int()),
  guards: z.array(z.int()),
  /** Whether probes bring their reports to each region, by their vantages; `why`: what kept the last one from arriving. */
  deliveries: z.array(
    z.object({
      region: z.string(),
      taken: z.array(z.string()),
      failing: z.array(z.object({ vantage: z.string(), since: time, why: z.optional(z.string()) })),
    }),
  ),
  /** How duty has changed, the newest first. */
  history: z.array(z.object({ at: time, from: z.string(), to: z.string(), why: reason })),
})

const asked = z.object({
  kind: z.literal('asked'),
  at: time,
  /** Their contact, or as their way to sign in knows them; a program by the beginning of its token's digest. */
  who: z.string(),
  name: z.optional(z.string()),
  via: z.string(),
  /** The address; of a command, the user and machine where it ran, and whom AWS took it for. */
  from: z.string(),
  action: z.string(),
  path: z.string(),
  /** What became of it, as HTTP has it; absent: a command had begun, and has not said more. */
  status: z.optional(z.int()),
  /** What was changed, a line each. */
  changes: z.optional(z.array(z.string())),
})

/** It stands in the timeline of an incident, and came by no door that notes an address. */
const told = z.object({
  kind: z.literal('told'),
  at: time,
  who: z.string(),
  via: z.string(),
  number: z.int(),
  project: z.string(),
  text: bilingual,
})

export const deedList = z.object({
  deeds: z.array(z.discriminatedUnion('kind', [asked, told])),
  /** Whether all incidents of the day were looked through. */
  all: z.boolean(),
  next,
})
