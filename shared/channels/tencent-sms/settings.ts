import * as z from 'zod/mini'
import type { TextRecipients } from '../last-resorts/sms-last-resort.ts'
import { tencentKeys, tencentTemplate } from '../vendors/tencent-keys.ts'
import { SMS_REGION } from './send.ts'

/** What a configuration says of it. */
export const settings = z.strictObject({
  app: z.string().check(
    z.minLength(1),
    z.meta({
      description: 'The SmsSdkAppId of the application, in quotes.',
      zh: '应用的 SmsSdkAppId，加引号。',
      examples: ['1400006666'],
    }),
  ),
  sign: z.optional(z.string().check(z.minLength(1))).check(
    z.meta({
      description: 'Approved signature without brackets; mainland numbers need one.',
      zh: '审核通过的签名，不带括号；发往大陆号码必须有。',
      examples: ['示例科技'],
    }),
  ),
  templates: z
    .strictObject({
      page: tencentTemplate.check(z.meta({ description: 'Of a page.', zh: '呼叫所用。', examples: ['2100001'] })),
      resolved: tencentTemplate.check(
        z.meta({ description: 'Of a recovery.', zh: '恢复所用。', examples: ['2100002'] }),
      ),
      exhausted: z.optional(tencentTemplate).check(
        z.meta({
          description: 'When nobody acknowledged.',
          zh: '无人认领时所用。',
          absent: { en: "a page's", zh: '呼叫的模板' },
          examples: ['2100003'],
        }),
      ),
      answer: z.optional(tencentTemplate).check(
        z.meta({
          description: 'To whoever acts by a text of their own: what came of it.',
          zh: '给回复短信的人：结果如何。',
          absent: { en: 'nobody is answered by text', zh: '不用短信答复' },
          examples: ['2100004'],
        }),
      ),
    })
    .check(
      z.meta({
        description: 'Approved templates; `bin/fenghuo.js sms templates` prints the texts to submit.',
        zh: '审核通过的模板；`bin/fenghuo.js sms templates` 打印要提交的正文。',
      }),
    ),
  region: z
    .optional(z.string().check(z.minLength(1)))
    .check(z.meta({ description: 'The region whose API is asked.', zh: '调用哪个地域的接口。', default: SMS_REGION })),
  ...tencentKeys,
  language: z
    .optional(z.enum(['zh', 'en']))
    .check(z.meta({ description: 'Of the approved templates.', zh: '模板所用的语言。', default: 'zh' })),
})
export type TencentSettings = z.infer<typeof settings>

/** Texts of a last resort; `app` is the SmsSdkAppId. */
export type TencentLastResort = TextRecipients & { app: string }
