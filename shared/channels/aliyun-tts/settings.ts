import * as z from 'zod'
import { caller, commonSettings, template, templatesOf } from '../aliyun-voice/settings.ts'

const ofLanguage = z.strictObject({
  notice: template.meta({ description: 'Of one incident.', zh: '单个告警单所用。', examples: ['TTS_100000005'] }),
  notices: template.meta({ description: 'Of several incidents.', zh: '多个告警单所用。', examples: ['TTS_100000006'] }),
})

/** What a configuration says of a route through SingleCallByTts. */
export const settings = z.strictObject({
  caller: caller.optional().meta({
    description: 'A number bought in the console, in quotes.',
    zh: '控制台购买的号码，加引号。',
    absent: { en: 'one of the shared mode', zh: '公共模式的号码' },
    examples: ['05710000000'],
  }),
  templates: templatesOf(ofLanguage, { notice: 'TTS_100000005', notices: 'TTS_100000006' }),
  ...commonSettings,
})
export type TtsSettings = z.infer<typeof settings>
