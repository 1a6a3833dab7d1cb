import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import { name } from '../../contracts/name.ts'
import { references } from '../../contracts/references.ts'
import { MOST_PLACES } from '../../contracts/report.ts'
import { isMetadataAddress } from '../network/metadata-address.ts'
import { latency, phaseKeys } from '../run/limits.config.ts'
import type { Limits } from '../run/limits.ts'
import { hostOf, readTarget } from './target.ts'
import type { WrittenCheck, WrittenNode, WrittenSpeedTest } from './written.ts'

/** A limit on the whole time, or on the whole and on phases. */
const limits: z.ZodType<Limits> = z.union([latency, z.strictObject(phaseKeys)])
const degraded = limits
  .exactOptional()
  .describe('Slower than this is degraded: a time, or times of latency and phases.')
const down = limits.exactOptional().describe('Slower than this is down: a time, or times of latency and phases.')

const target = z
  .string()
  .refine((text) => references(text).length > 0 || readTarget(text) !== undefined, {
    error: ({ input }) =>
      `"${input}" can't be measured: write a URL such as https://www.example.com/, or to ping, example.com or example.com:443`,
  })
  .refine((text) => !isMetadata(text), "is a cloud's metadata service, which is nothing for third parties")
  .describe('A URL is fetched, a host is pinged, host:port is pinged over TCP.')

/** Names of places are parts of a vantage's name. */
const place = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[^/\p{Cc}]+$/u, 'has a character that a name of a place must not have')

const code = (what: string) => z.string().regex(/^[A-Z]{2}$/, `must be ${what}, two capital letters`)

const node = z.strictObject({
  node: z.string().exactOptional().describe('The name of a node: JP/Tokyo/AS2516, or the city/isp of a speed test.'),
  country: code('a country of ISO 3166-1').exactOptional(),
  state: code('a state of the US').exactOptional(),
  city: place.exactOptional().describe('In English.'),
  asn: z.int().min(1).exactOptional().describe('The number of an autonomous system: 4134.'),
  network: z.string().min(1).max(60).exactOptional().describe('Its name: China Telecom.'),
  tags: z.array(place).min(1).exactOptional().describe("Globalping's tags: eyeball-network, datacenter-network."),
  probes: z.int().min(1).max(10).exactOptional().describe('So many probes there are asked; their median counts.'),
  degraded,
  down,
})

const anyNode: z.ZodType<WrittenNode> = z.union([
  z.string().transform((name) => ({ name, location: {} })),
  node.transform(({ node: name, probes, degraded, down, ...location }) => ({
    ...(name === undefined ? {} : { name }),
    ...(probes === undefined ? {} : { probes }),
    ...(degraded === undefined ? {} : { degraded }),
    ...(down === undefined ? {} : { down }),
    location,
  })),
])

const token = z
  .string()
  .regex(/^\$\{\w+\}$/, 'is a secret: write ${NAME} and put it into the environment')
  .describe('Of Globalping, as ${NAME}: 500 tests an hour in place of 250. One test is one probe once.')

/** The keys of a check. */
export const checkKeys: z.ZodType<WrittenCheck> = z
  .strictObject({
    'vantage-points': target,
    via: z.string().default('globalping').describe('globalping, or a key of `speedTests`.'),
    token: token.exactOptional(),
    nodes: z
      .array(anyNode)
      .min(1)
      .max(MOST_PLACES)
      .exactOptional()
      .describe('Where from: SG, JP/Tokyo, CN/Guangzhou/AS4134; of a speed test city/isp, and all of them by default.'),
    degraded,
    down,
  })
  .transform(({ 'vantage-points': target, ...rest }) => ({ target, ...rest }))

const formText = z
  .string({
    error: ({ input }) => (typeof input === 'number' ? `must be a text: write "${input}" in quotes` : undefined),
  })
  .refine((text) => strangeBraces(text).length === 0, {
    error: ({ input }) =>
      `${strangeBraces(String(input)).join(', ')} stands for nothing here: {id}, {url} and {host} do`,
  })

/** What one service of this kind takes and answers; others name theirs. */
const usual = {
  form: { guid: '{id}', host: '{host}', ishost: '1', checktype: '1' },
  fields: { total: 'alltime', connect: 'conntime', download: 'downtime', dns: 'dnstime', status: 'httpstate' },
  timeout: '2.5s',
}

const field = (name: keyof typeof usual.fields) => z.string().min(1).default(usual.fields[name])

/** An entry of `speedTests`. */
export const speedTestKeys: z.ZodType<WrittenSpeedTest> = z
  .strictObject({
    url: z
      .string()
      .refine((text) => references(text).length > 0 || readTarget(text)?.measure === 'http', {
        error: ({ input }) => `"${input}" is not a URL: write one such as https://speed.example.com/test`,
      })
      .describe('Where the form is posted.'),
    form: z
      .record(z.string().min(1), formText)
      .default(usual.form)
      .describe('Its fields; {id}, {url} and {host} become the node, the target and its host.'),
    headers: z
      .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is not the name of a header'), z.string())
      .default({})
      .describe('Beside Origin, Referer and X-Requested-With, which a page of the site would send.'),
    timeout: duration('100ms', '30s').prefault(usual.timeout).describe('A node that takes longer has timed out.'),
    fields: z
      .strictObject({
        total: field('total'),
        connect: field('connect'),
        download: field('download'),
        dns: field('dns'),
        status: field('status'),
      })
      .prefault({})
      .describe('Names of fields in the answer. Times are in milliseconds.'),
    nodes: z
      .array(z.strictObject({ id: z.string().min(1).max(200), city: place, isp: place, degraded, down }))
      .min(1)
      .describe('Ids of one city and ISP are one place.'),
  })
  .transform(({ timeout, headers, ...rest }) => ({
    ...rest,
    timeoutMs: timeout,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  }))

/** The name of an entry of `speedTests`. */
export const speedTestName = name.refine(
  (text) => text !== 'globalping',
  'globalping is there already: name it otherwise',
)

function isMetadata(text: string): boolean {
  const target = readTarget(text)
  return target !== undefined && isMetadataAddress(hostOf(target))
}

function strangeBraces(text: string): string[] {
  const rest = text.replace(/\$\{[^}]*\}|\{(?:id|url|host)\}/g, '')
  return [...rest.matchAll(/\{\w*\}/g)].map(([braces]) => braces)
}
