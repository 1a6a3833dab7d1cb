import * as z from 'zod'
import { wrong } from '../contracts/mistake.ts'
import { name as contactName } from '../contracts/name.ts'
import { personalReaches } from '../contracts/reach.ts'
import { perSeverity } from '../contracts/severities.ts'
import { type SeverityRow, severityTable } from '../contracts/severity-table.ts'
import { type Address, contactText, mailAddress, phoneAddress } from './address.ts'
import { isDate, isTime, isZone, withWholeHour } from './clock.ts'
import { HANDOFF } from './handoff.ts'
import { handoffDuties } from './handoff-duty.ts'
import type { CalendarDays, Contact, Layer, Schedule } from './plan.ts'
import { atMost } from './throttle-schema.ts'
import { WINDOW } from './window.ts'

export { contactName }

/** An address as a key of a contact. */
export function addressKey({ schema, summary, example }: Address) {
  return schema.exactOptional().meta({ description: summary.en, zh: summary.zh, examples: [example] })
}

/** Of a text that names no time zone. */
export const notAZone = wrong('no-zone', (input) => ({
  en: `"${input}" is not an IANA time zone, such as Asia/Shanghai`,
  zh: `“${input}”不是 IANA 时区，如 Asia/Shanghai`,
}))

const window = z.string().regex(
  WINDOW,
  wrong('no-window', (input) => ({
    en:
      `"${input}" is no window: write \`Mon-Fri 09:00-18:00\`, \`18:00-09:00\`, \`Sat,Sun\`, \`Fri 18:00-Mon 09:00\`, ` +
      '`workdays 09:00-18:00` or `offdays`',
    zh:
      `“${input}”不是时段：写 \`Mon-Fri 09:00-18:00\`、\`18:00-09:00\`、\`Sat,Sun\`、\`Fri 18:00-Mon 09:00\`、` +
      '`workdays 09:00-18:00` 或 `offdays`',
  })),
)

const timezone = z.string().refine(isZone, notAZone)

/** One of them may stand without its list. */
function oneOrMore<T>(schema: z.ZodType<T>): z.ZodType<T[]> {
  return z.union([schema.transform((one) => [one]), z.array(schema).min(1).max(100)])
}

/** One window, or several: whatever lies in one of them. */
export const windows = oneOrMore(window)

const holidays = oneOrMore(contactName)
  .exactOptional()
  .meta({
    description: 'Calendars that say which days are days off: `cn`, `sg`, or one of `calendars`.',
    zh: '决定哪天休息的日历：`cn`、`sg` 或 `calendars` 中的一个。',
    absent: { en: 'Saturdays and Sundays', zh: '周六和周日' },
    examples: ['cn'],
  })

/** Severities that wait for nobody's quiet hours. */
const neverQuiet = severityTable.filter((row) => !row.holdable)

const ownOrder = ({ en, zh }: SeverityRow) =>
  z
    .array(z.enum(personalReaches))
    .min(1)
    .exactOptional()
    .meta({
      description: `For incidents that are ${en.toLowerCase()}.`,
      zh: `“${zh}”级告警单的顺序。`,
      absent: { en: "as the policy's layer has it", zh: '按策略各层' },
      examples: [['email', 'sms']],
    })

/** What every contact may have, whichever channels there are. */
export const contactKeys = {
  name: contactText.meta({
    description: 'What messages and calls say.',
    zh: '消息和电话中的称呼。',
    examples: ['林悦'],
  }),
  phone: addressKey(phoneAddress),
  otherPhones: z
    .array(phoneAddress.schema)
    .min(1)
    .max(5)
    .exactOptional()
    .meta({
      description:
        'Further numbers, called in their order once `phone` has rung in vain, within the time of the layer.',
      zh: '其他号码：`phone` 呼叫无果后，在这一层的时限内依次呼叫。',
      absent: { en: 'none', zh: '没有' },
      examples: [['+8613900000001']],
    }),
  email: addressKey(mailAddress),
  language: z
    .enum(['zh', 'en'])
    .exactOptional()
    .meta({
      description: 'Of messages and calls to them.',
      zh: '给此人的消息和电话所用的语言。',
      absent: { en: 'the language of fenghuo.yml', zh: '同 fenghuo.yml' },
    }),
  channels: z
    .strictObject(perSeverity(ownOrder))
    .exactOptional()
    .meta({
      description: `Their own order: the first channel is used at once, the next takes over when it fails. What never waits (${neverQuiet.map(({ name }) => `\`${name}\``).join(', ')}) uses the channels of the layer all the same.`,
      zh: `自己的顺序：先用第一个渠道，失败则用下一个；从不等待的（${neverQuiet.map(({ name }) => `\`${name}\``).join('、')}）仍用这一层的全部渠道。`,
      absent: { en: "as the policy's layers have it", zh: '按策略各层' },
      examples: [{ error: ['email', 'sms'] }],
    }),
  atMost,
  quiet: windows.exactOptional().meta({
    description: `Hours in which incidents reach them by mail alone, or not at all; ${neverQuiet.map(({ name }) => `\`${name}\``).join(', ')} always does.`,
    zh: `免打扰时段：期间的告警单只发邮件，没有邮箱则不通知；${neverQuiet.map(({ name }) => `\`${name}\``).join('、')} 不受限制。`,
    absent: { en: 'none', zh: '没有' },
    examples: ['22:00-08:00', ['offdays', '22:00-08:00']],
  }),
  timezone: timezone.exactOptional().meta({
    description: 'IANA name of the time zone of `quiet`.',
    zh: '`quiet` 所用时区的 IANA 名称。',
    absent: { en: 'that of fenghuo.yml', zh: '同 fenghuo.yml' },
    examples: ['Asia/Singapore'],
  }),
  holidays: holidays.meta({
    description: 'Calendars that say what `workdays` and `offdays` of `quiet` are: `cn`, `sg`, or one of `calendars`.',
    zh: '决定 `quiet` 里 `workdays` 和 `offdays` 的日历：`cn`、`sg` 或 `calendars` 中的一个。',
    absent: { en: 'Saturdays and Sundays are off', zh: '周六和周日休息' },
    examples: ['sg'],
  }),
}

/** A contact as the table has it: its further keys are those of channels, and were read by whoever applied them. */
export const contact: z.ZodType<Contact> = z.object(contactKeys).catchall(contactText)

const DATE = /^\d{4}-\d{2}-\d{2}$/

/** `2026-12-05 18:00`, also as ISO 8601 has it: `2026-12-05T18:00:00`. */
const MOMENT = /^\d{4}-\d{2}-\d{2}[ T](?:[01]?\d|2[0-3]):[0-5]\d(?::00)?$/

const notADate = wrong('no-date', (input) => ({
  en: `"${input}" is not a date: write it as 2026-11-23`,
  zh: `“${input}”不是日期：写成 2026-11-23 这样`,
}))
const notAMoment = wrong('no-moment', (input) => ({
  en: `"${input}" is not a date and time: write it as 2026-12-05 18:00`,
  zh: `“${input}”不是日期和时间：写成 2026-12-05 18:00 这样`,
}))

/** A day, as `2026-11-23`. */
export const date = z
  .string()
  .regex(DATE, { ...notADate, abort: true })
  .refine(isDate, notADate)

/** A date with a time of day, as a schedule's zone has it. */
export const moment = z
  .string()
  .regex(MOMENT, { ...notAMoment, abort: true })
  .transform((text) => withWholeHour(text.replace('T', ' ')).slice(0, 'YYYY-MM-DD HH:MM'.length))
  .refine(isTime, notAMoment)

/** A day, or a moment where people hand over by the hour. */
const start = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(?:[ T](?:[01]?\d|2[0-3]):[0-5]\d(?::00)?)?$/, { ...notADate, abort: true })
  .transform((text) => withWholeHour(text.replace('T', ' ')).slice(0, 'YYYY-MM-DD HH:MM'.length))
  .refine((text) => isDate(text) || isTime(text), notADate)

const turn = z.union([contactName, z.array(contactName).min(1).max(20)])

const rotationKeys = {
  rotation: z
    .array(turn)
    .min(1)
    .max(100)
    .meta({
      description: 'Contacts, in their order; those of an inner list are on call together.',
      zh: '联系人，按顺序；内层列表中的人同时值班。',
      examples: [
        ['lin', 'wang', 'tan'],
        [
          ['lin', 'wang'],
          ['tan', 'zhao'],
        ],
      ],
    }),
  handoff: z
    .string()
    .regex(
      HANDOFF,
      wrong('no-handoff', (input) => ({
        en:
          `"${input}" is not a hand-off: write \`Mon 10:00\` for weekly, \`10:00\` for daily, \`Mon,Fri 10:00\`, ` +
          '`every 2 weeks Mon 10:00`, `every 3 days 10:00`, `every 12 hours 08:00`, `monthly 1 10:00`',
        zh:
          `“${input}”不是交班时间：每周写 \`Mon 10:00\`，每天写 \`10:00\`，还可写 \`Mon,Fri 10:00\`、` +
          '`every 2 weeks Mon 10:00`、`every 3 days 10:00`、`every 12 hours 08:00`、`monthly 1 10:00`',
      })),
    )
    .transform(withWholeHour)
    .meta({
      description:
        '`Mon 10:00` is weekly, `10:00` daily, `monthly 1 10:00` on the first of each month; `every n` hours, days, weeks or months; wall-clock time in `timezone`.',
      zh: '`Mon 10:00` 为每周，`10:00` 为每天，`monthly 1 10:00` 为每月 1 日；`every n` 为每 n 小时、天、周或月；均为 `timezone` 的当地时间。',
      examples: [
        'Mon 10:00',
        '20:00',
        'Mon,Fri 18:00',
        'every 2 weeks Mon 10:00',
        'every 12 hours 08:00',
        'monthly 1 10:00',
      ],
    }),
  start: start.meta({
    description:
      "The first turn's first day; where people hand over by the hour it may have a time, from which the turns count.",
    zh: '第一轮的第一天；按小时交接的可写时刻，各轮从此时算起。',
    examples: ['2026-11-23', '2026-11-23 13:00'],
  }),
  during: windows.exactOptional().meta({
    description: 'On call by this rotation only then. `workdays` and `offdays` go by `holidays`.',
    zh: '只在这些时段按此轮值；`workdays` 和 `offdays` 由 `holidays` 决定。',
    absent: { en: 'always', zh: '始终' },
    examples: ['Mon-Fri 09:00-18:00', 'Fri 18:00-Mon 09:00', ['workdays 18:00-09:00', 'offdays']],
  }),
  from: moment.exactOptional().meta({
    description: 'The rotation counts from then on: how a change is planned ahead.',
    zh: '从此时起生效：用来预先安排变更。',
    examples: ['2027-01-04 10:00'],
  }),
  until: moment.exactOptional().meta({
    description: 'The rotation counts until then.',
    zh: '到此时为止。',
    examples: ['2027-01-04 10:00'],
  }),
}

const zone = timezone.meta({
  description: 'IANA name of the time zone.',
  zh: '时区的 IANA 名称。',
  examples: ['Asia/Shanghai'],
})

const layer: z.ZodType<Layer> = z.strictObject({ ...rotationKeys, timezone: zone.exactOptional(), holidays })

/** A list and never a function: an object that has it is no promise. */
const FALLBACKS = 'then'

const scheduleKeys = {
  timezone: zone,
  [FALLBACKS]: oneOrMore(contactName)
    .exactOptional()
    .meta({
      description: 'Who is on call when the rotations have nobody: the first of these contacts and schedules that has.',
      zh: '轮值无人时由谁值班：这些联系人和排班中第一个有人的。',
      examples: ['chen'],
    }),
  holidays,
  atHandoff: oneOrMore(z.enum(handoffDuties))
    .exactOptional()
    .meta({
      description:
        '`tell`: the robots of the projects that page it hear who has it now, and what is still open. `prove`: whoever takes over is called, by daylight, and takes it with a key; who cannot be reached is an incident of the project `fenghuo`.',
      zh: '`tell`：告知呼叫此排班的项目的机器人，现在谁值班、哪些告警单未结束。`prove`：在白天呼叫接班的人，按键即可；联系不上的，成为项目 `fenghuo` 的告警单。',
      absent: { en: 'nothing', zh: '不做什么' },
      examples: ['tell', ['tell', 'prove']],
    }),
}

/** A schedule that is one wall-clock rotation. */
export const simpleSchedule = z.strictObject({ ...rotationKeys, ...scheduleKeys })

/** A schedule of layers. */
export const layeredSchedule = z.strictObject({
  layers: z.array(layer).min(1).max(20).meta({
    description: 'Rotations in their order: the first that has anybody is on call.',
    zh: '轮值，按顺序：第一个有人的生效。',
  }),
  ...scheduleKeys,
})

/** A schedule as oncall.yml has it. */
export const schedule: z.ZodType<Schedule> = z.union([simpleSchedule, layeredSchedule])

const keep = z.strictObject({ contacts: z.array(contactName), until: z.number() }).exactOptional()

/** A schedule as the table has it. */
export const keptSchedule: z.ZodType<Schedule> = z.union([
  simpleSchedule.extend({ keep }),
  layeredSchedule.extend({ keep }),
])

/** Days on which a calendar differs from Monday to Friday, as the table has them. */
export const calendarDays: z.ZodType<CalendarDays> = z.strictObject({
  until: date,
  off: z.array(date),
  working: z.array(date),
})
