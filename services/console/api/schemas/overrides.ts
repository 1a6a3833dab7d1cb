import * as z from 'zod/mini'
import { bilingual, next, time } from './parts.ts'

export const override = z.object({
  /** Absent: it is one of oncall.yml. */
  id: z.optional(z.string()),
  kind: z.enum(['contact', 'add', 'remove', 'swap', 'away']),
  /** Absent of `away`: it is for all. */
  schedule: z.optional(z.string()),
  contact: z.string(),
  /** Of `contact`: whose turns; absent: those of everybody on call. */
  for: z.optional(z.string()),
  /** Of `swap`. */
  with: z.optional(z.string()),
  /** By the clock of its schedule: `2026-12-05 18:00`. */
  from: z.string(),
  to: z.string(),
  note: z.optional(z.string()),
  by: z.optional(z.string()),
  madeAt: z.optional(time),
  /** In which it counts. */
  projects: z.array(z.string()),
  /** What it says, for people. */
  text: z.string(),
})

export const overrideList = z.object({ overrides: z.array(override), next })

/** Regions that have not taken it. */
const missed = z.array(z.string())

export const madeOverride = z.object({
  override,
  /** False: it was so already. */
  changed: z.boolean(),
  /** Who is on call instead of whom, from when, within eight weeks. */
  shifts: z.array(
    z.object({ schedule: z.string(), from: time, before: z.array(z.string()), after: z.array(z.string()) }),
  ),
  /** Whoever it brings in, and is not reached by a layer that pages them; or by a mail alone, which wakes nobody. */
  unreached: z.array(z.object({ contact: z.string(), text: bilingual })),
  missed,
})

export const removedOverride = z.object({ override, missed })
