import * as z from 'zod'
import { lexKeys } from '../checks/lex/config.ts'
import { duration } from '../contracts/duration.ts'
import { issueText, mistake, noteMistakes, wrong } from '../contracts/mistake.ts'
import { confirm, title } from './schema.ts'

/** An ARN of a service, whose `what` begins as given; what a mistake says names an example. */
function arnOf(service: string, what: string, example: string) {
  const form = new RegExp(`^arn:aws[\\w-]*:${service}:[a-z0-9-]+:\\d{12}:${what}`)
  return z.string().regex(
    form,
    wrong('no-arn', (input) => ({
      en: `"${input}" is not an ARN such as ${example}`,
      zh: `“${input}”不是 ${example} 这样的 ARN`,
    })),
  )
}

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:orders'
const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders'
const INSTANCE = 'arn:aws:connect:us-east-1:123456789012:instance/11111111-2222-3333-4444-555555555555'

const region = z.strictObject({
  lex: lexKeys.lex.exactOptional().meta({
    description: "The ARN of a Lex V2 bot's alias.",
    zh: 'Lex V2 机器人别名的 ARN。',
    examples: ['arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/KLMNOPQRST'],
  }),
  connect: arnOf('connect', 'instance/[\\w-]+$', INSTANCE)
    .exactOptional()
    .meta({
      description: 'The ARN of an Amazon Connect instance.',
      zh: 'Amazon Connect 实例的 ARN。',
      examples: [INSTANCE],
    }),
  calls: z
    .int()
    .min(1)
    .max(10_000)
    .exactOptional()
    .meta({
      description:
        'So many calls at once the quota of `connect` has to allow, which Service Quotas is asked for once an hour.',
      zh: '`connect` 的配额至少要允许同时这么多通电话；每小时向 Service Quotas 查询一次。',
      absent: { en: 'nobody looks', zh: '不查看' },
      examples: [40],
    }),
  queues: z
    .array(arnOf('sqs', '[\\w.-]+$', QUEUE))
    .min(1)
    .exactOptional()
    .meta({
      description: 'ARNs of queues on which no message may wait for 3 minutes.',
      zh: '队列的 ARN：消息不得等待 3 分钟。',
      examples: [[QUEUE]],
    }),
  tables: z
    .array(arnOf('dynamodb', 'table/[\\w.-]+$', TABLE))
    .min(1)
    .exactOptional()
    .meta({ description: 'ARNs of tables that have to answer.', zh: '必须应答的表的 ARN。', examples: [[TABLE]] }),
})

/** An entry of `failover`, as people write it. */
export const failover = z
  .strictObject({
    title: title.exactOptional(),
    regions: z.array(region).min(2).max(5).meta({
      description: 'What has to be well in each region, in order: the first that is well serves.',
      zh: '各地域中必须正常的东西，按顺序：排在前面且正常的承接。',
    }),
    locale: lexKeys.locale,
    say: lexKeys.say.meta({
      description: 'What is said to the bots. Opening sessions asks nothing of their understanding.',
      zh: '对机器人说的话。只打开会话不检验理解能力。',
      absent: { en: 'opens sessions', zh: '打开会话' },
      examples: ['I would like to order some flowers'],
    }),
    sayEvery: duration('1m', '1d').default(900_000).meta({
      description:
        'It is said to each bot so often (0.00075 USD each time in most regions), and at each check until it is answered as it should.',
      zh: '多久对每个机器人说一次（多数地域每次 0.00075 美元）；没有得到应有的回答时，每次检查都说。',
      default: '15m',
    }),
    intent: lexKeys.intent,
    reply: lexKeys.reply,
    confirm: confirm.default({ m: 2, n: 3 }).meta({
      description:
        'm/n: so many of the last n checks, one a minute, make a region faulty or well; more than half of n.',
      zh: 'm/n：最近 n 次检查（每分钟一次）中有 m 次，地域才算异常或正常；m 须过半。',
      default: '2/3',
    }),
    hold: duration('0s', '1d').default(300_000).meta({
      description: 'An earlier region serves again when it has been well for so long.',
      zh: '靠前的地域恢复并持续正常这么久，才切换回去。',
      default: '5m',
    }),
    flow: z
      .string()
      .min(1)
      .max(1_000)
      .exactOptional()
      .meta({
        description:
          'Deploys a sample contact flow to the instance of `CONNECT_INSTANCE_ID`, which says this and hands the caller to the bot of the region that serves. Each region has a bot then.',
        zh: '向 `CONNECT_INSTANCE_ID` 的实例部署一个示例联系流程：说出这句话，再把来电交给承接地域的机器人。此时每个地域都要有机器人。',
        absent: { en: 'no flow', zh: '没有流程' },
        examples: ['Welcome. What may we do for you?'],
      }),
  })
  .superRefine((read, context) => {
    const { m, n } = read.confirm
    if (2 * m <= n)
      noteMistakes(context, [
        [
          'confirm',
          mistake('no-majority', {
            en: `${m}/${n} would call a region faulty and well at once: take more than half of n`,
            zh: `${m}/${n} 会让地域同时算异常和正常：m 应超过 n 的一半`,
          }),
        ],
      ])
    const asked = (['intent', 'reply'] as const).find((key) => read[key] !== undefined)
    if (asked !== undefined && read.say === undefined)
      noteMistakes(context, [
        [asked, mistake('no-effect', { en: 'has no effect without `say`', zh: '没有 `say` 时没有作用' })],
      ])
    const botless = read.regions.findIndex(({ lex }) => lex === undefined)
    if (read.flow !== undefined && botless >= 0)
      noteMistakes(context, [
        [
          'flow',
          mistake('no-bot', {
            en: `has no bot to hand callers to in region ${botless + 1} of \`regions\`: name its \`lex\``,
            zh: `\`regions\` 的第 ${botless + 1} 个地域没有可以接手的机器人：写上它的 \`lex\``,
          }),
        ],
      ])
    const issue = (index: number, words: { en: string; zh: string }) =>
      context.addIssue({ code: 'custom', path: ['regions', index], message: issueText(mistake('region-mixed', words)) })
    const without = mistake('no-effect', { en: 'has no effect without `connect`', zh: '没有 `connect` 时没有作用' })
    for (const [index, { calls, connect }] of read.regions.entries())
      if (calls !== undefined && connect === undefined)
        context.addIssue({ code: 'custom', path: ['regions', index, 'calls'], message: issueText(without) })
    const seen = new Set<string>()
    for (const [index, one] of read.regions.entries()) {
      const regions = [...new Set(arnsIn(one).map(regionOf))]
      const [own = ''] = regions
      if (regions.length === 0)
        issue(index, {
          en: 'names nothing that is there: lex, connect, queues or tables',
          zh: '没有写任何东西：lex、connect、queues 或 tables',
        })
      else if (regions.length > 1)
        issue(index, {
          en: `is of ${regions.join(' and ')}: one entry is one region`,
          zh: `属于 ${regions.join('、')}：一项只能是一个地域`,
        })
      else if (seen.has(own))
        issue(index, {
          en: `is of ${own} as an earlier one: another region has to take over`,
          zh: `与前面一项同为 ${own}：应是另一个地域`,
        })
      seen.add(own)
    }
  })
export type Failover = z.infer<typeof failover>

type Region = Failover['regions'][number]

function arnsIn({ lex, connect, queues = [], tables = [] }: Region): string[] {
  return [lex ?? [], connect ?? [], queues, tables].flat()
}

function regionOf(arn: string): string {
  return arn.split(':')[3] ?? ''
}

/** An entry's region as it is compiled. */
export function compiledRegion(one: Region) {
  const { lex, ...rest } = one
  const [, botId = '', aliasId = ''] = lex?.split('/') ?? []
  return { region: regionOf(arnsIn(one)[0] ?? ''), ...(lex && { bot: { botId, aliasId } }), ...rest }
}
