import * as z from 'zod/mini'
import { MOST_NOTES } from './alert-note.ts'
import { instant, text, textUpTo } from './bounded.ts'
import { fact } from './fact.ts'
import { sentFact } from './sent-fact.ts'
import { verdicts } from './verdicts.ts'
import { DEFAULT_SEVERITY, severity } from './words.ts'

const count = z.int().check(z.positive())

/** A URL that people may click. Other schemes (`javascript:` above all) are refused. */
const webUrl = z.url({ protocol: /^https?$/ }).check(z.maxLength(2048))

/** A project's name. `#` parts the names of incidents. */
const projectName = z
  .string({ error: 'should be the name of a project' })
  .check(z.minLength(1), z.maxLength(64), z.regex(/^[^#]+$/, 'a project has no # in its name'))

/** What one vantage sees, for people: one line in a message. */
export const sighting = z.strictObject({
  vantage: textUpTo(100),
  verdict: z.enum(verdicts),
  /** What it saw. */
  fault: z.optional(fact),
  latencyMs: z.optional(z.number().check(z.minimum(0))),
})
export type Sighting = z.infer<typeof sighting>

/** Since when a check is held in its worse state, and why: it changed so often within so long, ms. */
export const hold = z.strictObject({ since: instant, changes: count, withinMs: count })
export type Hold = z.infer<typeof hold>

/** An event from anywhere about one thing that is wrong (or right again): PagerDuty's common event format. */
export const alert = z
  .strictObject({
    action: z.enum(['trigger', 'acknowledge', 'resolve']),
    dedupKey: text(1, 255),
    project: projectName,
    /**
     * Only a trigger has to say what is wrong, here or by a fact: PagerDuty's `resolve` and `acknowledge` need no payload (Events API v2).
     */
    summary: z._default(textUpTo(1024), ''),
    /** What it says, where our own function says it: told in the reader's language, in place of the summary. */
    fact: z.optional(sentFact),
    source: z._default(textUpTo(255), 'unknown'),
    severity: z._default(severity, DEFAULT_SEVERITY),
    /** When it happened; absent means when the queue took the message. */
    at: z.optional(instant),
    /** When the trouble began, if that is earlier. */
    since: z.optional(instant),
    /** Of a trigger: its sender repeats it before then for as long as it goes on. */
    until: z.optional(instant),
    /** Of a trigger with `until`: it is over when nobody has repeated it. */
    endsUnrenewed: z.optional(z.boolean()),
    /** Of a trigger: it has happened and does not go on. The chat is told of it once for its key, and nobody is called. */
    once: z.optional(z.boolean()),
    /** What a phone or a text message can say: of a longer one the first twelve characters without dots are used. */
    title: z.optional(text(1, 40)),
    labels: z.optional(z.record(textUpTo(64), textUpTo(256))),
    component: z.optional(textUpTo(255)),
    group: z.optional(textUpTo(255)),
    class: z.optional(textUpTo(255)),
    details: z.optional(z.record(z.string(), z.unknown())),
    links: z.optional(
      z.array(z.strictObject({ href: webUrl, text: z.optional(textUpTo(200)) })).check(z.maxLength(20)),
    ),
    runbook: z.optional(webUrl),
    sightings: z.optional(z.array(sighting).check(z.maxLength(100))),
    /** It goes on and off so often that it is held in its worse state. */
    flapping: z.optional(hold),
    /** What was put right of it, or left out, on its way in. */
    notes: z.optional(z.array(fact).check(z.maxLength(MOST_NOTES))),
  })
  .check(
    z.refine(({ action, summary, fact: said }) => action !== 'trigger' || summary !== '' || said !== undefined, {
      path: ['summary'],
      error: 'a trigger says what is wrong',
    }),
  )
export type Alert = z.infer<typeof alert>

/** Alerts packed into one message on the events queue. */
export const alerts = z.strictObject({
  v: z.literal(1),
  kind: z.literal('alerts'),
  alerts: z.array(alert).check(z.minLength(1), z.maxLength(10_000)),
})
export type Alerts = z.infer<typeof alerts>

/** A message of alerts, whatever they say: each is judged alone. What else the message says is no fault of theirs. */
export const alertsEnvelope = z.object({
  v: z.literal(1),
  kind: z.literal('alerts'),
  alerts: z.array(z.unknown()).check(z.minLength(1)),
  /** Of a message that we sent on ourselves: the place that each of its alerts had in the message of its sender. */
  positions: z.catch(z.optional(z.array(z.int().check(z.minimum(0)))), undefined),
})

/** The seed's short form: only a project's name. It is a critical trigger; other keys are kept as details. */
export const seedEvent = z.looseObject({ projectName }, { error: 'should be an object with projectName' })
