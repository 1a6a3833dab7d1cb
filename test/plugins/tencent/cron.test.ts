import { expect, test } from 'vitest'
import { parseWhen } from '../../../plugins/provider/schedule.ts'
import { scfCron } from '../../../plugins/tencent/cron.ts'
import { readCron } from '../../simulators/scf/cron.ts'

test.each([
  ['rate(1 minute)', '0 * * * * * *'],
  ['rate(5 minutes)', '0 */5 * * * * *'],
  ['rate(60 minutes)', '0 0 * * * * *'],
  ['rate(120 minutes)', '0 0 */2 * * * *'],
  ['rate(1 hour)', '0 0 * * * * *'],
  ['rate(6 hours)', '0 0 */6 * * * *'],
  ['rate(24 hours)', '0 0 0 * * * *'],
  ['rate(1440 minutes)', '0 0 0 * * * *'],
  ['rate(1 day)', '0 0 0 * * * *'],
])('%s is %s', (text, cron) => {
  expect(scfCron(parseWhen(text))).toBe(cron)
  expect(() => readCron(cron)).not.toThrow()
})

test.each([
  ['rate(7 minutes)', 'an hour is no multiple of 7 minutes'],
  ['rate(90 minutes)', 'a day is no multiple of 90 minutes'],
  ['rate(5 hours)', 'a day is no multiple of 5 hours'],
  ['rate(48 hours)', 'a day is no multiple of 48 hours'],
  ['rate(2 days)', 'months are no multiple of 2 days'],
])('%s is refused: %s', (text, reason) => {
  expect(() => scfCron(parseWhen(text))).toThrow(reason)
})

const SHANGHAI = 'Asia/Shanghai'

test.each([
  ['0 9 ? * MON-FRI *', SHANGHAI, '0 0 9 * * 1-5 *', "Beijing's own time"],
  ['0 9 1 * ? *', 'Asia/Singapore', '0 0 9 1 * * *', 'a zone with the same clock'],
  ['30 1 * * ? *', undefined, '0 30 9 * * * *', 'UTC is eight hours behind'],
  ['0 20 * * ? *', undefined, '0 0 4 * * * *', 'on the next day, and every day is the same'],
  ['0 8,20 * * ? *', undefined, '0 0 4,16 * * * *', 'in order'],
  ['0 9 * * ? *', 'Asia/Tokyo', '0 0 8 * * * *', 'a zone ahead of Beijing'],
  ['*/5 * * * ? *', undefined, '0 0-55/5 * * * * *', 'every hour of every day'],
  ['0 9 ? * MON *', undefined, '0 0 17 * * 1 *', 'the same day'],
  ['0 20 ? * FRI,SAT *', undefined, '0 0 4 * * 0,6 *', 'the next day'],
  ['0 0 ? * MON *', 'Asia/Tokyo', '0 0 23 * * 0 *', 'the day before'],
  ['0 9 1 1 ? 2030', SHANGHAI, '0 0 9 1 1 * 2030', 'a year'],
])('cron(%s) in %s is %s (%s)', (text, timezone, cron, _) => {
  expect(scfCron(parseWhen(`cron(${text})`, timezone))).toBe(cron)
  expect(() => readCron(cron)).not.toThrow()
})

test.each([
  ['0 8,20 ? * MON *', undefined, 'on another day', 'one hour on Monday, one on Tuesday'],
  ['0 20 1 * ? *', undefined, 'on another day', "a month's first day is another's second"],
  ['0 * ? * MON *', undefined, 'on another day', 'all hours of a day that begins at 8'],
  ['0 20 ? 3 MON *', undefined, 'on another day', 'the last day of a month'],
  ['0 9 * * ? *', 'Europe/Berlin', 'changes its clocks', 'summer time'],
  ['0 9 * * ? *', 'Asia/Kolkata', 'no whole hours', 'half an hour'],
  ['0 9 1 1 ? 2100', SHANGHAI, "SCF's cron ends in 2099", 'a year too far'],
])('cron(%s) in %s is refused: %s (%s)', (text, timezone, reason, _) => {
  expect(() => scfCron(parseWhen(`cron(${text})`, timezone))).toThrow(reason)
})
