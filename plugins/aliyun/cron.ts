import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import { type Cron, fieldText, valuesOf } from '../provider/cron.ts'
import type { RateUnit, When } from '../provider/schedule.ts'

const UNITS: Record<RateUnit, { hours: number } | 'minutes'> = {
  minute: 'minutes',
  hour: { hours: 1 },
  day: { hours: 24 },
}
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/**
 * A schedule as Function Compute writes it: `@every 5m`, or `CRON_TZ=Asia/Shanghai` and six fields beginning with seconds
 * ("Time triggers"; without a zone they are in UTC). Weekdays are written as names, for sources disagree on what the numbers
 * mean. Throws a `BilingualError` for what it can't express.
 */
export function cronExpression(when: When): string {
  if ('every' in when) {
    const unit = UNITS[when.unit]
    return unit === 'minutes' ? `@every ${when.every}m` : `@every ${when.every * unit.hours}h`
  }
  const { cron, timezone } = when
  if (cron.year.length > 0)
    throw new BilingualError({
      en: 'Function Compute has no years in its cron: write * for the year',
      zh: '函数计算的 cron 没有年：年写 *',
    })
  const fields = `0 ${fieldText(cron.minute)} ${fieldText(cron.hour)} ${days(cron)}`
  return timezone === 'UTC' ? fields : `CRON_TZ=${timezone} ${fields}`
}

/** Day of month, month, day of week. The latter takes no steps. */
function days({ dayOfMonth, month, dayOfWeek }: Cron): string {
  const weekdays = valuesOf(dayOfWeek).map((day) => DAYS[day])
  return `${fieldText(dayOfMonth)} ${fieldText(month)} ${weekdays.length === 0 ? '*' : weekdays.join(',')}`
}
