import * as z from 'zod'
import { type Address, contactText, mailAddress, phoneAddress } from './address.ts'
import { isDate, isTime, isZone } from './clock.ts'
import type { Contact, Override, Schedule } from './plan.ts'

export const contactName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'a name has letters, digits, - and _ only, at most 64 of them')

/** An address as a key of a contact. */
export function addressKey({ schema, summary, example }: Address) {
  return schema.exactOptional().meta({ description: summary.en, zh: summary.zh, examples: [example] })
}

/** What every contact may have, whichever channels there are. */
export const contactKeys = {
  name: contactText.meta({
    description: 'What messages and calls say.',
    zh: '消息和电话中的称呼。',
    examples: ['林悦'],
  }),
  phone: addressKey(phoneAddress),
  email: addressKey(mailAddress),
  language: z
    .enum(['zh', 'en'])
    .exactOptional()
    .meta({
      description: 'Of messages and calls to them.',
      zh: '给此人的消息和电话所用的语言。',
      absent: { en: 'the language of fenghuo.yml', zh: '同 fenghuo.yml' },
    }),
}

/** A contact as the table has it: its further keys are those of channels, and were read by whoever applied them. */
export const contact: z.ZodType<Contact> = z.object(contactKeys).catchall(contactText)

/** `Mon 10:00`, or `10:00` for each day; `9:00` is meant as `09:00`. */
const HANDOFF = /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?(?:[01]?\d|2[0-3]):[0-5]\d$/

const DATE = /^\d{4}-\d{2}-\d{2}$/

/** `2026-12-05 18:00`, also as ISO 8601 has it: `2026-12-05T18:00:00`. */
const MOMENT = /^\d{4}-\d{2}-\d{2}[ T](?:[01]?\d|2[0-3]):[0-5]\d(?::00)?$/

const notADate = ({ input }: { input?: unknown }) => `"${input}" is not a date: write it as 2026-11-23`
const notAMoment = ({ input }: { input?: unknown }) => `"${input}" is not a date and time: write it as 2026-12-05 18:00`

/** `09:00` for `9:00`. */
function withWholeHour(text: string): string {
  return text.replace(/(^| )(\d:)/, '$10$2')
}

/** A wall-clock rotation. */
export const schedule: z.ZodType<Schedule> = z.strictObject({
  rotation: z
    .array(contactName)
    .min(1)
    .max(100)
    .meta({ description: 'Contacts, in their order.', zh: '联系人，按顺序。', examples: [['lin', 'wang', 'tan']] }),
  handoff: z
    .string()
    .regex(HANDOFF, {
      error: ({ input }) => `"${input}" is not a hand-off: write \`Mon 10:00\` for weekly or \`10:00\` for daily`,
    })
    .transform(withWholeHour)
    .meta({
      description: '`Mon 10:00` is weekly, `10:00` daily: wall-clock time in `timezone`.',
      zh: '`Mon 10:00` 为每周，`10:00` 为每天：`timezone` 的当地时间。',
      examples: ['Mon 10:00', '20:00'],
    }),
  timezone: z
    .string()
    .refine(isZone, { error: ({ input }) => `"${input}" is not an IANA time zone, such as Asia/Shanghai` })
    .meta({ description: 'IANA name of the time zone.', zh: '时区的 IANA 名称。', examples: ['Asia/Shanghai'] }),
  start: z
    .string()
    .regex(DATE, { error: notADate, abort: true })
    .refine(isDate, { error: notADate })
    .meta({ description: "The first contact's first day.", zh: '第一位联系人的第一天。', examples: ['2026-11-23'] }),
})

const moment = z
  .string()
  .regex(MOMENT, { error: notAMoment, abort: true })
  .transform((text) => withWholeHour(text.replace('T', ' ')).slice(0, 'YYYY-MM-DD HH:MM'.length))
  .refine(isTime, { error: notAMoment })

/** Somebody stands in for whoever the schedule's rotation names. */
export const override: z.ZodType<Override> = z.strictObject({
  schedule: contactName.meta({ description: 'The schedule.', zh: '哪个排班。', examples: ['sre'] }),
  contact: contactName.meta({ description: 'Who stands in.', zh: '替班的人。', examples: ['zhao'] }),
  from: moment.meta({
    description: "From when: wall-clock time in the schedule's zone.",
    zh: '开始时间：排班时区的当地时间。',
    examples: ['2026-12-05 18:00'],
  }),
  to: moment.meta({ description: 'Until when, not included.', zh: '结束时间，不含。', examples: ['2026-12-07 10:00'] }),
  note: z
    .string()
    .max(200)
    .exactOptional()
    .meta({ description: 'Why, for people.', zh: '原因，给人看。', examples: ['林悦休假'] }),
})
