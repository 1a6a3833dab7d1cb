import * as z from 'zod/mini'
import { LONGEST_SNOOZE_MS, SHORTEST_SNOOZE_MS } from '../../../shared/contracts/snooze.ts'
import { severity, verdictWord } from '../../../shared/contracts/words.ts'
import { NOTE_CHARACTERS } from '../../../shared/engine/console/action.ts'

/** A text in each language that people read. */
const bilingual = z.object({ zh: z.string(), en: z.string() })
/** UTC, ISO 8601. */
const time = z.iso.datetime()

const action = z.object({
  at: time,
  via: z.string(),
  by: z.optional(z.object({ contact: z.string(), name: z.string() })),
})

export const incident = z.object({
  number: z.int(),
  id: z.string(),
  project: z.string(),
  title: bilingual,
  summary: bilingual,
  severity,
  status: z.enum(['open', 'acknowledged', 'resolved']),
  openedAt: time,
  acknowledged: z.optional(action),
  resolved: z.optional(action),
  /** Who has it or is being reached, and what comes next, in words. */
  standing: bilingual,
  labels: z.record(z.string(), z.string()),
  links: z.array(z.object({ href: z.string(), text: z.optional(z.string()) })),
  runbook: z.optional(z.string()),
  sightings: z.array(z.object({ vantage: z.string(), verdict: verdictWord, latencyMs: z.optional(z.number()) })),
  /** To be sent back with an action: it is then done only while the incident is as it was seen. */
  seen: z.string(),
})

export const incidentWhole = z.extend(incident, {
  timeline: z.array(z.object({ at: time, kind: z.string(), text: bilingual })),
  together: z.array(z.int()),
  before: z.optional(z.int()),
  after: z.optional(z.int()),
})

export const incidentList = z.object({
  incidents: z.array(incident),
  /** Gives the next page as `cursor`; absent: this is the last. */
  next: z.optional(z.string()),
})

export const checkList = z.object({
  checks: z.array(
    z.object({
      id: z.string(),
      project: z.string(),
      kind: z.string(),
      verdict: verdictWord,
      since: z.optional(time),
      seen: z.array(z.object({ vantage: z.string(), verdict: verdictWord, at: time, latencyMs: z.number() })),
    }),
  ),
})

/** The contact in whose name it is done. */
const as = z.string()
const seen = z.optional(z.string())
const plain = (name: 'acknowledge' | 'give-back' | 'escalate' | 'silence' | 'end-silence') =>
  z.strictObject({ do: z.literal(name), as, seen })

/** What is done to an incident, in whose name. */
export const act = z.discriminatedUnion('do', [
  plain('acknowledge'),
  plain('give-back'),
  plain('escalate'),
  plain('silence'),
  plain('end-silence'),
  z.strictObject({
    do: z.literal('snooze'),
    as,
    seen,
    ms: z.int().check(z.minimum(SHORTEST_SNOOZE_MS), z.maximum(LONGEST_SNOOZE_MS)),
  }),
  z.strictObject({
    do: z.literal('hand-over'),
    as,
    seen,
    to: z.array(z.string()).check(z.minLength(1), z.maxLength(20)),
  }),
  z.strictObject({ do: z.literal('resolve'), as, seen, force: z._default(z.boolean(), false) }),
  z.strictObject({
    do: z.literal('note'),
    as,
    seen,
    text: z.string().check(z.trim(), z.minLength(1), z.maxLength(NOTE_CHARACTERS)),
  }),
])

export const acted = z.object({
  result: z.enum(['done', 'late', 'changed', 'over', 'unmoved', 'burning']),
  incident,
})

export const failure = z.object({ error: z.object({ code: z.string(), message: bilingual }) })
