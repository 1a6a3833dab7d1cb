import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import { receiptQueues } from '../receipts/receipt-queues.ts'
import { aliyunKeys } from '../vendors/aliyun-keys.ts'

const calls = (description: string, zh: string, usual: number) =>
  z.int().min(1).max(1000).default(usual).meta({ description, zh })

/** A template's number in the console, or a reference. */
export const template = z.string().regex(
  /^(TTS_\d+|\$\{\w+\})$/,
  wrong('no-template', {
    en: 'must be the number of an approved template, such as TTS_100000001',
    zh: '应为审核通过的模板编号，如 TTS_100000001',
  }),
)

/** A number that calls show, or a reference. */
export const caller = z.string().regex(
  /^(0?\d{5,12}|\$\{\w+\})$/,
  wrong('no-number', {
    en: 'must be a number bought in the console, in digits and quoted, such as "05710000000"',
    zh: '应为控制台购买的号码，写数字并加引号，如 "05710000000"',
  }),
)

/** Approved templates by language, of which there is at least one; `example` is what one language may have. */
export function templatesOf<Codes extends z.ZodObject>(ofLanguage: Codes, example: z.infer<Codes>) {
  return z
    .strictObject({
      zh: ofLanguage.optional().meta({ description: 'Of Chinese.', zh: '中文模板。' }),
      en: ofLanguage.optional().meta({ description: 'Of English.', zh: '英文模板。' }),
    })
    .refine(
      ({ zh, en }) => zh !== undefined || en !== undefined,
      wrong('templates-missing', {
        en: 'needs the templates of one language: zh or en',
        zh: '至少要有一种语言的模板：zh 或 en',
      }),
    )
    .meta({
      description:
        'Approved templates by language; `bin/fenghuo.js voice templates` prints the texts to submit. Who has none in their language hears the other.',
      zh: '审核通过的模板，按语言；`bin/fenghuo.js voice templates` 打印要提交的正文。没有本人语言的模板时用另一种。',
      examples: [{ zh: example }],
    })
}

/** What the routes of this vendor have in common. */
export const commonSettings = {
  perCallee: z
    .strictObject({
      minute: calls('In a minute.', '一分钟内。', 1),
      hour: calls('In an hour.', '一小时内。', 5),
      day: calls('In a day.', '一天内。', 20),
    })
    .optional()
    .meta({
      description: 'How often one number may be called, where a ticket has raised it.',
      zh: '经工单调高后，每个号码可呼叫的次数。',
      default: { minute: 1, hour: 5, day: 20 },
      examples: [{ minute: 2, hour: 10, day: 50 }],
    }),
  receipts: receiptQueues('VoiceReport', 'VoiceCallReport'),
  ...aliyunKeys,
}
