import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import { keyOf } from '../../contracts/phone-keys.ts'
import { commonSettings, template } from '../aliyun-voice/settings.ts'
import { ivrKeys } from './keys.ts'

const take = keyOf(ivrKeys, 'acknowledge')
const pass = keyOf(ivrKeys, 'pass')

const ofLanguage = z.strictObject({
  page: template.meta({ description: 'Of one incident.', zh: '单个告警单所用。', examples: ['TTS_100000001'] }),
  several: template.meta({ description: 'Of several incidents.', zh: '多个告警单所用。', examples: ['TTS_100000002'] }),
  taken: template.meta({
    description: `Said after key ${take}.`,
    zh: `按 ${take} 之后播放。`,
    examples: ['TTS_100000003'],
  }),
  passed: template.meta({
    description: `Said after key ${pass}.`,
    zh: `按 ${pass} 之后播放。`,
    examples: ['TTS_100000004'],
  }),
})

/** What a configuration says of a route through IvrCall. */
export const settings = z.strictObject({
  caller: z
    .string()
    .regex(
      /^(0?\d{5,12}|\$\{\w+\})$/,
      wrong('no-number', {
        en: 'must be a number bought in the console, in digits and quoted, such as "05710000000"',
        zh: '应为控制台购买的号码，写数字并加引号，如 "05710000000"',
      }),
    )
    .meta({
      description: 'A number bought in the console, in quotes, whose application says that keys are needed.',
      zh: '控制台购买的号码，加引号；申请时“DTMF 按键”须选需要。',
      examples: ['05710000000'],
    }),
  templates: z
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
      examples: [
        { zh: { page: 'TTS_100000001', several: 'TTS_100000002', taken: 'TTS_100000003', passed: 'TTS_100000004' } },
      ],
    }),
  playTimes: z
    .int()
    .min(1)
    .max(3)
    .optional()
    .meta({ description: 'How often the opening text is said.', zh: '开场语播放几遍。', default: 2 }),
  ...commonSettings,
})
export type IvrSettings = z.infer<typeof settings>
