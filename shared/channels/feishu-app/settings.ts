import * as z from 'zod'

const text = z.string().min(1)

export const settings = z.strictObject({
  app: text.meta({
    description: "The application's App ID.",
    zh: '应用的 App ID。',
    examples: ['cli_a0123456789abcde'],
  }),
  secret: text.meta({ description: 'Its App Secret.', zh: '应用的 App Secret。', examples: ['${FEISHU_APP_SECRET}'] }),
  chat: text.meta({
    description: 'The group that it posts to, by its chat id: its robot is a member.',
    zh: '发往的群的 chat id，应用的机器人须在群里。',
    examples: ['oc_a0553eda9014c201e6969b478895c230'],
  }),
  site: z.enum(['feishu', 'lark']).optional().meta({
    description: 'Where the tenant is: Feishu in mainland China, or Lark elsewhere.',
    zh: '租户所在：中国大陆的飞书，或海外的 Lark。',
    default: 'feishu',
  }),
  callback: z
    .strictObject({
      token: text.meta({
        description: 'Its Verification Token.',
        zh: '其 Verification Token。',
        examples: ['${FEISHU_APP_TOKEN}'],
      }),
      encryptKey: text.meta({
        description: 'Its Encrypt Key.',
        zh: '其 Encrypt Key。',
        examples: ['${FEISHU_APP_ENCRYPT_KEY}'],
      }),
    })
    .optional()
    .meta({
      description: 'Of "Events and callbacks": with it, cards have buttons that act as whoever presses them.',
      zh: '“事件与回调”的设置：写了卡片就带按钮，按下者即操作人。',
    }),
})
export type Settings = z.infer<typeof settings>
