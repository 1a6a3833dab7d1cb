import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import * as z from 'zod'
import { noteMistakes, wrong } from '../../contracts/mistake.ts'
import type { CheckKindConfig } from '../kind.ts'
import { bothRemaining, left, remainingMistakes } from '../run/remaining.config.ts'
import type { DomainSpec } from './spec.ts'

/** Registries limit how often an address may ask, and a date changes once a year. */
const LEAST_INTERVAL_MS = 3_600_000

/** Some registries take seconds, and IANA's list is asked for before. */
const LEAST_TIMEOUT_MS = 20_000

const keys = z.strictObject({
  domain: z
    .string()
    .refine(
      isDomain,
      wrong('no-domain', (input) => ({
        en: `"${input}" is not a registered domain, such as example.com`,
        zh: `“${input}”不是注册的域名，如 example.com`,
      })),
    )
    .meta({
      description: 'The domain as it is registered, without names below it: example.com, and not www.example.com.',
      zh: '注册的域名本身，不带下级：example.com，而不是 www.example.com。',
      examples: ['example.com'],
    }),
  degraded: left.exactOptional().meta({
    description: 'A registration that ends sooner than this is degraded.',
    zh: '注册剩余时间少于此即为变慢（提前提醒）。',
    examples: ['30d'],
  }),
  down: left.exactOptional().meta({
    description: 'A registration that ends sooner than this is down.',
    zh: '注册剩余时间少于此即为不可用。',
    absent: { en: 'once it has ended', zh: '到期之后' },
    examples: ['7d'],
  }),
  rdap: z
    .url({
      protocol: /^https$/,
      ...wrong('no-rdap-url', {
        en: 'must be the https URL of an RDAP server',
        zh: '应为 RDAP 服务器的 https URL',
      }),
    })
    .exactOptional()
    .meta({
      description: "An RDAP server's base URL, for domains of which IANA lists none.",
      zh: 'RDAP 服务器的基础 URL，用于 IANA 列表中没有的域名。',
      examples: ['https://rdap.example.net/'],
    }),
})

const schema: z.ZodType<DomainSpec> = keys
  .superRefine((check, context) => {
    noteMistakes(context, remainingMistakes(check))
  })
  .transform(({ domain, degraded, down, ...rest }) => ({
    ...rest,
    name: domainToASCII(domain).replace(/\.$/, ''),
    ...bothRemaining({ degraded, down }),
  }))

export const domainConfig: CheckKindConfig<DomainSpec> = {
  kind: 'domain',
  runsIn: 'uptime',
  modules: () => ['domain'],
  schema,
  summary: {
    en: 'Asks the registry by RDAP until when a domain is registered, and whether it is on hold. One `from` is enough.',
    zh: '通过 RDAP 向注册局查询域名注册到何时、是否被暂停。`from` 写一个即可。',
  },
  leastTimeoutMs: LEAST_TIMEOUT_MS,
  leastIntervalMs: LEAST_INTERVAL_MS,
}

/** Two labels or more, as people or DNS write them. */
function isDomain(text: string): boolean {
  const ascii = domainToASCII(text).replace(/\.$/, '')
  return isIP(ascii) === 0 && ascii.length <= 253 && /^([a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(ascii)
}
