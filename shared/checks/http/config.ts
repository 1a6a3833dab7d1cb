import { isIP } from 'node:net'
import * as z from 'zod'
import { mistake, noteMistakes, wrong } from '../../contracts/mistake.ts'
import type { Bilingual } from '../../contracts/words.ts'
import type { CheckKindConfig } from '../kind.ts'
import { identityFiles, identityKeys, identityMistakes, identityModules, secret } from '../network/identity.config.ts'
import { insecure, insecureCautions } from '../network/insecure.config.ts'
import { reachKeys, reachMistakes } from '../network/reach.config.ts'
import { fixedUrlHost, noPort, urlWithoutReferences } from '../network/target.config.ts'
import { limitMistakes } from '../run/limits.config.ts'
import {
  conditionKeys,
  conditions,
  degraded,
  down,
  headerName,
  headerValue,
  inLowerCase,
  ownHeader,
} from './conditions.config.ts'
import { needsBody } from './conditions.ts'
import type { HttpSpec } from './spec.ts'

/** As browsers have it (Fetch standard, "HTTP-redirect fetch"); more is a loop in the making. */
const MOST_REDIRECTS = 20

/** The probe writes these itself: one connection and one body per request. */
const ownHeaders = ['connection', 'content-length', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade']

const url = z.string().refine(
  isHttpUrl,
  wrong('no-url', (input) => urlMistake(String(input))),
)

const requestHeader = headerName.refine((name) => !ownHeaders.includes(name.toLowerCase()), ownHeader)

const keys = z.strictObject({
  http: url.meta({
    description: 'The URL. It may refer to the environment, and so may headers and body.',
    zh: 'URL。它和请求头、正文都可以引用环境变量。',
    examples: ['https://pay.example.com/healthz'],
  }),
  method: z
    .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    .default('GET')
    .meta({ description: 'The method of the request.', zh: '请求方法。' }),
  headers: z
    .record(requestHeader, headerValue)
    .default({})
    .meta({
      description: 'Headers of the request. What comes from the environment never goes to another origin.',
      zh: '请求头。来自环境变量的内容不会发往别的源。',
      examples: [{ accept: 'application/json', 'x-probe': '${PROBE_TOKEN}' }],
    }),
  basic: z
    .strictObject({
      user: z.string().meta({ description: 'The user name.', zh: '用户名。', examples: ['probe'] }),
      password: secret.meta({
        description: 'The password: a reference to the environment.',
        zh: '密码：写成对环境变量的引用。',
        examples: ['${PROBE_PASSWORD}'],
      }),
    })
    .exactOptional()
    .meta({ description: 'Basic authentication.', zh: 'Basic 认证。' }),
  bearer: secret.exactOptional().meta({
    description: 'A bearer token: a reference to the environment.',
    zh: 'Bearer 令牌：写成对环境变量的引用。',
    examples: ['${PAY_PROBE_TOKEN}'],
  }),
  oauth2: z
    .strictObject({
      tokenUrl: url.meta({
        description: 'Who gives tokens.',
        zh: '发放令牌的地址。',
        examples: ['https://login.example.com/oauth/token'],
      }),
      clientId: z
        .string()
        .min(1)
        .meta({ description: 'The client.', zh: '客户端。', examples: ['fenghuo'] }),
      clientSecret: secret.meta({
        description: 'Its secret: a reference to the environment.',
        zh: '其密钥：写成对环境变量的引用。',
        examples: ['${PROBE_CLIENT_SECRET}'],
      }),
      scope: z
        .string()
        .min(1)
        .exactOptional()
        .meta({ description: 'What is asked for.', zh: '请求的权限。', examples: ['orders:read'] }),
      audience: z
        .string()
        .min(1)
        .exactOptional()
        .meta({
          description: 'Whom the token is for, where the service wants to know.',
          zh: '令牌给谁用，有的服务需要。',
          examples: ['https://api.example.com'],
        }),
      credentialsIn: z.enum(['header', 'body']).default('header').meta({
        description: 'Where the client and its secret stand in the request for a token.',
        zh: '客户端及其密钥放在请求令牌的请求头里还是正文里。',
      }),
    })
    .exactOptional()
    .meta({
      description:
        'A bearer token by the client credentials of OAuth 2, kept until it ends. Without one the check is unknown: watch the token service by a check of its own. Its certificate may be issued by `ca` or by a public authority.',
      zh: '用 OAuth 2 客户端凭据取得的 Bearer 令牌，到期之前一直使用。取不到令牌时结果为未知：请为令牌服务另设检查。令牌服务的证书可由 `ca` 或公共机构签发。',
    }),
  body: z
    .string()
    .exactOptional()
    .meta({
      description: 'The body of the request, sent as it is, in UTF-8.',
      zh: '请求正文，按 UTF-8 原样发送。',
      examples: ['{"ping":1}'],
    }),
  redirects: z.int().min(0).max(MOST_REDIRECTS).default(5).meta({
    description: 'How many redirects are followed; 0 follows none. A redirect whose status is expected is the answer.',
    zh: '最多跟随几次重定向，0 为不跟随。状态码符合预期的重定向即为应答。',
  }),
  allowPrivateRedirects: z.boolean().default(false).meta({
    description:
      'Follows redirects of a public target to private addresses, and of any to loopback. Without it, a private target may redirect to private ones.',
    zh: '允许公网目标重定向到私网地址，以及任何目标重定向到本机。不写时，只有私网目标可以重定向到私网地址。',
  }),
  http2: z.enum(['offered', 'never', 'required']).default('offered').meta({
    description: 'HTTP/2 where the target offers it; never; or required, and the target is down without it.',
    zh: 'HTTP/2：目标提供就用（offered），从不用（never），或必须用（required），没有即为不可用。',
  }),
  strict: z.boolean().default(false).meta({
    description:
      'Malformed answers that browsers and curl take are down: lines that end with LF alone, folded headers, a length twice. Without it they are up, and the detail says what is wrong.',
    zh: '浏览器和 curl 都能接受的不规范应答也算不可用：行尾缺少回车、应答头折行、长度重复等。不写时算正常，详情里会注明。',
  }),
  ...conditionKeys,
  status: conditionKeys.status.prefault('200-299'),
  degraded: degraded.exactOptional(),
  down: down.exactOptional(),
  ...identityKeys,
  insecure,
  ...reachKeys,
  resolver: reachKeys.resolver.meta({
    ...reachKeys.resolver.meta(),
    description:
      "A DNS server to ask in place of the system's: for the name of the URL, of redirects, and of who gives tokens.",
    zh: '代替系统 DNS 的服务器：解析 URL、重定向和令牌服务的域名。',
  }),
})

const schema: z.ZodType<HttpSpec> = keys
  .superRefine((check, context) => {
    const limits = { degraded: check.degraded?.limits, down: check.down }
    const mistakes = [
      ...reachMistakes('http', fixedUrlHost(check.http, 'http'), check, leadsOn(check)),
      ...identityMistakes(check),
      ...limitMistakes(limits),
    ]
    const complain = (key: string, code: string, words: Bilingual) => mistakes.push([key, mistake(code, words)])
    const bodyKey = (['size', 'contains', 'without', 'matches', 'numbers', 'json'] as const).find(
      (key) => check[key] !== undefined,
    )
    if (check.method === 'HEAD' && bodyKey !== undefined)
      complain(bodyKey, 'needs-body', {
        en: 'needs a body, which HEAD does not bring',
        zh: '需要正文，而 HEAD 没有正文',
      })
    if (check.method === 'GET' && check.body !== undefined)
      complain('body', 'needs-method', {
        en: 'needs `method: POST` or another with a body',
        zh: '需要 `method: POST` 或其他带正文的方法',
      })
    const [first, second] = credentialsOf(check)
    if (first !== undefined && second !== undefined)
      complain(second, 'two-credentials', {
        en: `gives credentials, and ${first === 'http' ? 'the URL' : `\`${first}\``} does, too: keep one`,
        zh: `给了凭证，${first === 'http' ? ' URL ' : ` \`${first}\` `}也给了：只留一个`,
      })
    if (isPlain(check.http)) {
      const asksSecurely = check.oauth2 !== undefined && !isPlain(check.oauth2.tokenUrl)
      const secure = (['ca', 'clientCert', 'certificate', 'insecure'] as const).find(
        (key) => check[key] && !(key === 'ca' && asksSecurely),
      )
      if (secure !== undefined && check.redirects === 0)
        complain(secure, 'no-effect', {
          en: 'has no effect on http without redirects',
          zh: '对不跟随重定向的 http 没有作用',
        })
      if (check.http2 === 'required') complain('http2', 'needs-https', { en: 'needs https', zh: '需要 https' })
    }
    const { certificateMs = Number.POSITIVE_INFINITY } = check.degraded ?? {}
    if (check.certificate !== undefined && certificateMs <= check.certificate)
      complain('degraded', 'warning-too-late', {
        en: '`certificate` must be longer than that of the check: it is the earlier warning',
        zh: '`certificate` 应比检查自己的更长：它是提前的提醒',
      })
    noteMistakes(context, mistakes)
  })
  .transform(({ http, headers, degraded, down = {}, ...rest }) => {
    const { status, responseHeaders, size, contains, without, matches, numbers, json, certificate, ...others } = rest
    const required = { responseHeaders, size, contains, without, matches, numbers, json, certificate }
    const given = Object.fromEntries(Object.entries(required).filter(([, value]) => value !== undefined))
    return {
      ...others,
      url: http,
      headers: inLowerCase(headers),
      down: { ...conditions({ ...given, ...down }), status },
      degraded: degraded ?? { limits: {} },
    }
  })

export const httpConfig: CheckKindConfig<HttpSpec> = {
  kind: 'http',
  runsIn: 'uptime',
  connectsToTarget: true,
  schema,
  perVantage: ['degraded', 'down'],
  modules: (spec) => modulesOf(spec as HttpSpec),
  cautions: (spec) => insecureCautions(spec as HttpSpec),
  files: identityFiles,
  hosts: (spec) => {
    const { address, url, oauth2 } = spec as HttpSpec
    return [address ?? fixedUrlHost(url, 'http'), ...(oauth2 ? [fixedUrlHost(oauth2.tokenUrl, 'http')] : [])]
  },
  summary: {
    en: 'Requests a URL and judges status, headers, time, size, text and JSON of the answer.',
    zh: '请求 URL，判断应答的状态码、响应头、用时、大小、文本和 JSON。',
  },
}

/** Whether names are looked up besides that of the URL. */
function leadsOn({ redirects, oauth2 }: z.output<typeof keys>): boolean {
  return redirects > 0 || (oauth2 !== undefined && isIP(fixedUrlHost(oauth2.tokenUrl, 'http')) === 0)
}

function modulesOf(spec: HttpSpec): string[] {
  const needed = {
    'repair-head': true,
    redirect: spec.redirects > 0,
    'http2-exchange': spec.http2 !== 'never',
    'body-conditions': needsBody(spec),
    oauth2: spec.oauth2 !== undefined,
    'certificate-condition': (spec.down.certificateMs ?? spec.degraded.certificateMs) !== undefined,
  }
  return [...identityModules, ...Object.entries(needed).flatMap(([name, isNeeded]) => (isNeeded ? [name] : []))]
}

function isHttpUrl(text: string): boolean {
  const url = urlWithoutReferences(text, 'http')
  return url !== undefined && /^https?:\/\//i.test(url.href) && url.port !== '0'
}

function urlMistake(text: string): Bilingual {
  const port = /^https?:\/\/[^/?#]*:(\d+)(?=[/?#]|$)/i.exec(text)?.[1]
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)) return noPort(port)
  return {
    en: `"${text}" is not an http or https URL, such as https://pay.example.com/healthz`,
    zh: `“${text}”不是 http 或 https 的 URL，如 https://pay.example.com/healthz`,
  }
}

function isPlain(text: string): boolean {
  return /^http:/i.test(text)
}

/** The keys that bring an Authorization header. */
function credentialsOf(check: z.output<typeof keys>): string[] {
  const isWritten = Object.keys(check.headers).some((name) => name.toLowerCase() === 'authorization')
  const all = {
    http: Boolean(urlWithoutReferences(check.http, 'http')?.username),
    headers: isWritten,
    basic: check.basic,
    bearer: check.bearer,
    oauth2: check.oauth2,
  }
  return Object.entries(all).flatMap(([key, given]) => (given ? [key] : []))
}
