import * as z from 'zod/mini'
import { bilingual, reason, time } from './parts.ts'

/** What was changed in a project, as its sender told it. */
export const change = z.object({
  at: time,
  summary: z.string(),
  source: z.optional(z.string()),
  links: z.array(z.object({ href: z.string(), text: z.optional(z.string()) })),
})

export const incidentWhy = z.object({
  number: z.int(),
  project: z.string(),
  title: bilingual,
  openedAt: time,
  /** By which it is paged, by its key; absent: its project is not configured, and no rule can be told. */
  policy: z.optional(z.string()),
  /** The newest first; absent while that cannot be read. */
  changes: z.optional(z.array(change)),
  /** Without a rule it only says what has happened. */
  decisions: z.array(z.object({ at: time, kind: z.string(), text: bilingual, rule: z.optional(reason) })),
  /** Everybody of its project whose phone did not ring. */
  notCalled: z.array(z.object({ contact: z.string(), name: z.string(), why: reason })),
})

/** One of both is there. */
export const alertFate = z.object({
  /** Of its newest incident. */
  number: z.optional(z.int()),
  /** What became of it without one. */
  fate: z.optional(reason),
})
