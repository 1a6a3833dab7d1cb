/** Consecutive values, each `step` after the other. */
export interface Range {
  from: number
  to: number
  step: number
}

/** The ranges of a field; empty: any value. */
export type CronField = Range[]

/** AWS's six fields; days of the week count from 0, Sunday. */
export interface Cron {
  minute: CronField
  hour: CronField
  dayOfMonth: CronField
  month: CronField
  dayOfWeek: CronField
  year: CronField
}

interface FieldRule {
  min: number
  max: number
  /** Names of the values from `min` on. */
  names?: string[]
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/** docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
const rules: [keyof Cron, FieldRule][] = [
  ['minute', { min: 0, max: 59 }],
  ['hour', { min: 0, max: 23 }],
  ['dayOfMonth', { min: 1, max: 31 }],
  ['month', { min: 1, max: 12, names: MONTHS }],
  ['dayOfWeek', { min: 1, max: 7, names: DAYS }],
  ['year', { min: 1970, max: 2199 }],
]

const fieldNames: Record<keyof Cron, string> = {
  minute: 'minutes',
  hour: 'hours',
  dayOfMonth: 'day of month',
  month: 'month',
  dayOfWeek: 'day of week',
  year: 'year',
}

/**
 * AWS's cron: minutes, hours, day of month, month, day of week (1 is Sunday) and year, one of the two days being `?`. Throws a
 * RangeError that names the field and what is wrong with it. `L`, `W` and `#` are refused: neither cloud takes them all.
 */
export function parseCron(text: string): Cron {
  const words = text.trim().split(/\s+/)
  if (words.length !== rules.length) {
    throw new RangeError(
      `cron(${text}) has ${words.length} fields, and needs six: ${Object.values(fieldNames).join(', ')}`,
    )
  }
  const cron = Object.fromEntries(
    rules.map(([name, rule], index) => [name, parseField(words[index] ?? '', fieldNames[name], rule)]),
  ) as unknown as Cron
  const [, , dayOfMonth, , dayOfWeek] = words
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new RangeError(`cron(${text}): of day of month and day of week exactly one must be ?`)
  }
  cron.dayOfWeek = cron.dayOfWeek.map(({ from, to, step }) => ({ from: from - 1, to: to - 1, step }))
  return cron
}

/** The values of a field in order. */
export function valuesOf(field: CronField): number[] {
  const values = field.flatMap(({ from, to, step }) =>
    Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step),
  )
  return [...new Set(values)].sort((a, b) => a - b)
}

/** A field as the usual cron writes it: `*`, or numbers, ranges and steps. */
export function fieldText(field: CronField): string {
  if (field.length === 0) return '*'
  return field.map(rangeText).join(',')
}

function rangeText({ from, to, step }: Range): string {
  if (from === to) return String(from)
  return step === 1 ? `${from}-${to}` : `${from}-${to}/${step}`
}

function parseField(text: string, name: string, rule: FieldRule): CronField {
  const isDay = name === fieldNames.dayOfMonth || name === fieldNames.dayOfWeek
  if (text === '*' || (text === '?' && isDay)) return []
  return text.split(',').flatMap((part) => parsePart(part, name, rule))
}

function parsePart(part: string, name: string, rule: FieldRule): Range[] {
  const [range = '', stepText, ...rest] = part.split('/')
  const step = stepText === undefined ? 1 : whole(stepText)
  const [fromText = '', toText, ...more] = range.split('-')
  if (rest.length > 0 || more.length > 0 || step === undefined || step === 0) throw wrong(part, name)
  const isAll = fromText === '*' && toText === undefined
  const from = isAll ? rule.min : valueIn(fromText, rule)
  const to = toText === undefined ? (stepText === undefined ? from : rule.max) : valueIn(toText, rule)
  if (from === undefined || to === undefined) throw wrong(part, name)
  for (const value of [from, to]) {
    if (value < rule.min || value > rule.max) {
      throw new RangeError(`${part} is no ${name}: it goes from ${rule.min} to ${rule.max}`)
    }
  }
  if (from > to) throw new RangeError(`${part} in ${name} ends before it begins: write it as two ranges`)
  return [{ from, to: to - ((to - from) % step), step: from === to ? 1 : step }]
}

function valueIn(text: string, { min, names = [] }: FieldRule): number | undefined {
  const index = names.indexOf(text.toUpperCase())
  return index < 0 ? whole(text) : min + index
}

function whole(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined
}

function wrong(part: string, name: string): RangeError {
  if (/[LW#]/i.test(part.replace(/[A-Z]{3}/gi, ''))) {
    return new RangeError(`${part} in ${name}: L, W and # are not portable; name the days`)
  }
  return new RangeError(`${part} is no ${name}`)
}
