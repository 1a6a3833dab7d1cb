import * as z from 'zod'
import { isInterval } from '../checks/run/due.ts'
import { duration } from '../contracts/duration.ts'
import { references } from '../contracts/references.ts'
import { DEGRADED_SEVERITY, perSeverity } from '../contracts/severities.ts'
import { DEFAULT_STORM_LIMIT } from '../contracts/storm.ts'
import { DEFAULT_SEVERITY, severity } from '../contracts/words.ts'
import { formats } from '../ingest/registry.ts'
import { isZone } from '../oncall/clock.ts'
import { layerDefaults, policyDefaults } from '../oncall/policy.ts'
import { keyReference } from './key-reference.ts'

/** The keys of `fenghuo.yml`, piece by piece: the loader reads each alone, the published JSON Schema puts them together. */

/**
 * What a phone says and an SMS template takes: mainland templates refuse variables with a URL, host name or IP, and
 * individual accounts those above 12 characters (Tencent Cloud, SendSms, TemplateParameterLengthLimit).
 */
const title = z
  .string()
  .regex(/^(?=.*\S)(?!.*\$\{)[^.\n]{1,12}$/u, {
    error: ({ input }) => `"${input}" can't be said by phone and SMS: at most 12 characters, no dot, no reference`,
  })
  .describe('What phones and text messages say: at most 12 characters, no dot.')

/** An http(s) URL; what a reference will be is not known yet. */
const webUrl = z
  .string()
  .refine((text) => references(text).length > 0 || (/^https?:\/\//.test(text) && URL.canParse(text)), {
    error: ({ input }) => `"${input}" is not a URL: write one such as https://example.com`,
  })

const runbook = z
  .string()
  .max(2048)
  .refine((text) => /^https?:\/\/|^\$\{/.test(text) && unknownBraces(text).length === 0, {
    error: ({ input }) =>
      unknownBraces(String(input)).length > 0
        ? `${unknownBraces(String(input)).join(', ')} stands for nothing here: {project} and {check} do`
        : `"${input}" is not a URL: write one such as https://wiki.example.com/{project}/{check}`,
  })
  .describe('A URL; {project} and {check} become their names.')

function unknownBraces(text: string): string[] {
  const rest = text.replace(/\$\{[^}]*\}|\{project\}|\{check\}/g, '')
  return [...rest.matchAll(/\{[^}]*\}/g)].map((match) => match[0])
}

/** Per vantage the last 2n observations are kept as bits: few enough to stay within the packed state. */
const MOST_OBSERVATIONS = 10

const confirm = z
  .string({ error: () => 'must be m/n such as 2/3: m of the last n observations' })
  .regex(/^\d+\/\d+$/, { error: ({ input }) => `"${input}" is not m/n: write 2/3 for 2 of the last 3 observations` })
  .transform((text, context) => {
    const [m = 0, n = 0] = text.split('/').map(Number)
    if (m >= 1 && m <= n && n <= MOST_OBSERVATIONS) return { m, n }
    context.addIssue({ code: 'custom', message: `${text} can't be: 1 ≤ m ≤ n ≤ ${MOST_OBSERVATIONS}` })
    return z.NEVER
  })
  .describe('2/3: 2 of the last 3 observations, per vantage. Default 2/3.')

/** The timer runs once a minute; what is due more often is run several times within one invocation. */
const interval = duration('10s', '1d')
  .refine(isInterval, 'must be a multiple of 10s')
  .describe(
    'How often: a multiple of 10s. Default 1m. What is not whole minutes keeps the function awake between its runs.',
  )

/** A run of a probe has 55 s in all. */
const timeout = duration('100ms', '50s').describe('Default 5s.')

/** The tries share the timeout. */
const retries = z
  .int()
  .min(0)
  .max(5)
  .describe('How often a look that finds the target down is repeated at once; the tries share the timeout. Default 0.')

const labels = z
  .record(z.string().min(1).max(64), z.string().max(256))
  .describe('Carried into alerts, merged key by key.')

const quorum = z
  .int()
  .min(1)
  .describe('So many vantages have to agree that a check is down. Default: a majority of those that know anything.')

/** What a check inherits: from its project, and that from `defaults`. */
const inherited = {
  from: z.array(z.string()).min(1).exactOptional().describe('Short names of vantages. Default: all.'),
  interval: interval.exactOptional(),
  timeout: timeout.exactOptional(),
  retries: retries.exactOptional(),
  confirm: confirm.exactOptional(),
  quorum: quorum.exactOptional(),
  slower: z
    .number()
    .min(1.5)
    .max(100)
    .exactOptional()
    .describe(
      'So many times slower than usual (the median of the last hours at a vantage) is degraded. For intervals up to 2h.',
    ),
  severity: severity.exactOptional().describe(`Default ${DEFAULT_SEVERITY}.`),
  degradedSeverity: severity.exactOptional().describe(`Of being slow. Default ${DEGRADED_SEVERITY}.`),
  runbook: runbook.exactOptional(),
  labels: labels.exactOptional(),
}

const ofProject = {
  ...inherited,
  policy: z.string().exactOptional().describe('A key of `policies`. Default: default.'),
  chat: z
    .array(z.string())
    .exactOptional()
    .describe("Keys of `channels`: the project's robots, told once per state change."),
  stormLimit: z
    .int()
    .min(1)
    .max(1_000)
    .exactOptional()
    .describe(`More new incidents a minute than this are joined in one. Default ${DEFAULT_STORM_LIMIT}.`),
}

export const defaults = z.strictObject(ofProject).describe('Any key of a project or a check.')
export type Defaults = z.infer<typeof defaults>

const perMinute = z
  .int()
  .min(1)
  .max(100_000)
  .describe('So many requests a minute are taken of each running copy of the function. Default 600.')

const REQUESTS_PER_MINUTE = 600

const inboundKey = z.union([
  keyReference.transform((key) => ({ key, perMinute: REQUESTS_PER_MINUTE })),
  z.strictObject({ key: keyReference, perMinute: perMinute.default(REQUESTS_PER_MINUTE) }),
])

const inbound = z.strictObject(
  Object.fromEntries(
    formats.flatMap(({ format, options }) =>
      options === undefined ? [] : [[format, options.schema.optional().describe(options.summary)]],
    ),
  ),
)

/** What only a project has. */
const ofProjectAlone = {
  inbound: inbound.exactOptional().describe('What some formats of other systems need to know; docs/inbound.md.'),
  keys: z
    .array(inboundKey, { error: () => 'must be a list of references, such as [ "${PAY_KEY}" ]' })
    .min(1)
    .max(10)
    .exactOptional()
    .describe('With one of these other systems send their alerts: references. Two at a time let a key be changed.'),
}

/** A project without its checks. */
export const project = z.strictObject({ title: title.exactOptional(), ...ofProject, ...ofProjectAlone })
export type Project = z.infer<typeof project>

/** A check without the keys of its kind. */
export const check = z.strictObject({
  title: title.exactOptional(),
  ...inherited,
  dependsOn: z
    .string()
    .exactOptional()
    .describe('A check of the same project, or project/check: while that is down this one raises nothing.'),
})
export type Check = z.infer<typeof check>

/** Those of its keys that say how probes run it and how their reports are counted. */
export const probingKeys = {
  from: true,
  interval: true,
  timeout: true,
  retries: true,
  confirm: true,
  quorum: true,
  slower: true,
  degradedSeverity: true,
} as const

export const group = z.array(z.string()).min(2).describe('Vantages that are judged together, by their short names.')

const reach = z.array(z.enum(['phone', 'sms', 'email', 'chat']))

const layer = z.strictObject({
  page: z
    .union([z.string().transform((one) => [one]), z.array(z.string()).min(1)])
    .describe('Contacts or schedules of oncall.yml: lin, sre (on call now), sre.next (next in the rotation).'),
  calls: z.int().min(1).max(5).default(layerDefaults.calls).describe('How often each phone is called.'),
  ackTimeout: duration('30s', '1d').prefault(layerDefaults.ackTimeout).describe('When the next layer is paged.'),
})

export const policy = z.strictObject({
  layers: z.array(layer).min(1).max(20),
  rounds: z.int().min(1).max(10).default(policyDefaults.rounds).describe('How often the list of layers is tried.'),
  repeatEvery: duration('5m', '1d')
    .prefault(policyDefaults.repeatEvery)
    .describe('After exhaustion everybody is called again this often, until acknowledged or resolved.'),
  acknowledgeOn: z
    .enum(['key', 'answer'])
    .default(policyDefaults.acknowledgeOn)
    .describe('What stops the phone: a key press, or an answered call (voicemail answers, too).'),
  channels: z
    .strictObject(perSeverity(() => reach.exactOptional()))
    .exactOptional()
    .describe('What each severity uses; chat is the robots of the project. One that is left out tells nobody.'),
})
export type Policy = z.infer<typeof policy>

export const general = {
  language: z.enum(['zh', 'en']).default('zh').describe('Of messages and calls; a contact may differ.'),
  timezone: z
    .string()
    .refine(isZone, { error: ({ input }) => `"${input}" is not an IANA time zone, such as Asia/Shanghai` })
    .default('Asia/Shanghai')
    .describe('IANA zone in which times are written for people.'),
  baseUrl: webUrl
    .transform((url) => url.replace(/\/+$/, ''))
    .exactOptional()
    .describe("Base of ack links. Default: the acknowledge function's own URL."),
}
