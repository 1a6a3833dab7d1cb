import * as z from 'zod'
import { isInterval } from '../checks/run/due.ts'
import { duration } from '../contracts/duration.ts'
import { issueText, mistake, wrong } from '../contracts/mistake.ts'
import { references } from '../contracts/references.ts'
import { DEGRADED_SEVERITY } from '../contracts/severities.ts'
import { DEFAULT_STORM_LIMIT } from '../contracts/storm.ts'
import { DEFAULT_SEVERITY, severity } from '../contracts/words.ts'
import { isZone } from '../oncall/clock.ts'
import { notAZone } from '../oncall/schema.ts'
import { groupBy, groupInterval } from './group-by.ts'
import { inboundKeys } from './inbound-schema.ts'
import { maintenanceCounts } from './maintenance-counts.ts'
import { projectPolicies } from './project-policies.ts'
import { weeklyNoise } from './weekly-noise.ts'

/** The keys of `fenghuo.yml`, piece by piece: the loader reads each alone, the published JSON Schema puts them together. */

/**
 * What a phone says and an SMS template takes: mainland templates refuse variables with a URL, host name or IP, and
 * individual accounts those above 12 characters (Tencent Cloud, SendSms, TemplateParameterLengthLimit).
 */
export const title = z
  .string()
  .regex(
    /^(?=.*\S)(?!.*\$\{)[^.\n]{1,12}$/u,
    wrong('title-not-sayable', (input) => ({
      en: `"${input}" can't be said by phone and SMS: at most 12 characters, no dot, no reference`,
      zh: `“${input}”在电话和短信里说不出来：最多 12 个字，不含句点和引用`,
    })),
  )
  .meta({
    description: 'What phones and text messages say: at most 12 characters, no dot.',
    zh: '电话和短信里的叫法：最多 12 个字，不含句点。',
    examples: ['收银台'],
  })

function notAUrl(example: string) {
  return wrong('no-url', (input) => ({
    en: `"${input}" is not a URL: write one such as ${example}`,
    zh: `“${input}”不是 URL：写成 ${example} 这样`,
  }))
}

/** An http(s) URL; what a reference will be is not known yet. */
const webUrl = z
  .string()
  .refine(
    (text) => references(text).length > 0 || (/^https?:\/\//.test(text) && URL.canParse(text)),
    notAUrl('https://example.com'),
  )

const runbook = z
  .string()
  .max(2048)
  .refine(
    (text) => unknownBraces(text).length === 0,
    wrong('unknown-braces', (input) => ({
      en: `${unknownBraces(String(input)).join(', ')} stands for nothing here: {project} and {check} do`,
      zh: `${unknownBraces(String(input)).join('、')} 在这里不代表任何东西：可用 {project} 和 {check}`,
    })),
  )
  .refine(
    (text) => /^https?:\/\/|^\$\{/.test(text) || unknownBraces(text).length > 0,
    notAUrl('https://wiki.example.com/{project}/{check}'),
  )
  .meta({
    description: 'Where what to do is written: a URL; {project} and {check} become their names.',
    zh: '处置手册的 URL；{project} 和 {check} 换成各自的名称。',
    examples: ['https://wiki.example.com/{project}/{check}'],
  })

function unknownBraces(text: string): string[] {
  const rest = text.replace(/\$\{[^}]*\}|\{project\}|\{check\}/g, '')
  return [...rest.matchAll(/\{[^}]*\}/g)].map((match) => match[0])
}

/** Per vantage the last 2n observations are kept as bits: few enough to stay within the packed state. */
const MOST_OBSERVATIONS = 10

export const confirm = z
  .string(
    wrong('no-m-of-n', {
      en: 'must be m/n such as 2/3: m of the last n observations',
      zh: '应为 m/n，如 2/3：最近 n 次观测中的 m 次',
    }),
  )
  .regex(
    /^\d+\/\d+$/,
    wrong('no-m-of-n', (input) => ({
      en: `"${input}" is not m/n: write 2/3 for 2 of the last 3 observations`,
      zh: `“${input}”不是 m/n：最近 3 次观测中的 2 次写作 2/3`,
    })),
  )
  .transform((text, context) => {
    const [m = 0, n = 0] = text.split('/').map(Number)
    if (m >= 1 && m <= n && n <= MOST_OBSERVATIONS) return { m, n }
    const words = {
      en: `${text} can't be: 1 ≤ m ≤ n ≤ ${MOST_OBSERVATIONS}`,
      zh: `${text} 不成立：1 ≤ m ≤ n ≤ ${MOST_OBSERVATIONS}`,
    }
    context.addIssue({ code: 'custom', message: issueText(mistake('m-of-n-out-of-range', words)) })
    return z.NEVER
  })
  .meta({
    description: 'm/n: so many of the last n observations of a vantage make its word; n is at most 10.',
    zh: 'm/n：一个观测点最近 n 次观测中有 m 次才算数；n 最多 10。',
    default: '2/3',
  })

/** The timer runs once a minute; what is due more often is run several times within one invocation. */
const interval = duration('10s', '1d')
  .refine(isInterval, wrong('interval-not-whole', { en: 'must be a multiple of 10s', zh: '应为 10s 的倍数' }))
  .meta({
    description: 'How often: a multiple of 10s. What is not whole minutes keeps the function awake between its runs.',
    zh: '多久看一次：10s 的倍数。不是整分钟时，函数在两次之间一直运行。',
    default: '1m',
  })

/** A run of a probe has 55 s in all. */
const timeout = duration('100ms', '50s').meta({
  description: 'How long one run may take, with its tries.',
  zh: '一次检查（连同重试）最长用时。',
  default: '5s',
})

/** The tries share the timeout. */
const retries = z.int().min(0).max(5).meta({
  description: 'How often a run that finds the target down is repeated at once; the tries share the timeout.',
  zh: '发现不可用时立即重试几次；各次共用 timeout。',
  default: 0,
})

const labels = z.record(z.string().min(1).max(64), z.string().max(256)).meta({
  description: 'Carried into alerts, merged key by key.',
  zh: '带进告警的标签，逐键合并。',
  examples: [{ team: 'payments' }],
})

const quorum = z
  .int()
  .min(1)
  .meta({
    description: 'So many vantages have to agree that a check is down.',
    zh: '多少个观测点一致才算不可用。',
    absent: { en: 'a majority of those that know anything', zh: '有结论者的多数' },
    examples: [2],
  })

/** What a check inherits: from its project, and that from `defaults`. */
const inherited = {
  from: z
    .array(z.string())
    .min(1)
    .exactOptional()
    .meta({
      description: 'Short names of vantages.',
      zh: '观测点的短名。',
      absent: { en: 'all', zh: '全部' },
      examples: [['gz', 'sg']],
    }),
  interval: interval.exactOptional(),
  timeout: timeout.exactOptional(),
  retries: retries.exactOptional(),
  confirm: confirm.exactOptional(),
  quorum: quorum.exactOptional(),
  slower: z
    .number()
    .min(1.5)
    .max(100)
    .exactOptional()
    .meta({
      description:
        'So many times slower than usual (the median of the last hours at a vantage) is degraded. For intervals up to 2h.',
      zh: '比平时（该观测点近几小时的中位数）慢这么多倍即为变慢。适用于不超过 2h 的 interval。',
      examples: [3],
    }),
  holdFlapping: z.boolean().exactOptional().meta({
    description:
      'What goes down and up three times within half an hour is held in its worse state until it is calm; with false each change is told.',
    zh: '半小时内三次不可用又恢复的，按较差的状态保持，直到平稳；写 false 则每次变化都通知。',
    default: true,
  }),
  severity: z
    .exactOptional(severity)
    .meta({ description: 'How bad it is to be down.', zh: '不可用的严重程度。', default: DEFAULT_SEVERITY }),
  degradedSeverity: z
    .exactOptional(severity)
    .meta({ description: 'How bad it is to be slow.', zh: '变慢的严重程度。', default: DEGRADED_SEVERITY }),
  runbook: runbook.exactOptional(),
  labels: labels.exactOptional(),
}

const ofProject = {
  ...inherited,
  ...projectPolicies,
  chat: z
    .array(z.string())
    .exactOptional()
    .meta({
      description: "Keys of `channels`: the project's robots, told once per state change.",
      zh: '`channels` 中的名称：项目的群机器人，每次状态变化告知一次。',
      examples: [['wecom', 'dingtalk']],
    }),
  stormLimit: z.int().min(1).max(1_000).exactOptional().meta({
    description: 'More new incidents a minute than this are joined in one.',
    zh: '一分钟内新告警单多于此，合并为一张。',
    default: DEFAULT_STORM_LIMIT,
  }),
  weeklyNoise,
  maintenanceCounts,
  groupBy,
  groupWait: duration('1s', '5m')
    .exactOptional()
    .meta({
      description: 'With `groupBy`: how long a new group collects alerts before it pages.',
      zh: '与 `groupBy` 一起：新的一组先收集这么久再呼叫。',
      absent: { en: 'none', zh: '不等待' },
      examples: ['30s'],
    }),
  groupInterval,
}

export const defaults = z
  .strictObject(ofProject)
  .meta({ description: 'What projects and checks inherit.', zh: '项目和检查所继承的值。' })
export type Defaults = z.infer<typeof defaults>

/** A project without its checks. */
export const project = z.strictObject({ title: title.exactOptional(), ...ofProject, ...inboundKeys })
export type Project = z.infer<typeof project>

/** A check without the keys of its kind. */
export const check = z.strictObject({
  title: title.exactOptional(),
  ...inherited,
  dependsOn: z
    .string()
    .exactOptional()
    .meta({
      description: 'A check of the same project, or project/check: while that is down this one raises nothing.',
      zh: '同一项目的检查，或 project/check：它不可用期间，本检查不告警。',
      examples: ['api', 'pay/api'],
    }),
})
export type Check = z.infer<typeof check>

/** Those of its keys that say how probes run it and how their reports are counted. */
export const probingKeys = {
  from: true,
  interval: true,
  timeout: true,
  retries: true,
  confirm: true,
  quorum: true,
  slower: true,
  holdFlapping: true,
  degradedSeverity: true,
} as const

export const group = z
  .array(z.string())
  .min(2)
  .meta({
    description: 'Vantages that are judged together, by their short names.',
    zh: '一起判定的观测点，写短名。',
    examples: [['gz', 'hz']],
  })

export const general = {
  language: z
    .enum(['zh', 'en'])
    .default('zh')
    .meta({ description: 'Of messages and calls; a contact may differ.', zh: '消息和电话的语言；联系人可以不同。' }),
  timezone: z
    .string()
    .refine(isZone, notAZone)
    .default('Asia/Shanghai')
    .meta({ description: 'IANA zone in which times are written for people.', zh: '写给人看的时间所用的 IANA 时区。' }),
  baseUrl: webUrl
    .transform((url) => url.replace(/\/+$/, ''))
    .exactOptional()
    .meta({
      description: 'Base of ack links.',
      zh: '认领链接的基址。',
      absent: { en: "the acknowledge function's own URL", zh: 'acknowledge 函数自己的 URL' },
      examples: ['https://oncall.example.com'],
    }),
}
