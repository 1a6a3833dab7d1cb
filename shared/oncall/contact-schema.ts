import * as z from 'zod/mini'
import { personalReaches } from '../contracts/reach.ts'
import { perSeverity } from '../contracts/severities.ts'
import { type SeverityRow, severityTable } from '../contracts/severity-table.ts'
import { type Address, contactText, mailAddress, phoneAddress } from './address.ts'
import type { Contact } from './plan.ts'
import { holidays, timezone, windows } from './schema.ts'
import { atMost } from './throttle-schema.ts'

/** An address as a key of a contact. */
export function addressKey({ schema, summary, example }: Address) {
  return z.exactOptional(schema).check(z.meta({ description: summary.en, zh: summary.zh, examples: [example] }))
}

/** Severities that wait for nobody's quiet hours. */
const neverQuiet = severityTable.filter((row) => !row.holdable)

const ownOrder = ({ en, zh }: SeverityRow) =>
  z.exactOptional(z.array(z.enum(personalReaches)).check(z.minLength(1))).check(
    z.meta({
      description: `For incidents that are ${en.toLowerCase()}.`,
      zh: `“${zh}”级告警单的顺序。`,
      absent: { en: "as the policy's layer has it", zh: '按策略各层' },
      examples: [['email', 'sms']],
    }),
  )

/** What every contact may have, whichever channels there are. */
export const contactKeys = {
  name: contactText.check(
    z.meta({
      description: 'What messages and calls say.',
      zh: '消息和电话中的称呼。',
      examples: ['林悦'],
    }),
  ),
  phone: addressKey(phoneAddress),
  otherPhones: z.exactOptional(z.array(phoneAddress.schema).check(z.minLength(1), z.maxLength(5))).check(
    z.meta({
      description:
        'Further numbers, called in their order once `phone` has rung in vain, within the time of the layer.',
      zh: '其他号码：`phone` 呼叫无果后，在这一层的时限内依次呼叫。',
      absent: { en: 'none', zh: '没有' },
      examples: [['+8613900000001']],
    }),
  ),
  email: addressKey(mailAddress),
  language: z.exactOptional(z.enum(['zh', 'en'])).check(
    z.meta({
      description: 'Of messages and calls to them.',
      zh: '给此人的消息和电话所用的语言。',
      absent: { en: 'the language of fenghuo.yml', zh: '同 fenghuo.yml' },
    }),
  ),
  channels: z.exactOptional(z.strictObject(perSeverity(ownOrder))).check(
    z.meta({
      description: `Their own order: the first channel is used at once, the next takes over when it fails. What never waits (${neverQuiet.map(({ name }) => `\`${name}\``).join(', ')}) uses the channels of the layer all the same.`,
      zh: `自己的顺序：先用第一个渠道，失败则用下一个；从不等待的（${neverQuiet.map(({ name }) => `\`${name}\``).join('、')}）仍用这一层的全部渠道。`,
      absent: { en: "as the policy's layers have it", zh: '按策略各层' },
      examples: [{ error: ['email', 'sms'] }],
    }),
  ),
  atMost,
  quiet: z.exactOptional(windows).check(
    z.meta({
      description: `Hours in which incidents reach them by mail alone, or not at all; ${neverQuiet.map(({ name }) => `\`${name}\``).join(', ')} always does.`,
      zh: `免打扰时段：期间的告警单只发邮件，没有邮箱则不通知；${neverQuiet.map(({ name }) => `\`${name}\``).join('、')} 不受限制。`,
      absent: { en: 'none', zh: '没有' },
      examples: ['22:00-08:00', ['offdays', '22:00-08:00']],
    }),
  ),
  timezone: z.exactOptional(timezone).check(
    z.meta({
      description: 'IANA name of the time zone of `quiet`.',
      zh: '`quiet` 所用时区的 IANA 名称。',
      absent: { en: 'that of fenghuo.yml', zh: '同 fenghuo.yml' },
      examples: ['Asia/Singapore'],
    }),
  ),
  holidays: holidays.check(
    z.meta({
      description:
        'Calendars that say what `workdays` and `offdays` of `quiet` are: `cn`, `sg`, or one of `calendars`.',
      zh: '决定 `quiet` 里 `workdays` 和 `offdays` 的日历：`cn`、`sg` 或 `calendars` 中的一个。',
      absent: { en: 'Saturdays and Sundays are off', zh: '周六和周日休息' },
      examples: ['sg'],
    }),
  ),
}

/** A contact as the table has it: its further keys are those of channels, and were read by whoever applied them. */
export const contact: z.ZodMiniType<Contact> = z.catchall(z.object(contactKeys), contactText)
