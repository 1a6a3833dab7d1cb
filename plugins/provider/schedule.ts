import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { Json } from './backend.ts'
import { type Cron, parseCron } from './cron.ts'

export type RateUnit = 'minute' | 'hour' | 'day'

/** When a timer fires. A cron is read in `timezone`, an IANA name; UTC as on AWS if none is given. */
export type When = { every: number; unit: RateUnit } | { cron: Cron; timezone: string }

/** One timer of a function. */
export interface Schedule {
  /** As written, for messages. */
  text: string
  when: When
  name?: string
  description?: string
  enabled: boolean
  /** What the function gets as the timer's message. */
  input?: string
}

/** `schedule:` of a function's event, as on AWS. */
export type ScheduleEvent =
  | string
  | {
      rate: string | string[]
      timezone?: string
      enabled?: boolean
      name?: string
      description?: string
      input?: Json
    }

/** The event's JSON schema, for the framework. */
export const scheduleSchema = {
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: {
        rate: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }] },
        timezone: { type: 'string' },
        enabled: { type: 'boolean' },
        name: { type: 'string' },
        description: { type: 'string' },
        input: { anyOf: [{ type: 'string' }, { type: 'object' }] },
      },
      required: ['rate'],
      additionalProperties: false,
    },
  ],
}

/** The schedules of one event: one for each rate. Throws a `BilingualError` that quotes what is wrong. */
export function parseSchedule(event: ScheduleEvent): Schedule[] {
  if (typeof event === 'string') return [{ text: event, when: parseWhen(event), enabled: true }]
  const { rate, timezone, enabled = true, name, description, input } = event
  const rates = Array.isArray(rate) ? rate : [rate]
  return rates.map((text, index) => ({
    text,
    when: parseWhen(text, timezone),
    enabled,
    ...(name === undefined ? {} : { name: rates.length === 1 ? name : `${name}-${index + 1}` }),
    ...(description === undefined ? {} : { description }),
    ...(input === undefined ? {} : { input: typeof input === 'string' ? input : JSON.stringify(input) }),
  }))
}

/**
 * `rate(5 minutes)` or `cron(0 9 ? * MON-FRI *)`, as AWS writes them. Throws a `BilingualError` that quotes what is wrong. A rate takes
 * no time zone: it counts from no hour of the day.
 */
export function parseWhen(text: string, timezone?: string): When {
  if (timezone !== undefined && !isTimezone(timezone))
    throw new BilingualError({ en: `${timezone} is no time zone`, zh: `${timezone} 不是时区` })
  const cron = /^cron\((.*)\)$/.exec(text)
  if (cron) return { cron: parseCron(cron[1] ?? ''), timezone: timezone ?? 'UTC' }
  if (timezone !== undefined)
    throw new BilingualError({ en: `${text}: only a cron takes a time zone`, zh: `${text}：只有 cron 可以带时区` })
  const rate = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(text)
  const every = Number(rate?.[1])
  if (!rate || (every === 1) !== (rate[3] === '')) {
    throw new BilingualError({
      en: `${text} is no schedule: write rate(1 minute), rate(5 minutes) or cron(0 9 ? * MON-FRI *)`,
      zh: `${text} 不是定时规则：写 rate(1 minute)、rate(5 minutes) 或 cron(0 9 ? * MON-FRI *)`,
    })
  }
  return { every, unit: rate[2] as RateUnit }
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
