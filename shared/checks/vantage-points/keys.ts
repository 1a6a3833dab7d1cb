import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import { issueText, type Mistake, mistake, wrong } from '../../contracts/mistake.ts'
import { name } from '../../contracts/name.ts'
import { references } from '../../contracts/references.ts'
import { MOST_PLACES } from '../../contracts/report.ts'
import type { Bilingual } from '../../contracts/words.ts'
import { headerName } from '../http/conditions.config.ts'
import { isMetadataAddress } from '../network/metadata-address.ts'
import { latency, phaseKeys } from '../run/limits.config.ts'
import type { Limits } from '../run/limits.ts'
import { hostOf, readTarget } from './target.ts'
import type { WrittenCheck, WrittenNode, WrittenSpeedTest } from './written.ts'

/** A limit on the whole time, or on the whole and on phases. */
const limits: z.ZodType<Limits> = z.union([latency, z.strictObject(phaseKeys)])
const degraded = limits.exactOptional().meta({
  description: 'Slower than this is degraded: a time, or times of latency and phases.',
  zh: '慢于此即为变慢：一个时长，或按总用时和各阶段写。',
  examples: ['1s', { latency: '2s', dns: '300ms' }],
})
const down = limits.exactOptional().meta({
  description: 'Slower than this is down: a time, or times of latency and phases.',
  zh: '慢于此即为不可用：一个时长，或按总用时和各阶段写。',
  examples: ['5s', { latency: '8s', connect: '3s' }],
})

const target = z
  .string()
  .refine(
    (text) => references(text).length > 0 || readTarget(text) !== undefined,
    wrong('no-target', (input) => ({
      en: `"${input}" can't be measured: write a URL such as https://www.example.com/, or to ping, example.com or example.com:443`,
      zh: `“${input}”没法测：写 https://www.example.com/ 这样的 URL；要 ping 则写 example.com 或 example.com:443`,
    })),
  )
  .refine(
    (text) => !isMetadata(text),
    wrong('metadata', {
      en: "is a cloud's metadata service, which is nothing for third parties",
      zh: '是云的元数据服务，与第三方无关',
    }),
  )
  .meta({
    description: 'A URL is fetched, a host is pinged, host:port is pinged over TCP.',
    zh: 'URL 则请求，主机则 ping，host:port 则 TCP ping。',
    examples: ['https://shop.example.com/', 'example.com:443'],
  })

/** Names of places are parts of a vantage's name. */
const place = z
  .string()
  .min(1)
  .max(60)
  .regex(
    /^[^/\p{Cc}]+$/u,
    wrong('no-place-name', {
      en: 'has a character that a name of a place must not have',
      zh: '含有地名不能有的字符',
    }),
  )

const code = (what: Bilingual) =>
  z.string().regex(
    /^[A-Z]{2}$/,
    wrong('no-code', {
      en: `must be ${what.en}, two capital letters`,
      zh: `应为${what.zh}，两个大写字母`,
    }),
  )

const node = z.strictObject({
  node: z
    .string()
    .exactOptional()
    .meta({
      description: 'The name of a node, or the city/isp of a speed test.',
      zh: '节点名称，或测速服务的 城市/运营商。',
      examples: ['JP/Tokyo/AS2516'],
    }),
  country: code({ en: 'a country of ISO 3166-1', zh: ' ISO 3166-1 国家代码' })
    .exactOptional()
    .meta({ description: 'A country, by ISO 3166-1.', zh: '国家，ISO 3166-1 代码。', examples: ['CN'] }),
  state: code({ en: 'a state of the US', zh: '美国的州' })
    .exactOptional()
    .meta({ description: 'A state of the US.', zh: '美国的州。', examples: ['CA'] }),
  city: place
    .exactOptional()
    .meta({ description: 'A city, in English.', zh: '城市，用英文。', examples: ['Guangzhou'] }),
  asn: z
    .int()
    .min(1)
    .exactOptional()
    .meta({ description: 'The number of an autonomous system.', zh: '自治系统号。', examples: [4134] }),
  network: z
    .string()
    .min(1)
    .max(60)
    .exactOptional()
    .meta({ description: 'The name of a network.', zh: '网络名称。', examples: ['China Telecom'] }),
  tags: z
    .array(place)
    .min(1)
    .exactOptional()
    .meta({ description: "Globalping's tags.", zh: 'Globalping 的标签。', examples: [['eyeball-network']] }),
  probes: z.int().min(1).max(10).exactOptional().meta({
    description: 'So many probes there are asked; their median counts.',
    zh: '请那里的这么多个探针来测，取中位数。',
    default: 1,
  }),
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
  .regex(
    /^\$\{\w+\}$/,
    wrong('plain-secret', {
      en: 'is a secret: write ${NAME} and put it into the environment',
      zh: '是密钥：写 ${NAME}，放进环境变量',
    }),
  )
  .meta({
    description: 'Of Globalping: 500 tests an hour in place of 250. One test is one probe once.',
    zh: 'Globalping 的令牌：每小时 500 次测试，没有则 250 次。一个探针测一次算一次。',
    examples: ['${GLOBALPING_TOKEN}'],
  })

/** The keys of a check. */
export const checkKeys: z.ZodType<WrittenCheck> = z
  .strictObject({
    'vantage-points': target,
    via: z
      .string()
      .default('globalping')
      .meta({ description: 'globalping, or a key of `speedTests`.', zh: 'globalping，或 `speedTests` 中的名称。' }),
    token: token.exactOptional(),
    nodes: z
      .array(anyNode)
      .min(1)
      .max(MOST_PLACES)
      .exactOptional()
      .meta({
        description: 'Where from: a country, a city, a network; of a speed test city/isp.',
        zh: '从哪里测：国家、城市、网络；测速服务则写 城市/运营商。',
        absent: { en: 'all of the speed test', zh: '测速服务的全部节点' },
        examples: [['SG', 'JP/Tokyo', 'CN/Guangzhou/AS4134']],
      }),
    degraded,
    down,
  })
  .transform(({ 'vantage-points': target, ...rest }) => ({ target, ...rest }))

function notQuoted(input: number): Mistake {
  return mistake('not-quoted', {
    en: `must be a text: write "${input}" in quotes`,
    zh: `应为文本：加引号写成 "${input}"`,
  })
}

const formText = z
  .string({
    error: ({ input }) => (typeof input === 'number' ? issueText(notQuoted(input)) : undefined),
  })
  .refine(
    (text) => strangeBraces(text).length === 0,
    wrong('unknown-braces', (input) => ({
      en: `${strangeBraces(String(input)).join(', ')} stands for nothing here: {id}, {url} and {host} do`,
      zh: `${strangeBraces(String(input)).join('、')} 在这里不代表任何东西：可用 {id}、{url}、{host}`,
    })),
  )

/** What one service of this kind takes and answers; others name theirs. */
const usual = {
  form: { guid: '{id}', host: '{host}', ishost: '1', checktype: '1' },
  fields: { total: 'alltime', connect: 'conntime', download: 'downtime', dns: 'dnstime', status: 'httpstate' },
  timeout: '2.5s',
}

const field = (name: keyof typeof usual.fields, description: string, zh: string) =>
  z.string().min(1).default(usual.fields[name]).meta({ description, zh })

/** An entry of `speedTests`. */
export const speedTestKeys: z.ZodType<WrittenSpeedTest> = z
  .strictObject({
    url: z
      .string()
      .refine(
        (text) => references(text).length > 0 || readTarget(text)?.measure === 'http',
        wrong('no-url', (input) => ({
          en: `"${input}" is not a URL: write one such as https://speed.example.com/test`,
          zh: `“${input}”不是 URL：写成 https://speed.example.com/test 这样`,
        })),
      )
      .meta({
        description: 'Where the form is posted.',
        zh: '表单提交到的地址。',
        examples: ['https://speed.example.com/test'],
      }),
    form: z.record(z.string().min(1), formText).default(usual.form).meta({
      description: 'Its fields; {id}, {url} and {host} become the node, the target and its host.',
      zh: '表单字段；{id}、{url}、{host} 换成节点、目标和它的主机。',
    }),
    headers: z
      .record(headerName, z.string())
      .default({})
      .meta({
        description: 'Headers beside Origin, Referer and X-Requested-With, which a page of the site would send.',
        zh: '除该网站页面会带的 Origin、Referer、X-Requested-With 之外的请求头。',
        examples: [{ cookie: '${SPEED_COOKIE}' }],
      }),
    timeout: duration('100ms', '30s')
      .prefault(usual.timeout)
      .meta({ description: 'A node that takes longer has timed out.', zh: '节点超过这么久即为超时。' }),
    fields: z
      .strictObject({
        total: field('total', 'The whole time.', '总用时。'),
        connect: field('connect', 'The time to connect.', '连接用时。'),
        download: field('download', 'The time to download.', '下载用时。'),
        dns: field('dns', 'The time to resolve the name.', '解析用时。'),
        status: field('status', 'The HTTP status.', 'HTTP 状态码。'),
      })
      .prefault({})
      .meta({
        description: 'Names of fields in the answer. Times are in milliseconds.',
        zh: '应答中各字段的名称。时间以毫秒计。',
      }),
    nodes: z
      .array(
        z.strictObject({
          id: z
            .string()
            .min(1)
            .max(200)
            .meta({ description: 'What the service calls it.', zh: '服务方给它的 ID。', examples: ['1001'] }),
          city: place.meta({ description: 'Its city.', zh: '所在城市。', examples: ['广州'] }),
          isp: place.meta({ description: 'Its carrier.', zh: '运营商。', examples: ['电信'] }),
          degraded,
          down,
        }),
      )
      .min(1)
      .meta({
        description: 'Its nodes. Ids of one city and ISP are one place.',
        zh: '它的节点。同一城市、同一运营商的多个 ID 算一处。',
        examples: [[{ id: '1001', city: '广州', isp: '电信' }]],
      }),
  })
  .transform(({ timeout, headers, ...rest }) => ({
    ...rest,
    timeoutMs: timeout,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  }))

/** The name of an entry of `speedTests`. */
export const speedTestName = name.check(
  z.refine(
    (text) => text !== 'globalping',
    wrong('reserved-name', {
      en: 'globalping is there already: name it otherwise',
      zh: '已经有 globalping 了：换个名字',
    }),
  ),
)

function isMetadata(text: string): boolean {
  const target = readTarget(text)
  return target !== undefined && isMetadataAddress(hostOf(target))
}

function strangeBraces(text: string): string[] {
  const rest = text.replace(/\$\{[^}]*\}|\{(?:id|url|host)\}/g, '')
  return [...rest.matchAll(/\{\w*\}/g)].map(([braces]) => braces)
}
