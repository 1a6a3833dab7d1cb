import * as z from 'zod'
import { MOST_NOTES } from './alert-note.ts'
import { fact } from './fact.ts'
import { verdicts } from './verdicts.ts'
import { DEFAULT_SEVERITY, severity } from './words.ts'

/** A URL that people may click. Other schemes (`javascript:` above all) are refused. */
const webUrl = z.url({ protocol: /^https?$/ }).max(2048)

/** A project's name. `#` parts the names of incidents. */
const projectName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^#]+$/, 'a project has no # in its name')

/** What one vantage sees, for people: one line in a message. */
export const sighting = z.strictObject({
  vantage: z.string().max(100),
  verdict: z.enum(verdicts),
  /** What it saw. */
  fault: fact.optional(),
  latencyMs: z.number().min(0).optional(),
})
export type Sighting = z.infer<typeof sighting>

/** Since when a check is held in its worse state, and why: it changed so often within so long, ms. */
export const hold = z.strictObject({
  since: z.number().int().positive(),
  changes: z.number().int().positive(),
  withinMs: z.number().int().positive(),
})
export type Hold = z.infer<typeof hold>

/** An event from anywhere about one thing that is wrong (or right again): PagerDuty's common event format. */
export const alert = z
  .strictObject({
    action: z.enum(['trigger', 'acknowledge', 'resolve']),
    dedupKey: z.string().min(1).max(255),
    project: projectName,
    /** Only a trigger has to say what is wrong: PagerDuty's `resolve` and `acknowledge` need no payload (Events API v2). */
    summary: z.string().max(1024).default(''),
    source: z.string().max(255).default('unknown'),
    severity: severity.default(DEFAULT_SEVERITY),
    /** When it happened, UTC ms; absent means when the queue took the message. */
    at: z.number().int().positive().optional(),
    /** When the trouble began, if that is earlier; UTC ms. */
    since: z.number().int().positive().optional(),
    /** Of a trigger: its sender repeats it before then, UTC ms, for as long as it goes on. */
    until: z.number().int().positive().optional(),
    /** Of a trigger with `until`: it is over when nobody has repeated it. */
    endsUnrenewed: z.boolean().optional(),
    /** Of a trigger: it has happened and does not go on. The chat is told of it once for its key, and nobody is called. */
    once: z.boolean().optional(),
    /** What a phone or a text message can say: of a longer one the first twelve characters without dots are used. */
    title: z.string().min(1).max(40).optional(),
    labels: z.record(z.string().max(64), z.string().max(256)).optional(),
    component: z.string().max(255).optional(),
    group: z.string().max(255).optional(),
    class: z.string().max(255).optional(),
    details: z.record(z.string(), z.unknown()).optional(),
    links: z
      .array(z.strictObject({ href: webUrl, text: z.string().max(200).optional() }))
      .max(20)
      .optional(),
    runbook: webUrl.optional(),
    sightings: z.array(sighting).max(100).optional(),
    /** It goes on and off so often that it is held in its worse state. */
    flapping: hold.optional(),
    /** What was put right of it, or left out, on its way in. */
    notes: z.array(fact).max(MOST_NOTES).optional(),
  })
  .refine(({ action, summary }) => action !== 'trigger' || summary !== '', {
    path: ['summary'],
    error: 'a trigger says what is wrong',
  })
export type Alert = z.infer<typeof alert>

/** Alerts packed into one message on the events queue. */
export const alerts = z.strictObject({
  v: z.literal(1),
  kind: z.literal('alerts'),
  alerts: z.array(alert).min(1).max(10_000),
})
export type Alerts = z.infer<typeof alerts>

/** A message of alerts, whatever they say: each is judged alone. What else the message says is no fault of theirs. */
export const alertsEnvelope = z.object({
  v: z.literal(1),
  kind: z.literal('alerts'),
  alerts: z.array(z.unknown()).min(1),
  /** Of a message that we sent on ourselves: the place that each of its alerts had in the message of its sender. */
  positions: z.array(z.number().int().min(0)).optional().catch(undefined),
})

/** The seed's short form: only a project's name. It is a critical trigger; other keys are kept as details. */
export const seedEvent = z.looseObject({ projectName })
