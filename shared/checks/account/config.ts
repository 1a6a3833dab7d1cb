import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import { type Mistake, mistake, noteMistakes } from '../../contracts/mistake.ts'
import type { CheckKindConfig } from '../kind.ts'
import type { AccountLimits, AccountSpec, RobotSpec } from './spec.ts'

/** Money and packages go in days, not in minutes, and vendors count what is asked. */
const LEAST_INTERVAL_MS = 3_600_000

/** Several APIs are asked, one after the other where they list pages. */
const LEAST_TIMEOUT_MS = 15_000

const keyReferences = {
  tencent: { keyId: '${TENCENTCLOUD_SECRET_ID}', keySecret: '${TENCENTCLOUD_SECRET_KEY}' },
  aliyun: { keyId: '${ALIBABA_CLOUD_ACCESS_KEY_ID}', keySecret: '${ALIBABA_CLOUD_ACCESS_KEY_SECRET}' },
}

const texts = z
  .int()
  .min(1)
  .exactOptional()
  .meta({
    description: 'Texts left in packages, Tencent Cloud.',
    zh: '套餐包剩余短信条数（腾讯云）。',
    examples: [500],
  })
const balance = z
  .number()
  .min(0)
  .exactOptional()
  .meta({ description: "Money left, in the account's currency.", zh: '账户余额，按账户币种。', examples: [100] })
const keyAge = duration('1d', '3650d')
  .exactOptional()
  .meta({ description: 'Age of the key.', zh: '密钥的年龄。', examples: ['180d'] })

const limits = z.strictObject({ texts, balance, keyAge })

/** What stands for a robot's key in the settings of the channel of the same type. */
const secretKeys = {
  'wecom-robot': 'key',
  dingtalk: 'token',
  feishu: 'token',
  slack: 'hook',
  discord: 'hook',
  telegram: 'token',
} as const
type RobotType = keyof typeof secretKeys
const robotTypes = Object.keys(secretKeys) as RobotType[]

const secret = (description: string, zh: string, example: string) =>
  z
    .string()
    .min(1)
    .exactOptional()
    .meta({ description, zh, examples: [example] })

const robot = z
  .strictObject({
    type: z
      .enum(robotTypes)
      .meta({ description: 'The channel that it posts by.', zh: '它所用的渠道。', examples: ['wecom-robot'] }),
    name: z
      .string()
      .min(1)
      .max(40)
      .exactOptional()
      .meta({
        description: 'What it is called.',
        zh: '它的称呼。',
        absent: { en: 'its type', zh: '其类型' },
        examples: ['ops'],
      }),
    key: secret('Of a robot of WeCom.', '企业微信机器人的 key。', '${WECOM_KEY}'),
    token: secret(
      'Of a robot of DingTalk, Feishu or Telegram.',
      '钉钉、飞书或 Telegram 机器人的 token。',
      '${DINGTALK_TOKEN}',
    ),
    hook: secret(
      'The address of a webhook of Slack or Discord.',
      'Slack 或 Discord 的 Webhook 地址。',
      '${SLACK_HOOK}',
    ),
    secret: secret('By which posts to DingTalk or Feishu are signed.', '钉钉或飞书的签名密钥。', '${DINGTALK_SECRET}'),
  })
  .superRefine(({ type, name: _, secret: signing, ...written }, context) => {
    const wanted = secretKeys[type]
    const isSigned = type === 'dingtalk' || type === 'feishu'
    if (Object.keys(written).join() !== wanted || (signing !== undefined && !isSigned))
      noteMistakes(context, [[wanted, needs(type, isSigned ? `${wanted}, secret` : wanted)]])
  })

const robots = z
  .array(robot)
  .min(1)
  .max(20)
  .exactOptional()
  .meta({
    description:
      'Robots and webhooks of groups, each with the keys of its channel: `wecom-robot` key, `dingtalk` and `feishu` token and secret, `slack` and `discord` hook, `telegram` token. `name` is what it is called.',
    zh: '群机器人与 Webhook，各写其渠道的密钥：`wecom-robot` 写 key，`dingtalk`、`feishu` 写 token 和 secret，`slack`、`discord` 写 hook，`telegram` 写 token。`name` 是它的称呼。',
    examples: [[{ type: 'wecom-robot', key: '${WECOM_KEY}' }]],
  })

const names = (description: string, zh: string, example: string) =>
  z
    .array(z.string().min(1))
    .min(1)
    .max(50)
    .exactOptional()
    .meta({ description, zh, examples: [[example]] })

const keys = z.strictObject({
  account: z.enum(['tencent', 'aliyun', 'robots']).meta({
    description: 'Whose account it is; `robots`: those of groups are asked whether they still answer.',
    zh: '哪家云的账号；`robots`：问群机器人是否还应答。',
    examples: ['tencent', 'aliyun', 'robots'],
  }),
  keyId: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'The key by which it is asked, as a reference; the one that texts and calls are sent with.',
      zh: '查询所用的密钥，写成引用；即发短信、打电话所用的密钥。',
      absent: {
        en: 'TENCENTCLOUD_SECRET_ID, or ALIBABA_CLOUD_ACCESS_KEY_ID',
        zh: 'TENCENTCLOUD_SECRET_ID 或 ALIBABA_CLOUD_ACCESS_KEY_ID',
      },
      examples: ['${SMS_KEY_ID}'],
    }),
  keySecret: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'Its secret, as a reference.',
      zh: '它的私钥，写成引用。',
      absent: {
        en: 'TENCENTCLOUD_SECRET_KEY, or ALIBABA_CLOUD_ACCESS_KEY_SECRET',
        zh: 'TENCENTCLOUD_SECRET_KEY 或 ALIBABA_CLOUD_ACCESS_KEY_SECRET',
      },
      examples: ['${SMS_KEY_SECRET}'],
    }),
  app: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'The SmsSdkAppId whose packages are counted, in quotes; for `texts`.',
      zh: '要统计套餐包的 SmsSdkAppId，加引号；`texts` 需要。',
      examples: ['1400006666'],
    }),
  robots,
  signs: names('Signatures that have to be in force.', '必须可用的签名。', '示例科技'),
  templates: names('Templates that have to be approved.', '必须审核通过的模板。', '2100001'),
  degraded: limits.exactOptional().meta({
    description: 'With less than this, or an older key, it is degraded.',
    zh: '少于此数、或密钥更旧，即为变慢（提前提醒）。',
    examples: [{ texts: 500, balance: 100, keyAge: '180d' }],
  }),
  down: limits.exactOptional().meta({
    description: 'With less than this, or an older key, it is down. Arrears are, whatever stands here.',
    zh: '少于此数、或密钥更旧，即为不可用。欠费总是不可用。',
    examples: [{ texts: 50, balance: 10 }],
  }),
})
type Keys = z.infer<typeof keys>

const schema: z.ZodType<AccountSpec> = keys
  .superRefine((check, context) => noteMistakes(context, mistakesIn(check)))
  .transform((check): AccountSpec => {
    const { account, robots = [], app, signs = [], templates = [], degraded = {}, down = {}, ...own } = check
    if (account === 'robots') return { vendor: account, robots: robots.map(robotOf) }
    return {
      vendor: account,
      ...keyReferences[account],
      ...own,
      ...(app === undefined ? {} : { app }),
      signs,
      templates,
      degraded: limitsOf(degraded),
      down: limitsOf(down),
    }
  })

function robotOf({ type, name, secret: signing, ...written }: z.infer<typeof robot>): RobotSpec {
  const key = written[secretKeys[type]] ?? ''
  return { type, name: name ?? type, secret: key, ...(signing === undefined ? {} : { signing }) }
}

export const accountConfig: CheckKindConfig<AccountSpec> = {
  kind: 'account',
  runsIn: 'uptime',
  modules: () => ['account'],
  schema,
  summary: {
    en: 'Asks Tencent Cloud or Alibaba Cloud what is left of texts and money, whether signatures and templates are in force, and how old the key is; or the robots of groups whether they still answer, without posting. One `from` is enough.',
    zh: '向腾讯云或阿里云查询短信余量、余额、签名与模板是否可用、密钥用了多久；或不发消息地问群机器人是否还应答。`from` 写一个即可。',
  },
  leastTimeoutMs: LEAST_TIMEOUT_MS,
  leastIntervalMs: LEAST_INTERVAL_MS,
}

function limitsOf({ keyAge: keyAgeMs, ...left }: NonNullable<Keys['degraded']>): AccountLimits {
  return { ...left, ...(keyAgeMs === undefined ? {} : { keyAgeMs }) }
}

function mistakesIn({ account, robots: asked, ...cloud }: Keys): [keyof Keys, Mistake][] {
  if (account !== 'robots') return asked === undefined ? cloudMistakes({ account, ...cloud }) : [['robots', OF_ROBOTS]]
  const [other] = Object.keys(cloud) as (keyof Keys)[]
  if (other !== undefined) return [[other, OF_CLOUDS]]
  return asked === undefined ? [['account', NO_ROBOTS]] : []
}

function cloudMistakes({ account, app, signs, templates, degraded = {}, down = {} }: Keys): [keyof Keys, Mistake][] {
  const found: [keyof Keys, Mistake][] = []
  const isAsked = signs ?? templates ?? Object.keys({ ...degraded, ...down })[0]
  if (isAsked === undefined) found.push(['account', NOTHING_ASKED])
  for (const key of ['degraded', 'down'] as const) {
    if ((key === 'degraded' ? degraded : down).texts === undefined) continue
    if (account === 'aliyun') found.push([key, NO_PACKAGES])
    else if (app === undefined) found.push([key, NO_APP])
  }
  const isLate = (of: 'texts' | 'balance') => (degraded[of] ?? Infinity) <= (down[of] ?? -Infinity)
  const isOldLate = (degraded.keyAge ?? -Infinity) >= (down.keyAge ?? Infinity)
  if (isLate('texts') || isLate('balance') || isOldLate) found.push(['degraded', TOO_LATE])
  return found
}

const NOTHING_ASKED = mistake('nothing-asked', {
  en: 'asks for nothing: give `signs`, `templates`, or limits in `degraded` or `down`',
  zh: '没有要查的：写 `signs`、`templates`，或在 `degraded`、`down` 里写界限',
})
const NO_ROBOTS = mistake('nothing-asked', { en: 'asks for nothing: give `robots`', zh: '没有要查的：写 `robots`' })
const OF_ROBOTS = mistake('of-robots', { en: 'goes with `account: robots` alone', zh: '只与 `account: robots` 同用' })
const OF_CLOUDS = mistake('of-clouds', {
  en: 'is of an account in a cloud: of robots only `robots` is asked',
  zh: '属于云账号：机器人只写 `robots`',
})

function needs(type: RobotType, keys: string): Mistake {
  return mistake('robot-keys', {
    en: `a robot of type ${type} has ${keys}, as its channel has`,
    zh: `${type} 机器人写 ${keys}，与其渠道相同`,
  })
}

const NO_PACKAGES = mistake('no-packages', {
  en: 'Alibaba Cloud tells of no packages of texts: use `balance`',
  zh: '阿里云没有套餐包余量的接口：请用 `balance`',
})
const NO_APP = mistake('app-missing', {
  en: '`texts` needs `app`: packages are of an application',
  zh: '`texts` 需要 `app`：套餐包属于应用',
})
const TOO_LATE = mistake('warning-too-late', {
  en: 'must be reached before `down`: it is the earlier warning',
  zh: '应先于 `down` 达到：它是提前的提醒',
})
