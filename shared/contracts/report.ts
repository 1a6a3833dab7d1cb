import * as z from 'zod/mini'
import { instant, text, textUpTo } from './bounded.ts'
import { fact } from './fact.ts'
import type { Versions } from './versions.ts'
import { verdictWord } from './words.ts'

const ms = z.number().check(z.minimum(0))

/** How long each part of a request took, in milliseconds. A phase that did not happen is absent. */
export const phases = z.object({
  dns: z.optional(ms),
  connect: z.optional(ms),
  tls: z.optional(ms),
  firstByte: z.optional(ms),
  download: z.optional(ms),
})
export type Phases = z.infer<typeof phases>

/** A report of a check that asks others to look holds no more of them than a message's sightings can. */
export const MOST_PLACES = 100

/** What one place saw in one run of a check that asks third parties: a vantage of its own. */
export const place = z.object({
  /** Such as `globalping/CN/Guangzhou/AS4134` or `speedtest/江苏宿迁/电信`, the same in every run. */
  vantage: text(3, 100),
  outcome: verdictWord,
  latencyMs: z.optional(ms),
  phases: z.optional(phases),
  /** What was seen, or why nothing was. */
  fault: z.optional(fact),
})
export type Place = z.infer<typeof place>

/** What one run of a check saw. `check` is `project/name`, `at` the start in UTC milliseconds. */
export const observation = z.object({
  check: text(3, 200),
  project: text(1, 64),
  at: instant,
  outcome: verdictWord,
  latencyMs: z.optional(ms),
  phases: z.optional(phases),
  /** What was seen, or why nothing was; may be there for what is up, too. */
  fault: z.optional(fact),
  /** Of a check whose places are vantages of their own; the rest of the observation is then their summary. */
  places: z.optional(z.array(place).check(z.minLength(1), z.maxLength(MOST_PLACES))),
  /**
   * What was seen in numbers, to be judged over time: `outcome` and `fault` are then only what one run can say. Their shape is the
   * kind's own, whose judging half reads them.
   */
  samples: z.optional(z.unknown()),
})
export type Observation = z.infer<typeof observation>

/** What became of the last report that was sent to one of several regions. */
const sending = z.object({
  /** The region; where reports are posted to an address that tells none, its host. */
  to: text(1, 253),
  isTaken: z.boolean(),
  /** What kept it from being taken, as the way there says it; absent: there was no answer. */
  why: z.optional(textUpTo(500)),
})
export type Sending = z.infer<typeof sending>

/** A deployment has no more regions than these by far. */
const MOST_REGIONS = 30

/** The function that ran the checks, and its own heartbeat. `run` identifies the report: sent twice it counts once. */
const runner = z.object({
  function: text(1, 140),
  run: text(1, 100),
  version: textUpTo(100),
  startedAt: instant,
  finishedAt: instant,
  coldStart: z.boolean(),
  /** Of several regions, what became of what was sent before; what is wrong in it makes nobody deaf to the rest. */
  sends: z.catch(z.optional(z.array(sending).check(z.maxLength(MOST_REGIONS))), undefined),
})

/** A batch of observations by one run of one probe function at one vantage. One message on the events queue. */
export const report = z.object({
  v: z.literal(1),
  kind: z.literal('report'),
  /** `cloud/region`, such as `aws/ap-southeast-1`. */
  vantage: text(3, 100),
  runner,
  observations: z.array(observation).check(z.maxLength(20_000)),
})
export type Report = z.infer<typeof report>

/** Version 1 is the first that is released: there is none before it to take. */
export const reportVersions: Versions = { current: 1 }
