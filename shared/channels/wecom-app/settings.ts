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
    relay: z
      .strictObject({
        url: z
          .string()
          .regex(
            /^(https?:\/\/\S+|\$\{\w+\})$/,
            wrong('no-relay', { en: 'should be an address that begins with https://', zh: '应为 https:// 开头的地址' }),
          )
          .meta({
            description: 'Its address, which `sls info` shows.',
            zh: '它的地址，`sls info` 可以看到。',
            examples: ['${WECOM_RELAY_URL}'],
          }),
        secret: z
          .string()
          .refine(
            (secret) => secret.includes('${') || secret.length >= 16,
            wrong('no-relay-secret', { en: 'should have 16 characters or more', zh: '至少 16 个字符' }),
          )
          .meta({
            description: 'The secret that requests to it are signed with, as a reference.',
            zh: '请求签名所用的密钥，写成引用。',
            examples: ['${WECOM_RELAY_SECRET}'],
          }),
        at: z
          .string()
          .regex(
            /^tencent\/[a-z0-9-]+$/,
            wrong('no-relay-place', {
              en: 'should be a region of Tencent Cloud, such as tencent/ap-guangzhou',
              zh: '应为腾讯云的地域，如 tencent/ap-guangzhou',
            }),
          )
          .optional()
          .meta({
            description: 'Where serverless.tencent.yml deploys it: the place of one of the vantages.',
            zh: '由 serverless.tencent.yml 部署在哪里：某个观测点所在的地域。',
            absent: { en: 'it is deployed from elsewhere', zh: '由别处部署' },
            examples: ['tencent/ap-guangzhou'],
          }),
      })
      .optional()
      .meta({
        description:
          'The function that passes messages on from a fixed address, for applications that take requests from trusted addresses alone (60020).',
        zh: '从固定地址转发消息的函数，用于只接受可信 IP 的应用（60020）。',
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
