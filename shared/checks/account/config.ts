import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import { type Mistake, mistake, noteMistakes } from '../../contracts/mistake.ts'
import type { CheckKindConfig } from '../kind.ts'
import type { AccountLimits, AccountSpec } from './spec.ts'

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

const names = (description: string, zh: string, example: string) =>
  z
    .array(z.string().min(1))
    .min(1)
    .max(50)
    .exactOptional()
    .meta({ description, zh, examples: [[example]] })

const keys = z.strictObject({
  account: z
    .enum(['tencent', 'aliyun'])
    .meta({ description: 'Whose account it is.', zh: '哪家云的账号。', examples: ['tencent', 'aliyun'] }),
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
  .transform(({ account, app, signs = [], templates = [], degraded = {}, down = {}, ...own }) => ({
    vendor: account,
    ...keyReferences[account],
    ...own,
    ...(app === undefined ? {} : { app }),
    signs,
    templates,
    degraded: limitsOf(degraded),
    down: limitsOf(down),
  }))

export const accountConfig: CheckKindConfig<AccountSpec> = {
  kind: 'account',
  runsIn: 'uptime',
  modules: () => ['account'],
  schema,
  summary: {
    en: 'Asks Tencent Cloud or Alibaba Cloud what is left of texts and money, whether signatures and templates are in force, and how old the key is. One `from` is enough.',
    zh: '向腾讯云或阿里云查询短信余量、余额、签名与模板是否可用、密钥用了多久。`from` 写一个即可。',
  },
  leastTimeoutMs: LEAST_TIMEOUT_MS,
  leastIntervalMs: LEAST_INTERVAL_MS,
}

function limitsOf({ keyAge: keyAgeMs, ...left }: NonNullable<Keys['degraded']>): AccountLimits {
  return { ...left, ...(keyAgeMs === undefined ? {} : { keyAgeMs }) }
}

function mistakesIn({ account, app, signs, templates, degraded = {}, down = {} }: Keys): [keyof Keys, Mistake][] {
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
