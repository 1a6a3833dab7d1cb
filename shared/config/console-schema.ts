import * as z from 'zod'
import { type CompiledConsole, roles } from '../contracts/compiled-config.ts'
import { mistake, noteMistakes, wrong } from '../contracts/mistake.ts'
import { keyReference } from './key-reference.ts'
import type { Reader } from './reader.ts'

/** An address of HTTPS, or of this machine. */
export const address = z.string().refine(
  (text) =>
    URL.canParse(text) &&
    /^https:\/\/[^/?#@]+(\/[^?#]*)?$|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/[^?#]*)?$/.test(text),
  wrong('no-url', (input) => ({
    en: `"${input}" is not an address such as https://login.example.com`,
    zh: `“${input}”不是 https://login.example.com 这样的地址`,
  })),
)

/** What leads to the console has no path: its pages, and what a provider leads back to, begin at the root. */
const origin = address.refine(
  (text) => !URL.canParse(text) || /^\/*$/.test(new URL(text).pathname),
  wrong('url-with-path', (input) => ({
    en: `"${input}" has a path: the console answers at the root of its host, write ${new URL(String(input)).origin}`,
    zh: `“${input}”带有路径：控制台在主机的根路径应答，请写 ${new URL(String(input)).origin}`,
  })),
)

function text(description: string, zh: string, example: string) {
  return z
    .string()
    .min(1)
    .meta({ description, zh, examples: [example] })
}

function secret(en: string, zh: string, example: string) {
  return keyReference.meta({
    description: `${en}, as a reference to a variable.`,
    zh: `${zh}，写成对变量的引用。`,
    examples: [example],
  })
}

const someone = z
  .string()
  .regex(
    /^(group:.+|(wecom|dingtalk|feishu|contact):\S+|[^\s@:]*@[^\s@]+\.[^\s@]+)$/,
    wrong('nobody', (input) => ({
      en: `"${input}" is nobody: write lin@example.com, @example.com for everybody there, group:sre, wecom:LinYue, wecom:* or contact:lin`,
      zh: `“${input}”不是人：写 lin@example.com、@example.com（该域的所有人）、group:sre、wecom:LinYue、wecom:* 或 contact:lin`,
    })),
  )
  .transform((text) => (/^\w+:/.test(text) ? text : text.toLowerCase()))

const grant = z
  .strictObject({
    role: z.enum(roles).meta({
      description:
        '`viewer` looks; `responder` also acts on incidents, makes and ends silences, and changes who is on call; `admin` in all projects also sends dead letters back, reads the audit, signs others out, and answers swaps in others’ stead.',
      zh: '`viewer` 只看；`responder` 还可处理告警单、新建和结束静默、改动谁值班；`admin` 不限项目时还可送回死信、查看审计、让他人退出、代他人答复换班。',
      examples: ['responder'],
    }),
    who: z
      .array(someone)
      .min(1)
      .exactOptional()
      .meta({
        description:
          'Verified e-mail addresses, `@domain` for everybody there, `group:NAME` for those whom the provider says to be in it, `wecom:`, `dingtalk:` or `feishu:` and what the chat knows somebody by, or `*` for all of the company; `contact:` and a name of `oncall.yml`, or `*`, for who signs in by a link.',
        zh: '已验证的邮箱；`@域名` 表示该域所有人；`group:名称` 表示身份提供方认定的组员；`wecom:`、`dingtalk:`、`feishu:` 加对方在其中的 ID，`*` 表示该企业所有人；`contact:` 加 `oncall.yml` 里的名字或 `*`，表示用链接登录的人。',
        examples: [['lin@example.com', 'group:sre']],
      }),
    tokens: z
      .array(keyReference)
      .min(1)
      .exactOptional()
      .meta({
        description: 'Tokens of programs, as references to variables: `Authorization: Bearer …`.',
        zh: '程序的令牌，写成对变量的引用：`Authorization: Bearer …`。',
        examples: [['${CONSOLE_TOKEN}']],
      }),
    projects: z
      .array(z.string())
      .min(1)
      .exactOptional()
      .meta({
        description: 'In which projects.',
        zh: '在哪些项目中。',
        absent: { en: 'in all', zh: '所有项目' },
        examples: [['pay']],
      }),
  })
  .superRefine(({ who, tokens }, context) => {
    if (who === undefined && tokens === undefined)
      noteMistakes(context, [
        [
          'role',
          mistake('nobody', {
            en: 'is given to nobody: add `who` or `tokens`',
            zh: '没有给任何人：请加上 `who` 或 `tokens`',
          }),
        ],
      ])
  })

/** `console`, as people write it. */
export const consoleSection = z
  .strictObject({
    url: origin.exactOptional().meta({
      description: 'Where people reach the console, if that is not its function URL. Messages link there.',
      zh: '访问控制台的地址，若不是它的函数 URL。写了它，消息里就有到控制台的链接。',
      absent: { en: 'its function URL', zh: '它的函数 URL' },
      examples: ['https://oncall.example.com'],
    }),
    oidc: z
      .strictObject({
        issuer: address.meta({
          description: 'The issuer, exactly as the provider itself writes it.',
          zh: '签发者（issuer），与提供方自己写的完全一致。',
          examples: ['https://login.example.com/realms/ops'],
        }),
        clientId: z
          .string()
          .min(1)
          .meta({
            description: 'The id that the provider has given to this application.',
            zh: '提供方给本应用的客户端 ID。',
            examples: ['fenghuo'],
          }),
        clientSecret: keyReference.exactOptional().meta({
          description: 'Its secret, as a reference to a variable.',
          zh: '对应的密钥，写成对变量的引用。',
          examples: ['${OIDC_SECRET}'],
        }),
        groups: z.string().min(1).default('groups').meta({
          description: "The claim that lists somebody's groups: `cognito:groups` with Cognito.",
          zh: '列出所属组的声明（claim）；Cognito 为 `cognito:groups`。',
        }),
      })
      .exactOptional()
      .meta({ description: 'Sign-in by OpenID Connect.', zh: '用 OpenID Connect 登录。' }),
    wecom: z
      .strictObject({
        corpId: text('The corp id.', '企业 ID。', 'ww0123456789abcdef'),
        agentId: z
          .int()
          .min(1)
          .meta({ description: "The application's AgentId.", zh: '应用的 AgentId。', examples: [1000002] }),
        secret: secret("The application's secret", '应用的 Secret', '${WECOM_SIGN_IN_SECRET}'),
      })
      .exactOptional()
      .meta({ description: 'Sign-in by a WeCom application.', zh: '用企业微信自建应用登录。' }),
    dingtalk: z
      .strictObject({
        clientId: text('The client id (AppKey).', '应用的 Client ID（AppKey）。', 'ding0123456789abcdef'),
        clientSecret: secret('The client secret', 'Client Secret', '${DINGTALK_SIGN_IN_SECRET}'),
        corpId: text(
          'The CorpId: whoever chooses another company is refused.',
          'CorpId：选择其他企业者会被拒绝。',
          'ding0123456789',
        ),
      })
      .exactOptional()
      .meta({ description: 'Sign-in by a DingTalk application.', zh: '用钉钉应用登录。' }),
    feishu: z
      .strictObject({
        appId: text('The App ID.', '应用的 App ID。', 'cli_0123456789abcdef'),
        appSecret: secret('The App Secret', 'App Secret', '${FEISHU_SIGN_IN_SECRET}'),
        tenantKey: text(
          'The tenant key: whoever is of another tenant is refused.',
          'tenant key：其他租户的人会被拒绝。',
          '0123456789abcdef',
        ),
      })
      .exactOptional()
      .meta({ description: 'Sign-in by a Feishu application.', zh: '用飞书应用登录。' }),
    link: z
      .literal(true)
      .exactOptional()
      .meta({
        description: "Sign-in by a one-time link, which is sent to a contact's own channel.",
        zh: '用一次性链接登录，链接发到联系人自己的渠道。',
        absent: { en: 'there are no links', zh: '没有链接' },
        examples: [true],
      }),
    access: z.array(grant).min(1).max(100).meta({
      description: 'Who may do what. Nobody else sees anything.',
      zh: '谁可以做什么。其他人什么也看不到。',
    }),
  })
  .superRefine(({ oidc, wecom, dingtalk, feishu, link, access }, context) => {
    const index = access.findIndex(({ who }) => who !== undefined)
    if (index >= 0 && [oidc, wecom, dingtalk, feishu, link].every((way) => way === undefined))
      noteMistakes(context, [
        [
          'access',
          mistake('no-effect', {
            en: 'has no effect for people without `oidc`, `wecom`, `dingtalk`, `feishu` or `link`: nobody can sign in',
            zh: '没有 `oidc`、`wecom`、`dingtalk`、`feishu`、`link` 时对人没有作用：无法登录',
          }),
        ],
      ])
  })

/** Reads `console`; undefined when there is none, or one with a mistake, which the reader has noted. */
export function readConsole(reader: Reader): CompiledConsole | undefined {
  if (reader.get(['console']) === undefined) return undefined
  const read = reader.read(consoleSection, ['console'])
  for (const index of (read?.access ?? []).keys())
    reader.lookUp(['console', 'access', index, 'projects'], 'project', reader.keys(['projects']))
  return read && { ...read, ...(read.url !== undefined && { url: read.url.replace(/\/+$/, '') }) }
}
