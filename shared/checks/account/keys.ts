import * as z from 'zod'
import { duration } from '../../contracts/duration.ts'
import { ownNumber } from '../../contracts/own-number.ts'
import { robots } from './robots-config.ts'

const texts = z
  .int()
  .min(1)
  .exactOptional()
  .meta({
    description: 'Texts left in packages, Tencent Cloud.',
    zh: '套餐包剩余短信条数（腾讯云）。',
    examples: [500],
  })
const packagesLeft = z
  .int()
  .min(1)
  .exactOptional()
  .meta({
    description: 'Of Alibaba Cloud: what each of `packages` has left, in its own unit.',
    zh: '阿里云：`packages` 里每个套餐包的余量，按其自身单位。',
    examples: [500],
  })
const balance = z
  .number()
  .min(0)
  .exactOptional()
  .meta({
    description:
      "Money left, in the account's currency. Of AWS: what texts may still cost this month, in USD; at the end of the spending limit it is down, whatever stands here.",
    zh: '账户余额，按账户币种。AWS：本月短信还可消费的美元；达到消费上限总是不可用。',
    examples: [100],
  })
const keyAge = duration('1d', '3650d')
  .exactOptional()
  .meta({
    description: 'Age of the key; of AWS of the keys of `users`.',
    zh: '密钥的年龄；AWS 为 `users` 的密钥。',
    examples: ['180d'],
  })

const calls = z
  .int()
  .min(1)
  .exactOptional()
  .meta({
    description: 'Of AWS: calls at once that the quota of `instance` allows.',
    zh: 'AWS：`instance` 的配额允许的同时呼叫数。',
    examples: [10],
  })

const limits = z.strictObject({ texts, packages: packagesLeft, balance, keyAge, calls })

const names = (description: string, zh: string, example: string) =>
  z
    .array(z.string().min(1))
    .min(1)
    .max(50)
    .exactOptional()
    .meta({ description, zh, examples: [[example]] })

/** The keys of a check, of whichever account. */
export const keys = z.strictObject({
  account: z.enum(['tencent', 'aliyun', 'aws', 'robots']).meta({
    description:
      'Whose account it is; `robots`: those of groups, and applications of chats, are asked whether they still answer.',
    zh: '哪家云的账号；`robots`：问群机器人和应用是否还应答。',
    examples: ['tencent', 'aliyun', 'aws', 'robots'],
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
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
    .exactOptional()
    .meta({
      description: 'Of AWS: the region whose texts and calls they are.',
      zh: 'AWS：短信和电话所在的地域。',
      absent: { en: "the probe's own", zh: '探针所在的地域' },
      examples: ['ap-southeast-1'],
    }),
  instance: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'Of AWS: the instance of Connect, by its id or ARN, that has to be active and allowed to call out.',
      zh: 'AWS：必须可用并允许呼出的 Connect 实例，写 ID 或 ARN。',
      examples: ['${CONNECT_INSTANCE_ID}'],
    }),
  caller: ownNumber.exactOptional().meta({
    description: 'Of AWS: the number that has to be claimed to `instance`.',
    zh: 'AWS：必须归 `instance` 所有的号码。',
    examples: ['+6531580000'],
  }),
  numbers: names(
    'Of AWS: numbers for texts that have to be active, by number, id or ARN.',
    'AWS：必须可用的短信号码，写号码、ID 或 ARN。',
    '+6531580000',
  ),
  senders: names('Of AWS: sender IDs that have to be there.', 'AWS：必须存在的发送者 ID。', 'FENGHUO'),
  users: names(
    'Of AWS: users of IAM whose active keys `keyAge` is held against.',
    'AWS：按 `keyAge` 检查其有效密钥年龄的 IAM 用户。',
    'fenghuo-probes',
  ),
  robots,
  packages: names(
    'Of Alibaba Cloud: packages of texts or calls, each by what the console calls it, or a part of it. Those of one name count together; one that is used up or over has nothing left.',
    '阿里云：短信或语音套餐包，写控制台里的名称或其中一部分。同名的合计；用完或过期的余量为 0。',
    '国内通用短信套餐包',
  ),
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
export type Keys = z.infer<typeof keys>
