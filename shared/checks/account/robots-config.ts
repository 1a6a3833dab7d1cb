import * as z from 'zod'
import { type Mistake, mistake, noteMistakes } from '../../contracts/mistake.ts'
import type { RobotSpec } from './spec.ts'

/** What stands for a robot's key in the settings of the channel of the same type. */
const secretKeys = {
  'wecom-robot': 'key',
  dingtalk: 'token',
  feishu: 'token',
  slack: 'hook',
  discord: 'hook',
  telegram: 'token',
} as const
export type RobotType = keyof typeof secretKeys
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

/** The key `robots` of a check. */
export const robots = z
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

/** As a probe needs it. */
export function robotOf({ type, name, secret: signing, ...written }: z.infer<typeof robot>): RobotSpec {
  const key = written[secretKeys[type]] ?? ''
  return { type, name: name ?? type, secret: key, ...(signing === undefined ? {} : { signing }) }
}

function needs(type: RobotType, keys: string): Mistake {
  return mistake('robot-keys', {
    en: `a robot of type ${type} has ${keys}, as its channel has`,
    zh: `${type} 机器人写 ${keys}，与其渠道相同`,
  })
}
