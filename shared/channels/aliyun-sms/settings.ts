import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import { receiptQueues } from '../receipts/receipt-queues.ts'
import { aliyunKeys } from '../vendors/aliyun-keys.ts'

const template = z.string().regex(
  /^(SMS_\d+|\$\{\w+\})$/,
  wrong('no-template', {
    en: 'should be the code of an approved template, such as SMS_123456789',
    zh: '应为已审核通过的模板代码，如 SMS_123456789',
  }),
)

export const settings = z.strictObject({
  sign: z
    .string()
    .min(1)
    .meta({
      description: 'Approved signature without brackets.',
      zh: '审核通过的签名，不带括号。',
      examples: ['示例科技'],
    }),
  templates: z
    .strictObject({
      page: template.meta({ description: 'Of a page.', zh: '呼叫所用。', examples: ['SMS_100000001'] }),
      resolved: template.meta({ description: 'Of a recovery.', zh: '恢复所用。', examples: ['SMS_100000002'] }),
      exhausted: template.optional().meta({
        description: 'When nobody acknowledged.',
        zh: '无人认领时所用。',
        absent: { en: "a page's", zh: '呼叫的模板' },
        examples: ['SMS_100000003'],
      }),
      answer: template.optional().meta({
        description: 'To whoever acts by a text of their own: what came of it.',
        zh: '给回复短信的人：结果如何。',
        absent: { en: 'nobody is answered by text', zh: '不用短信答复' },
        examples: ['SMS_100000004'],
      }),
    })
    .meta({
      description: 'Approved templates; `bin/fenghuo.js sms templates` prints the texts to submit.',
      zh: '审核通过的模板；`bin/fenghuo.js sms templates` 打印要提交的正文。',
    }),
  receipts: receiptQueues('SmsReport', 'SmsUp'),
  ...aliyunKeys,
  language: z
    .enum(['zh', 'en'])
    .optional()
    .meta({ description: 'Of the approved templates.', zh: '模板所用的语言。', default: 'zh' }),
})
export type Settings = z.infer<typeof settings>
