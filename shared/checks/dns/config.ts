import { isIP } from 'node:net'
import * as z from 'zod'
import { type Mistake, mistake, noteMistakes, wrong } from '../../contracts/mistake.ts'
import { references } from '../../contracts/references.ts'
import type { Bilingual } from '../../contracts/words.ts'
import type { CheckKindConfig } from '../kind.ts'
import { parseHostPort } from '../network/host-port.ts'
import { isMetadataAddress } from '../network/metadata-address.ts'
import { allowMetadata, dnsServer, METADATA } from '../network/reach.config.ts'
import { fixedHost, withoutReferences } from '../network/target.config.ts'
import { bothLimits, latencyKeys, limitMistakes } from '../run/limits.config.ts'
import { type RecordType, recordTypes, responseCodes } from './codes.ts'
import type { DnsSpec } from './spec.ts'

/** RFC 1035, section 2.3.4. */
const LONGEST_NAME = 253

const name = z
  .string()
  .refine(
    (text) => isIP(text) === 0,
    wrong('no-host-name', (input) => ({
      en: `"${input}" is an address: DNS is asked for names, such as shop.example.com`,
      zh: `“${input}”是地址：DNS 查的是域名，如 shop.example.com`,
    })),
  )
  .refine(
    isName,
    wrong('no-host-name', (input) => ({
      en: `"${input}" is not a name that DNS could know, such as shop.example.com`,
      zh: `“${input}”不可能是 DNS 里的域名，如 shop.example.com`,
    })),
  )

const values = z.union([z.string().transform((one) => [one]), z.array(z.string())])

/** At least one: none would ask for nothing. */
const someValues = values.refine(
  (all) => all.length > 0,
  wrong('too-small', { en: 'must have at least 1 entry', zh: '至少要有 1 项' }),
)

const keys = z.strictObject({
  dns: name.meta({
    description: 'The name to ask for. It may refer to the environment, and so may the values.',
    zh: '要查询的域名。它和各个值都可以引用环境变量。',
    examples: ['shop.example.com'],
  }),
  type: z.enum(recordTypes).default('A').meta({ description: 'The records to ask for.', zh: '要查询的记录类型。' }),
  expect: values.exactOptional().meta({
    description: 'The answer has these values and no other, in any order.',
    zh: '应答恰好是这些值，顺序不限。',
    examples: ['203.0.113.7', ['10 mail.example.com']],
  }),
  among: someValues.exactOptional().meta({
    description: 'Each value of the answer is one of these, for names whose answers vary.',
    zh: '应答的每个值都在其中；用于应答会变的域名。',
    examples: [['203.0.113.7', '203.0.113.8']],
  }),
  contains: someValues.exactOptional().meta({
    description:
      'The answer has each of these, and may have others. Of TXT and CAA it is enough that a record holds the text.',
    zh: '应答包含这里的每个值，可以另有其他值。对 TXT 和 CAA，只要某条记录中有此文本。',
    examples: ['v=spf1', ['10 mail.example.com']],
  }),
  oneOf: someValues.exactOptional().meta({
    description: 'The answer has at least one of these, compared like `contains`.',
    zh: '应答至少有其中一个，比较方式同 `contains`。',
    examples: [['letsencrypt.org', 'digicert.com']],
  }),
  server: dnsServer.exactOptional().meta({
    description: 'The DNS server to ask.',
    zh: '向哪个 DNS 服务器查询。',
    absent: { en: "the system's", zh: '系统的' },
    examples: ['10.0.0.2', '10.0.0.2:5353', 'dns.example.com'],
  }),
  code: z
    .enum(responseCodes)
    .default('NOERROR')
    .meta({ description: 'The expected response code.', zh: '预期的应答码。' }),
  ...latencyKeys,
  allowMetadata,
})

const schema: z.ZodType<DnsSpec> = keys
  .superRefine((check, context) => {
    const mistakes: [string, Mistake][] = []
    const complain = (key: string, code: string, words: Bilingual) => mistakes.push([key, mistake(code, words)])
    const { type, server, code } = check
    for (const key of ['among', 'contains', 'oneOf'] as const) {
      if (check.expect !== undefined && check[key] !== undefined)
        complain(key, 'beside-expect', {
          en: 'is too much beside `expect`, which says all of the answer',
          zh: '写了 `expect` 就是多余的：它已经说明了整个应答',
        })
    }
    for (const key of ['expect', 'among', 'contains', 'oneOf'] as const) {
      const isPart = isText(type) && (key === 'contains' || key === 'oneOf')
      const strange = check[key]?.find((value) => (isPart ? value === '' : !fits(type, value)))
      if (strange !== undefined)
        complain(key, 'no-record-value', {
          en: `"${strange}" is not the value of ${article(type)} record`,
          zh: `“${strange}”不是 ${type} 记录的值`,
        })
      if (check[key] !== undefined && code !== 'NOERROR')
        complain(key, 'no-effect', {
          en: `has no effect: a ${code} answer has no values`,
          zh: `没有作用：${code} 的应答没有值`,
        })
    }
    const address = server === undefined ? undefined : parseHostPort(server, 53)?.host
    if (!check.allowMetadata && address !== undefined && isMetadataAddress(address)) mistakes.push(['server', METADATA])
    noteMistakes(context, [...mistakes, ...limitMistakes(check)])
  })
  .transform(({ dns, degraded, down, ...rest }) => ({
    ...rest,
    name: dns,
    ...bothLimits({ ...(degraded && { degraded }), ...(down && { down }) }),
  }))

export const dnsConfig: CheckKindConfig<DnsSpec> = {
  kind: 'dns',
  runsIn: 'uptime',
  modules: () => ['dns'],
  schema,
  perVantage: ['degraded', 'down'],
  hosts: ({ server }: Pick<DnsSpec, 'server'>) =>
    server === undefined ? [] : [fixedHost(server, (text) => parseHostPort(text, 53)?.host)],
  summary: {
    en: 'Asks DNS for records of a name and judges the answer: values, response code, time.',
    zh: '向 DNS 查询域名的记录，判断应答的值、应答码和用时。',
  },
}

/** Labels of at most 63 characters; an underscore begins those of services. */
function isName(text: string): boolean {
  const plain = withoutReferences(text).replace(/\.$/, '')
  return plain.length <= LONGEST_NAME && plain.split('.').every((label) => /^[\p{L}\p{N}_*-]{1,63}$/u.test(label))
}

function fits(type: RecordType, value: string): boolean {
  if (references(value).length > 0) return true
  if (type === 'A') return isIP(value) === 4
  if (type === 'AAAA') return isIP(value) === 6
  if (type === 'MX') return /^\d+ \S+$/.test(value)
  if (type === 'SRV') return /^\d+ \d+ \d+ \S+$/.test(value)
  if (type === 'CAA') return /^\d+ \S+ /.test(value)
  return value !== ''
}

/** Of such records people know a part, and need not write all. */
function isText(type: RecordType): boolean {
  return type === 'TXT' || type === 'CAA'
}

function article(type: RecordType): string {
  return /^[AMNS]/.test(type) ? `an ${type}` : `a ${type}`
}
