import * as z from 'zod/mini'
import { wrong } from '../contracts/mistake.ts'
import { name as contactName } from '../contracts/name.ts'
import { isDate, isTime, isZone, withWholeHour } from './clock.ts'
import { HANDOFF } from './handoff.ts'
import { handoffDuties } from './handoff-duty.ts'
import type { CalendarDays, Layer, Schedule } from './plan.ts'
import { WINDOW } from './window.ts'

export { contactName }

/** Of a text that names no time zone. */
export const notAZone = wrong('no-zone', (input) => ({
  en: `"${input}" is not an IANA time zone, such as Asia/Shanghai`,
  zh: `“${input}”不是 IANA 时区，如 Asia/Shanghai`,
}))

const window = z.string().check(
  z.regex(
    WINDOW,
    wrong('no-window', (input) => ({
      en:
        `"${input}" is no window: write \`Mon-Fri 09:00-18:00\`, \`18:00-09:00\`, \`Sat,Sun\`, \`Fri 18:00-Mon 09:00\`, ` +
        '`workdays 09:00-18:00` or `offdays`',
      zh:
        `“${input}”不是时段：写 \`Mon-Fri 09:00-18:00\`、\`18:00-09:00\`、\`Sat,Sun\`、\`Fri 18:00-Mon 09:00\`、` +
        '`workdays 09:00-18:00` 或 `offdays`',
    })),
  ),
)

/** The name of a time zone. */
export const timezone = z.string().check(z.refine(isZone, notAZone))

/** One of them may stand without its list. */
function oneOrMore<T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T[]> {
  return z.union([
    z.pipe(
      schema,
      z.transform((one: T) => [one]),
    ),
    z.array(schema).check(z.minLength(1), z.maxLength(100)),
  ])
}

/** One window, or several: whatever lies in one of them. */
export const windows = oneOrMore(window)

/** Calendars that say which days are days off. */
export const holidays = z.exactOptional(oneOrMore(contactName)).check(
  z.meta({
    description: 'Calendars that say which days are days off: `cn`, `sg`, or one of `calendars`.',
    zh: '决定哪天休息的日历：`cn`、`sg` 或 `calendars` 中的一个。',
    absent: { en: 'Saturdays and Sundays', zh: '周六和周日' },
    examples: ['cn'],
  }),
)

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
export const date = z.string().check(z.regex(DATE, { ...notADate, abort: true }), z.refine(isDate, notADate))

/** A date with a time of day, as a schedule's zone has it. */
export const moment = z
  .pipe(
    z.string().check(z.regex(MOMENT, { ...notAMoment, abort: true })),
    z.transform((text: string) => withWholeHour(text.replace('T', ' ')).slice(0, 'YYYY-MM-DD HH:MM'.length)),
  )
  .check(z.refine(isTime, notAMoment))

/** A day, or a moment where people hand over by the hour. */
const start = z
  .pipe(
    z
      .string()
      .check(z.regex(/^\d{4}-\d{2}-\d{2}(?:[ T](?:[01]?\d|2[0-3]):[0-5]\d(?::00)?)?$/, { ...notADate, abort: true })),
    z.transform((text: string) => withWholeHour(text.replace('T', ' ')).slice(0, 'YYYY-MM-DD HH:MM'.length)),
  )
  .check(z.refine((text) => isDate(text) || isTime(text), notADate))

const turn = z.union([contactName, z.array(contactName).check(z.minLength(1), z.maxLength(20))])

const rotationKeys = {
  rotation: z.array(turn).check(
    z.minLength(1),
    z.maxLength(100),
    z.meta({
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
  ),
  handoff: z
    .pipe(
      z.string().check(
        z.regex(
          HANDOFF,
          wrong('no-handoff', (input) => ({
            en:
              `"${input}" is not a hand-off: write \`Mon 10:00\` for weekly, \`10:00\` for daily, \`Mon,Fri 10:00\`, ` +
              '`every 2 weeks Mon 10:00`, `every 3 days 10:00`, `every 12 hours 08:00`, `monthly 1 10:00`',
            zh:
              `“${input}”不是交班时间：每周写 \`Mon 10:00\`，每天写 \`10:00\`，还可写 \`Mon,Fri 10:00\`、` +
              '`every 2 weeks Mon 10:00`、`every 3 days 10:00`、`every 12 hours 08:00`、`monthly 1 10:00`',
          })),
        ),
      ),
      z.transform(withWholeHour),
    )
    .check(
      z.meta({
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
    ),
  start: start.check(
    z.meta({
      description:
        "The first turn's first day; where people hand over by the hour it may have a time, from which the turns count.",
      zh: '第一轮的第一天；按小时交接的可写时刻，各轮从此时算起。',
      examples: ['2026-11-23', '2026-11-23 13:00'],
    }),
  ),
  during: z.exactOptional(windows).check(
    z.meta({
      description: 'On call by this rotation only then. `workdays` and `offdays` go by `holidays`.',
      zh: '只在这些时段按此轮值；`workdays` 和 `offdays` 由 `holidays` 决定。',
      absent: { en: 'always', zh: '始终' },
      examples: ['Mon-Fri 09:00-18:00', 'Fri 18:00-Mon 09:00', ['workdays 18:00-09:00', 'offdays']],
    }),
  ),
  from: z.exactOptional(moment).check(
    z.meta({
      description: 'The rotation counts from then on: how a change is planned ahead.',
      zh: '从此时起生效：用来预先安排变更。',
      examples: ['2027-01-04 10:00'],
    }),
  ),
  until: z.exactOptional(moment).check(
    z.meta({
      description: 'The rotation counts until then.',
      zh: '到此时为止。',
      examples: ['2027-01-04 10:00'],
    }),
  ),
}

const zone = timezone.check(
  z.meta({
    description: 'IANA name of the time zone.',
    zh: '时区的 IANA 名称。',
    examples: ['Asia/Shanghai'],
  }),
)

const layer: z.ZodMiniType<Layer> = z.strictObject({ ...rotationKeys, timezone: z.exactOptional(zone), holidays })

/** A list and never a function: an object that has it is no promise. */
const FALLBACKS = 'then'

const scheduleKeys = {
  timezone: zone,
  [FALLBACKS]: z.exactOptional(oneOrMore(contactName)).check(
    z.meta({
      description: 'Who is on call when the rotations have nobody: the first of these contacts and schedules that has.',
      zh: '轮值无人时由谁值班：这些联系人和排班中第一个有人的。',
      examples: ['chen'],
    }),
  ),
  holidays,
  atHandoff: z.exactOptional(oneOrMore(z.enum(handoffDuties))).check(
    z.meta({
      description:
        '`tell`: the robots of the projects that page it hear who has it now, and what is still open. `prove`: whoever takes over is called, by daylight, and takes it with a key; who cannot be reached is an incident of the project `fenghuo`.',
      zh: '`tell`：告知呼叫此排班的项目的机器人，现在谁值班、哪些告警单未结束。`prove`：在白天呼叫接班的人，按键即可；联系不上的，成为项目 `fenghuo` 的告警单。',
      absent: { en: 'nothing', zh: '不做什么' },
      examples: ['tell', ['tell', 'prove']],
    }),
  ),
}

/** A schedule that is one wall-clock rotation. */
export const simpleSchedule = z.strictObject({ ...rotationKeys, ...scheduleKeys })

/** A schedule of layers. */
export const layeredSchedule = z.strictObject({
  layers: z.array(layer).check(
    z.minLength(1),
    z.maxLength(20),
    z.meta({
      description: 'Rotations in their order: the first that has anybody is on call.',
      zh: '轮值，按顺序：第一个有人的生效。',
    }),
  ),
  ...scheduleKeys,
})

/** A schedule as oncall.yml has it. */
export const schedule: z.ZodMiniType<Schedule> = z.union([simpleSchedule, layeredSchedule])

const keep = z.exactOptional(z.strictObject({ contacts: z.array(contactName), until: z.number() }))

/** A schedule as the table has it. */
export const keptSchedule: z.ZodMiniType<Schedule> = z.union([
  z.extend(simpleSchedule, { keep }),
  z.extend(layeredSchedule, { keep }),
])

/** Days on which a calendar differs from Monday to Friday, as the table has them. */
export const calendarDays: z.ZodMiniType<CalendarDays> = z.strictObject({
  until: date,
  off: z.array(date),
  working: z.array(date),
})
