import { expect, test } from 'vitest'
import { cronExpression } from '../../../plugins/aliyun/cron.ts'
import { parseWhen } from '../../../plugins/provider/schedule.ts'

test.each<[string, string | undefined, string, string]>([
  ['rate(1 minute)', undefined, '@every 1m', 'the shortest there is'],
  ['rate(90 minutes)', undefined, '@every 90m', 'no need for it to divide an hour'],
  ['rate(2 hours)', undefined, '@every 2h', 'hours have a letter'],
  ['rate(3 days)', undefined, '@every 72h', 'days have none'],
  ['cron(0 9 * * ? *)', undefined, '0 0 9 * * *', 'UTC is the vendor’s own zone'],
  [
    'cron(0/5 9-17 ? * MON-FRI *)',
    'Asia/Shanghai',
    'CRON_TZ=Asia/Shanghai 0 0-55/5 9-17 * * MON,TUE,WED,THU,FRI',
    'days by name',
  ],
  ['cron(30 8 ? * 1,7 *)', undefined, '0 30 8 * * SUN,SAT', 'AWS counts days from 1, Sunday'],
  ['cron(0 0 ? * 2/2 *)', undefined, '0 0 0 * * MON,WED,FRI', 'steps of days are written out: the field takes none'],
  ['cron(15 3 1,15 JAN-JUN/2 ? *)', 'Europe/Berlin', 'CRON_TZ=Europe/Berlin 0 15 3 1,15 1-5/2 *', 'months by number'],
])('%s in zone %s is %s: %s', (text, timezone, expected) => {
  expect(cronExpression(parseWhen(text, timezone))).toBe(expected)
})

test('a year can’t be said', () => {
  expect(() => cronExpression(parseWhen('cron(0 9 1 1 ? 2027)'))).toThrow('has no years in its cron')
})
