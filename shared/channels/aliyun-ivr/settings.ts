import * as z from 'zod'
import { keyOf } from '../../contracts/phone-keys.ts'
import { caller, commonSettings, template, templatesOf } from '../aliyun-voice/settings.ts'
import { ivrKeys } from './keys.ts'

const take = keyOf(ivrKeys, 'acknowledge')
const pass = keyOf(ivrKeys, 'pass')
const snooze = keyOf(ivrKeys, 'snooze')

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
  snoozed: template.exactOptional().meta({
    description: `Said after key ${snooze}, which takes it for an hour.`,
    zh: `按 ${snooze}（认领一小时）之后播放。`,
    absent: { en: `key ${snooze} does nothing`, zh: `按 ${snooze} 不起作用` },
    examples: ['TTS_100000005'],
  }),
})

/** What a configuration says of a route through IvrCall. */
export const settings = z.strictObject({
  caller: caller.meta({
    description: 'A number bought in the console, in quotes, whose application says that keys are needed.',
    zh: '控制台购买的号码，加引号；申请时“DTMF 按键”须选需要。',
    examples: ['05710000000'],
  }),
  templates: templatesOf(ofLanguage, {
    page: 'TTS_100000001',
    several: 'TTS_100000002',
    taken: 'TTS_100000003',
    passed: 'TTS_100000004',
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
