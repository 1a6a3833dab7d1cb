import * as z from 'zod'
import { mistake, noteMistakes, wrong } from '../../contracts/mistake.ts'
import type { CheckKindConfig } from '../kind.ts'
import { bothLimits, latencyKeys, limitMistakes } from '../run/limits.config.ts'
import type { LexSpec } from './spec.ts'

/** Lex V2, "Resource types": `bot-alias`; ids have ten letters and digits. */
const ALIAS = /^arn:(aws[\w-]*):lex:([a-z0-9-]+):(\d{12}):bot-alias\/([0-9A-Za-z]{10})\/([0-9A-Za-z]{10})$/

/** Lex V1 was ended on 2025-09-15; its bots and aliases have names in place of ids. */
const V1_ALIAS = /^arn:aws[\w-]*:lex:[a-z0-9-]+:\d{12}:bot:/

/** What is said to a bot, which one it is, and what is expected. */
export const lexKeys = {
  lex: z
    .string()
    .regex(
      ALIAS,
      wrong('no-bot-alias', (input) =>
        V1_ALIAS.test(String(input))
          ? {
              en: `"${input}" is a bot of Lex V1, which ended on 2025-09-15: use the alias of a V2 bot`,
              zh: `“${input}”是 Lex V1 的机器人，V1 已于 2025-09-15 停止：请用 V2 机器人的别名`,
            }
          : {
              en: `"${input}" is not the ARN of a bot's alias: arn:aws:lex:REGION:ACCOUNT:bot-alias/BOTID/ALIASID`,
              zh: `“${input}”不是机器人别名的 ARN：arn:aws:lex:REGION:ACCOUNT:bot-alias/BOTID/ALIASID`,
            },
      ),
    )
    .meta({
      description: "The ARN of a Lex V2 bot's alias, as the console shows it. It says the region that is asked.",
      zh: 'Lex V2 机器人别名的 ARN，控制台上可复制；询问哪个地域由它决定。',
      examples: ['arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHIJ/KLMNOPQRST'],
    }),
  locale: z
    .string()
    .regex(
      /^[a-z]{2}_([A-Z]{2}|\d{3})$/,
      wrong('no-locale', { en: 'is no locale of Lex, such as en_US', zh: '不是 Lex 的语言，如 en_US' }),
    )
    .default('en_US')
    .meta({ description: 'The locale of the bot.', zh: '机器人的语言。', examples: ['zh_CN'] }),
  say: z
    .string()
    .min(1)
    .max(1024)
    .exactOptional()
    .meta({
      description:
        'What is said to the bot. Lex charges for it (0.00075 USD in most regions, 33 a month at one each minute): `interval: 15m` is enough. Opening a session asks nothing of its understanding.',
      zh: '对机器人说的话。Lex 按次收费（多数地域 0.00075 美元，每分钟一次约 33 美元/月）：`interval: 15m` 足够。只打开会话不检验理解能力。',
      absent: { en: 'opens a session', zh: '打开会话' },
      examples: ['I would like to order some flowers'],
    }),
  intent: z
    .string()
    .min(1)
    .max(100)
    .exactOptional()
    .meta({
      description: 'The name of the intent that the bot has to understand.',
      zh: '机器人应理解成的意图名称。',
      examples: ['OrderFlowers'],
    }),
  reply: z
    .string()
    .min(1)
    .max(300)
    .exactOptional()
    .meta({
      description: 'Text that one of its messages has to contain. An intent outlives a change of wording.',
      zh: '某条回答中应含有的文字。改文案时意图不会变，优先用 `intent`。',
      examples: ['What type of flowers'],
    }),
}

const keys = z.strictObject({ ...lexKeys, ...latencyKeys })

const NOTHING_SAID = mistake('no-effect', { en: 'has no effect without `say`', zh: '没有 `say` 时没有作用' })

const schema: z.ZodType<LexSpec> = keys
  .superRefine((check, context) => {
    const mistakes = limitMistakes(check)
    const asked = (['intent', 'reply'] as const).find((key) => check[key] !== undefined)
    if (asked !== undefined && check.say === undefined) mistakes.push([asked, NOTHING_SAID])
    noteMistakes(context, mistakes)
  })
  .transform(({ lex, degraded, down, ...rest }) => {
    const [, , region = '', , botId = '', aliasId = ''] = ALIAS.exec(lex) ?? []
    return { ...rest, region, botId, aliasId, ...bothLimits({ ...(degraded && { degraded }), ...(down && { down }) }) }
  })

export const lexConfig: CheckKindConfig<LexSpec> = {
  kind: 'lex',
  runsIn: 'uptime',
  modules: () => ['lex'],
  schema,
  perVantage: ['degraded', 'down'],
  hosts: (spec) => [`runtime-v2-lex.${(spec as LexSpec).region}.amazonaws.com`],
  summary: {
    en: 'Talks to a bot of Amazon Lex V2 in its region: opens a session, or says something and compares what was understood.',
    zh: '与所在地域的 Amazon Lex V2 机器人对话：打开会话，或说一句话并比较理解的意图。',
  },
  permissions: {
    aws(spec) {
      const { region, botId, aliasId } = spec as LexSpec
      return [
        {
          on: [`arn:\${AWS::Partition}:lex:${region}:\${AWS::AccountId}:bot-alias/${botId}/${aliasId}`],
          calls: {
            PutSession: 'lex:PutSession',
            RecognizeText: 'lex:RecognizeText',
            DeleteSession: 'lex:DeleteSession',
          },
          source: 'Service Authorization Reference, "Amazon Lex V2"',
        },
      ]
    },
  },
}
