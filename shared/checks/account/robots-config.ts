import * as z from 'zod'
import { type Mistake, mistake, noteMistakes } from '../../contracts/mistake.ts'
import type { ApplicationSpec, RobotSpec } from './spec.ts'

/** The keys of each, which are those of the channel of the same type: those that it has to have, and those that it may have. */
const ways = {
  'wecom-robot': [{ needs: ['key'] }],
  'wecom-app': [{ needs: ['corp', 'agent', 'secret'], may: ['relay'] }],
  dingtalk: [{ needs: ['token'], may: ['secret'] }],
  feishu: [{ needs: ['token'], may: ['secret'] }],
  'feishu-app': [{ needs: ['app', 'secret'], may: ['site'] }],
  // By a webhook, or as an app.
  slack: [{ needs: ['hook'] }, { needs: ['token'] }],
  discord: [{ needs: ['hook'] }],
  telegram: [{ needs: ['token'] }],
} satisfies Record<string, { needs: string[]; may?: string[] }[]>
export type RobotType = keyof typeof ways
const robotTypes = Object.keys(ways) as RobotType[]

const text = (description: string, zh: string, example: string) =>
  z
    .string()
    .min(1)
    .exactOptional()
    .meta({ description, zh, examples: [example] })

const keys = z.strictObject({
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
  key: text('Of a robot of WeCom.', '企业微信机器人的 key。', '${WECOM_KEY}'),
  token: text(
    "Of a robot of DingTalk, Feishu or Telegram, or of Slack's app.",
    '钉钉、飞书、Telegram 机器人或 Slack 应用的 token。',
    '${DINGTALK_TOKEN}',
  ),
  hook: text('The address of a webhook of Slack or Discord.', 'Slack 或 Discord 的 Webhook 地址。', '${SLACK_HOOK}'),
  secret: text(
    'Of an application of WeCom or Feishu; of a robot of DingTalk or Feishu what its posts are signed with.',
    '企业微信、飞书应用的 secret；钉钉、飞书机器人的签名密钥。',
    '${DINGTALK_SECRET}',
  ),
  corp: text("The company's id, of WeCom's application.", '企业微信应用：企业 ID。', 'ww0123456789abcdef'),
  agent: z
    .union([z.int().positive(), z.string().regex(/^\d+$|\$\{/)])
    .exactOptional()
    .meta({ description: "The AgentId of WeCom's application.", zh: '企业微信应用的 AgentId。', examples: [1000002] }),
  relay: z
    .strictObject({
      url: z
        .string()
        .min(1)
        .meta({ description: "The relay's address.", zh: '转发函数的地址。', examples: ['${WECOM_RELAY_URL}'] }),
      secret: z
        .string()
        .min(1)
        .meta({
          description: 'What requests to it are signed with.',
          zh: '请求签名所用的密钥。',
          examples: ['${WECOM_RELAY_SECRET}'],
        }),
    })
    .exactOptional()
    .meta({
      description:
        "WeCom's application takes requests from trusted addresses alone: url and secret of the channel's relay.",
      zh: '企业微信应用只接受可信 IP 时：渠道 relay 的 url 和 secret。',
      examples: [{ url: '${WECOM_RELAY_URL}', secret: '${WECOM_RELAY_SECRET}' }],
    }),
  app: text("The App ID of Feishu's application.", '飞书应用的 App ID。', 'cli_a0123456789abcde'),
  site: z
    .enum(['feishu', 'lark'])
    .exactOptional()
    .meta({ description: "Where Feishu's application is.", zh: '飞书应用所在。', default: 'feishu' }),
})
type Keys = z.infer<typeof keys>

const robot = keys.superRefine(({ type, name: _, ...written }, context) => {
  const names = Object.keys(written)
  const fits = ({ needs, may = [] }: { needs: string[]; may?: string[] }) =>
    needs.every((key) => names.includes(key)) && names.every((key) => [...needs, ...may].includes(key))
  const all: { needs: string[]; may?: string[] }[] = ways[type]
  if (!all.some(fits)) noteMistakes(context, [[all[0]?.needs[0] ?? 'type', needs(type, all)]])
})

/** The key `robots` of a check. */
export const robots = z
  .array(robot)
  .min(1)
  .max(20)
  .exactOptional()
  .meta({
    description:
      'Robots and webhooks of groups, and applications of chats, each with the keys of its channel: `wecom-robot` key, `dingtalk` and `feishu` token and secret, `slack` hook or token, `discord` hook, `telegram` token, `wecom-app` corp, agent, secret and relay, `feishu-app` app, secret and site. `name` is what it is called.',
    zh: '群机器人、Webhook 与应用，各写其渠道的密钥：`wecom-robot` 写 key，`dingtalk`、`feishu` 写 token 和 secret，`slack` 写 hook 或 token，`discord` 写 hook，`telegram` 写 token，`wecom-app` 写 corp、agent、secret 和 relay，`feishu-app` 写 app、secret 和 site。`name` 是它的称呼。',
    examples: [[{ type: 'wecom-robot', key: '${WECOM_KEY}' }]],
  })

/** As a probe needs it. */
export function robotOf(written: Keys): RobotSpec | ApplicationSpec {
  const { type, key, token, hook, secret = '', corp = '', agent = '', relay, app = '', site = 'feishu' } = written
  const name = written.name ?? type
  if (type === 'wecom-app') return { type, name, corp, agent: String(agent), secret, ...(relay && { relay }) }
  if (type === 'feishu-app') return { type, name, app, secret, site }
  const own = { name, secret: key ?? hook ?? token ?? '' }
  if (type === 'slack') return { type: hook === undefined ? 'slack-app' : 'slack', ...own }
  return { type, ...own, ...(secret !== '' && { signing: secret }) }
}

function needs(type: RobotType, all: { needs: string[]; may?: string[] }[]): Mistake {
  const each = all.map(({ needs, may = [] }) => [...needs, ...may].join(', '))
  return mistake('robot-keys', {
    en: `a robot of type ${type} has ${each.join(', or ')}, as its channel has`,
    zh: `${type} 写 ${each.join('，或 ')}，与其渠道相同`,
  })
}
