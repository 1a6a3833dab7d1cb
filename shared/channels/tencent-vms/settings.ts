import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import { tencentKeys, tencentTemplate } from '../vendors/tencent-keys.ts'

/** What a configuration says of a route through SendTtsVoice. */
export const settings = z.strictObject({
  app: z
    .string()
    .min(1)
    .meta({
      description: 'The VoiceSdkAppid of the application, in quotes.',
      zh: '应用的 VoiceSdkAppid，加引号。',
      examples: ['1400006666'],
    }),
  templates: z
    .strictObject({
      zh: z.optional(tencentTemplate).meta({ description: 'Of Chinese.', zh: '中文模板。', examples: ['1000001'] }),
      en: z.optional(tencentTemplate).meta({ description: 'Of English.', zh: '英文模板。', examples: ['1000002'] }),
    })
    .refine(
      ({ zh, en }) => zh !== undefined || en !== undefined,
      wrong('templates-missing', {
        en: 'needs the template of one language: zh or en',
        zh: '至少要有一种语言的模板：zh 或 en',
      }),
    )
    .meta({
      description:
        'The approved template of each language; `bin/fenghuo.js voice templates` prints the texts to submit. Who has none in their language hears the other.',
      zh: '每种语言审核通过的模板；`bin/fenghuo.js voice templates` 打印要提交的正文。没有本人语言的模板时用另一种。',
      examples: [{ zh: '1000001' }],
    }),
  ...tencentKeys,
})
export type VmsSettings = z.infer<typeof settings>
