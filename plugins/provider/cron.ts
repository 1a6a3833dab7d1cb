import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'

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

const fieldNames: Record<keyof Cron, Bilingual> = {
  minute: { en: 'minutes', zh: '分' },
  hour: { en: 'hours', zh: '时' },
  dayOfMonth: { en: 'day of month', zh: '日' },
  month: { en: 'month', zh: '月' },
  dayOfWeek: { en: 'day of week', zh: '星期' },
  year: { en: 'year', zh: '年' },
}

/**
 * AWS's cron: minutes, hours, day of month, month, day of week (1 is Sunday) and year, one of the two days being `?`. Throws a
 * `BilingualError` that names the field and what is wrong with it. `L`, `W` and `#` are refused: neither cloud takes them all.
 */
export function parseCron(text: string): Cron {
  const words = text.trim().split(/\s+/)
  if (words.length !== rules.length) {
    const names = Object.values(fieldNames)
    throw new BilingualError({
      en: `cron(${text}) has ${words.length} fields, and needs six: ${names.map(({ en }) => en).join(', ')}`,
      zh: `cron(${text}) 有 ${words.length} 个字段，应有六个：${names.map(({ zh }) => zh).join('、')}`,
    })
  }
  const cron = Object.fromEntries(
    rules.map(([name, rule], index) => [name, parseField(words[index] ?? '', fieldNames[name], rule)]),
  ) as unknown as Cron
  const [, , dayOfMonth, , dayOfWeek] = words
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new BilingualError({
      en: `cron(${text}): of day of month and day of week exactly one must be ?`,
      zh: `cron(${text})：日和星期应恰有一个为 ?`,
    })
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

function parseField(text: string, name: Bilingual, rule: FieldRule): CronField {
  const isDay = name === fieldNames.dayOfMonth || name === fieldNames.dayOfWeek
  if (text === '*' || (text === '?' && isDay)) return []
  return text.split(',').flatMap((part) => parsePart(part, name, rule))
}

function parsePart(part: string, name: Bilingual, rule: FieldRule): Range[] {
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
      throw new BilingualError({
        en: `${part} is no ${name.en}: it goes from ${rule.min} to ${rule.max}`,
        zh: `${part} 不能用于${name.zh}：应为 ${rule.min} 到 ${rule.max}`,
      })
    }
  }
  if (from > to)
    throw new BilingualError({
      en: `${part} in ${name.en} ends before it begins: write it as two ranges`,
      zh: `${name.zh}的 ${part} 先止后起：写成两段`,
    })
  return [{ from, to: to - ((to - from) % step), step: from === to ? 1 : step }]
}

function valueIn(text: string, { min, names = [] }: FieldRule): number | undefined {
  const index = names.indexOf(text.toUpperCase())
  return index < 0 ? whole(text) : min + index
}

function whole(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined
}

function wrong(part: string, name: Bilingual): BilingualError {
  if (/[LW#]/i.test(part.replace(/[A-Z]{3}/gi, ''))) {
    return new BilingualError({
      en: `${part} in ${name.en}: L, W and # are not portable; name the days`,
      zh: `${name.zh}的 ${part}：L、W 和 # 不通用，请写明日期`,
    })
  }
  return new BilingualError({ en: `${part} is no ${name.en}`, zh: `${part} 不能用于${name.zh}` })
}
