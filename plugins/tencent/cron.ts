import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import { type Cron, fieldText, valuesOf } from '../provider/cron.ts'
import type { When } from '../provider/schedule.ts'

/** Hours that SCF's clock is ahead of UTC: its cron knows no other zone. */
const BEIJING = 8

/** Its last year. */
const LAST_YEAR = 2099

/**
 * A schedule in SCF's cron, in Beijing's time: second, minute, hour, day of month, month, day of week (0 is Sunday) and year
 * (cloud.tencent.com/document/product/583/9708). Throws a `BilingualError` with the reason for what it can't express.
 */
export function scfCron(when: When): string {
  if ('every' in when) return rateCron(when.every, when.unit)
  const cron = inBeijing(when.cron, when.timezone)
  if (valuesOf(cron.year).some((year) => year > LAST_YEAR))
    throw new BilingualError({ en: `SCF's cron ends in ${LAST_YEAR}`, zh: `SCF 的 cron 到 ${LAST_YEAR} 年为止` })
  const { minute, hour, dayOfMonth, month, dayOfWeek, year } = cron
  return ['0', ...[minute, hour, dayOfMonth, month, dayOfWeek, year].map(fieldText)].join(' ')
}

/** SCF has no rate: only those that begin anew with each hour or day come out even. */
function rateCron(every: number, unit: 'minute' | 'hour' | 'day'): string {
  if (unit === 'day') {
    if (every === 1) return '0 0 0 * * * *'
    throw new BilingualError({
      en: `rate(${every} days): SCF has only cron, and months are no multiple of ${every} days`,
      zh: `rate(${every} days)：SCF 只有 cron，月份不是 ${every} 天的整数倍`,
    })
  }
  const minutes = unit === 'hour' ? every * 60 : every
  if (60 % minutes === 0)
    return minutes === 1 ? '0 * * * * * *' : minutes === 60 ? hourly(1) : `0 */${minutes} * * * * *`
  if (minutes % 60 === 0 && 24 % (minutes / 60) === 0) return hourly(minutes / 60)
  const whole = minutes < 60 ? { en: 'an hour', zh: '一小时' } : { en: 'a day', zh: '一天' }
  throw new BilingualError({
    en: `rate(${every} ${unit}s): SCF has only cron, and ${whole.en} is no multiple of ${every} ${unit}s`,
    zh: `rate(${every} ${unit}s)：SCF 只有 cron，${whole.zh}不是 ${every} ${unit === 'hour' ? '小时' : '分钟'}的整数倍`,
  })
}

function hourly(hours: number): string {
  if (hours === 24) return '0 0 0 * * * *'
  return hours === 1 ? '0 0 * * * * *' : `0 0 */${hours} * * * *`
}

/** The same moments, told in Beijing's time. */
function inBeijing(cron: Cron, timezone: string): Cron {
  const ahead = BEIJING - hoursFromUtc(timezone)
  if (ahead === 0) return cron
  const isDaily = [cron.dayOfMonth, cron.month, cron.dayOfWeek, cron.year].every((field) => field.length === 0)
  if (cron.hour.length === 0 && isDaily) return cron
  const hours = valuesOf(cron.hour).map((hour) => hour + ahead)
  const hour = hours
    .map((value) => (value + 24) % 24)
    .sort((a, b) => a - b)
    .map((value) => ({ from: value, to: value, step: 1 }))
  if (isDaily) return { ...cron, hour }

  const days = new Set(hours.map((value) => Math.floor(value / 24)))
  const [day] = days
  if (day === undefined || days.size > 1) throw otherDay(timezone)
  if (day === 0) return { ...cron, hour }
  if (cron.dayOfMonth.length + cron.month.length + cron.year.length > 0) throw otherDay(timezone)
  const dayOfWeek = valuesOf(cron.dayOfWeek)
    .map((value) => (value + day + 7) % 7)
    .sort((a, b) => a - b)
    .map((value) => ({ from: value, to: value, step: 1 }))
  return { ...cron, hour, dayOfWeek }
}

function otherDay(timezone: string): BilingualError {
  return new BilingualError({
    en: `SCF's clock is Beijing's, where some of these hours of ${timezone} are on another day: write them with timezone: Asia/Shanghai`,
    zh: `SCF 用北京时间，${timezone} 的这些钟点有的落在另一天：写成 timezone: Asia/Shanghai`,
  })
}

/** Throws for a zone that changes its clocks, or is not whole hours from UTC. */
function hoursFromUtc(timezone: string): number {
  const offsets = new Set(Array.from({ length: 12 }, (_, month) => offsetAt(timezone, Date.UTC(2026, month, 15))))
  const [hours = Number.NaN] = offsets
  if (offsets.size > 1) {
    throw new BilingualError({
      en: `SCF's clock is Beijing's, and ${timezone} changes its clocks: it can't be told in SCF's cron`,
      zh: `SCF 用北京时间，而 ${timezone} 有夏令时：无法用 SCF 的 cron 表示`,
    })
  }
  if (!Number.isInteger(hours))
    throw new BilingualError({
      en: `SCF's clock is Beijing's: ${timezone} is no whole hours from it`,
      zh: `SCF 用北京时间，${timezone} 与之相差不是整小时`,
    })
  return hours
}

/** In hours. */
function offsetAt(timezone: string, at: number): number {
  const name = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name ?? '') ?? []
  const offset = Number(hours ?? 0) + Number(minutes ?? 0) / 60
  return sign === '-' ? -offset : offset
}
