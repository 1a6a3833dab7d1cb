import type * as z from 'zod'
import { noteMistakes } from '../../contracts/mistake.ts'
import type { CheckKindConfig } from '../kind.ts'
import { awsGrants } from './aws-grants.ts'
import { type Keys, keys } from './keys.ts'
import { mistakesIn } from './mistakes.ts'
import { robotOf } from './robots-config.ts'
import type { AccountLimits, AccountSpec } from './spec.ts'

/** Money and packages go in days, not in minutes, and vendors count what is asked. */
const LEAST_INTERVAL_MS = 3_600_000

/** Several APIs are asked, one after the other where they list pages. */
const LEAST_TIMEOUT_MS = 15_000

const keyReferences = {
  tencent: { keyId: '${TENCENTCLOUD_SECRET_ID}', keySecret: '${TENCENTCLOUD_SECRET_KEY}' },
  aliyun: { keyId: '${ALIBABA_CLOUD_ACCESS_KEY_ID}', keySecret: '${ALIBABA_CLOUD_ACCESS_KEY_SECRET}' },
}

const schema: z.ZodType<AccountSpec> = keys
  .superRefine((check, context) => noteMistakes(context, mistakesIn(check)))
  .transform((check): AccountSpec => {
    const { account, degraded = {}, down = {}, robots = [], ...asked } = check
    if (account === 'robots') return { vendor: account, robots: robots.map(robotOf) }
    const limits = { degraded: limitsOf(degraded), down: limitsOf(down) }
    if (account === 'aws') {
      const { region, instance, caller, numbers = [], senders = [], users = [] } = asked
      return { vendor: account, ...given({ region, instance, caller }), numbers, senders, users, ...limits }
    }
    const { keyId, keySecret, app, packages = [], signs = [], templates = [] } = asked
    return {
      vendor: account,
      ...keyReferences[account],
      ...given({ keyId, keySecret, app }),
      packages,
      signs,
      templates,
      ...limits,
    }
  })

/** Without what was left out. */
function given<T extends Record<string, string | undefined>>(written: T) {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string
  }
}

function limitsOf({ keyAge: keyAgeMs, ...left }: NonNullable<Keys['degraded']>): AccountLimits {
  return { ...left, ...(keyAgeMs === undefined ? {} : { keyAgeMs }) }
}

export const accountConfig: CheckKindConfig<AccountSpec> = {
  kind: 'account',
  runsIn: 'uptime',
  modules: () => ['account'],
  schema,
  summary: {
    en: 'Asks Tencent Cloud or Alibaba Cloud what is left of texts and money, whether signatures and templates are in force, and how old the key is; AWS what texts may still cost this month, how numbers, sender IDs and the instance of Connect are, and how old keys are; or the robots of groups and applications of chats whether they still answer, without posting. One `from` is enough.',
    zh: '向腾讯云或阿里云查询短信余量、余额、签名与模板是否可用、密钥用了多久；向 AWS 查询本月短信还可消费多少、号码、发送者 ID 与 Connect 实例是否可用、密钥用了多久；或不发消息地问群机器人、应用是否还应答。`from` 写一个即可。',
  },
  permissions: {
    aws: (spec) => ((spec as AccountSpec).vendor === 'aws' ? awsGrants(spec as AccountSpec & { vendor: 'aws' }) : []),
  },
  leastTimeoutMs: LEAST_TIMEOUT_MS,
  leastIntervalMs: LEAST_INTERVAL_MS,
}
