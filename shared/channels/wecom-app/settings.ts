import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import { CALLED } from './called.ts'

const idList = (max: number) => z.array(z.string().min(1)).min(1).max(max).optional()

export const settings = z
  .strictObject({
    corp: z
      .string()
      .min(1)
      .meta({
        description: 'The id of the company, from "My company"; begins with ww.',
        zh: '企业 ID，见“我的企业”，以 ww 开头。',
        examples: ['ww0123456789abcdef'],
      }),
    agent: z
      .union([
        z.int().positive(),
        z
          .string()
          .regex(
            /^\d+$|\$\{/,
            wrong('no-agent', { en: 'should be the number of the application', zh: '应为应用的编号' }),
          ),
      ])
      .meta({ description: "The application's AgentId.", zh: '应用的 AgentId。', examples: [1000002] }),
    secret: z
      .string()
      .min(1)
      .meta({ description: "The application's Secret.", zh: '应用的 Secret。', examples: ['${WECOM_APP_SECRET}'] }),
    to: z
      .union([z.literal(['@all', CALLED]), z.array(z.string().min(1)).min(1).max(1000), z.string().regex(/\$\{/)])
      .optional()
      .meta({
        description:
          'Who gets its messages: user ids, "@all" for everybody who sees the application, or "@called" for those alone who are called, by `wecom` in oncall.yml; they hear how it goes on, too.',
        zh: '谁收消息：用户 ID 列表，"@all" 表示应用可见范围内的所有人，或 "@called" 表示只发给正在呼叫的人（用 oncall.yml 里的 `wecom`），其后的进展也发给他们。',
        examples: [['LinYue', 'WangLei'], '@called', '@all'],
      }),
    parties: idList(100).meta({
      description: 'Departments whose members get them, too.',
      zh: '这些部门的成员也收。',
      examples: [['2']],
    }),
    tags: idList(100).meta({
      description: 'Tags whose members get them, too.',
      zh: '有这些标签的成员也收。',
      examples: [['1']],
    }),
    callback: z
      .strictObject({
        token: z
          .string()
          .min(1)
          .meta({ description: 'Its Token.', zh: '其 Token。', examples: ['${WECOM_APP_TOKEN}'] }),
        aesKey: z
          .string()
          .refine(
            (key) => key.includes('${') || /^[A-Za-z0-9]{43}$/.test(key),
            wrong('no-aes-key', {
              en: 'should be the 43 characters of EncodingAESKey',
              zh: '应为 EncodingAESKey 的 43 个字符',
            }),
          )
          .meta({ description: 'Its EncodingAESKey.', zh: '其 EncodingAESKey。', examples: ['${WECOM_APP_AES_KEY}'] }),
      })
      .optional()
      .meta({
        description:
          'The URL to which the application brings messages, as set in its "Receive messages": with it, messages are cards with buttons.',
        zh: '应用的“接收消息”设置：写了就发带按钮的卡片。',
      }),
  })
  .refine(({ to, parties, tags }) => to !== undefined || parties !== undefined || tags !== undefined, {
    ...wrong('no-recipients', {
      en: 'names no recipients: give to, parties or tags',
      zh: '没有收信人：写 to、parties 或 tags',
    }),
    path: ['to'],
  })
export type Settings = z.infer<typeof settings>
