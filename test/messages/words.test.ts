import { describe, expect, test } from 'vitest'
import { emailOf } from '../../shared/messages/email.ts'
import { shortVantageNames, vantageName } from '../../shared/messages/places.ts'
import {
  duration,
  latency,
  shortDuration,
  spokenDuration,
  timeSeenFrom,
  utcOffset,
} from '../../shared/messages/times.ts'
import { at, messageOf, opened } from './notices.ts'

test.each([
  ['tencent/ap-guangzhou', '腾讯云广州', 'Tencent Guangzhou'],
  ['aliyun/cn-hangzhou', '阿里云杭州', 'Alibaba Hangzhou'],
  ['aws/ap-southeast-1', 'AWS 新加坡', 'AWS Singapore'],
  ['aliyun/ap-southeast-6', '阿里云马尼拉', 'Alibaba Manila'],
  ['tencent/ap-moon-1', '腾讯云 ap-moon-1', 'Tencent ap-moon-1'],
  ['office/floor-2', 'office/floor-2', 'office/floor-2'],
  ['laptop', 'laptop', 'laptop'],
])('%s is %s, %s', (vantage, zh, en) => {
  expect([vantageName(vantage, 'zh'), vantageName(vantage, 'en')]).toEqual([zh, en])
})

test('two vantages in one city keep their clouds', () => {
  expect(shortVantageNames(['tencent/ap-guangzhou', 'aws/ap-southeast-1'], 'zh')).toEqual(['广州', '新加坡'])
  expect(shortVantageNames(['tencent/ap-guangzhou', 'aliyun/cn-guangzhou'], 'zh')).toEqual(['腾讯云广州', '阿里云广州'])
})

test.each([
  [999, '0 秒', '0 s', '0 seconds'],
  [48_000, '48 秒', '48 s', '48 seconds'],
  [60_000, '1 分钟', '1 min', '1 minute'],
  [59 * 60_000 + 59_000, '59 分钟', '59 min', '59 minutes'],
  [3_600_000, '1 小时', '1 h', '1 hour'],
  [7_500_000, '2 小时 5 分钟', '2 h 5 min', '2 hours and 5 minutes'],
  [90_000_000, '1 天 1 小时', '1 d 1 h', '1 day and 1 hour'],
  [-5, '0 秒', '0 s', '0 seconds'],
])('%i ms lasts %s', (ms, zh, en, spoken) => {
  expect([duration(ms, 'zh'), duration(ms, 'en'), spokenDuration(ms)]).toEqual([zh, en, spoken])
  expect(shortDuration(ms, 'zh')).toBe(zh.replaceAll(' ', ''))
})

describe('times in a zone', () => {
  test('midnight is 00, another day shows its date', () => {
    expect(timeSeenFrom(at('00:05'), at('00:00'), 'Asia/Shanghai')).toBe('00:00')
    expect(timeSeenFrom(at('00:05'), at('00:00') - 1, 'Asia/Shanghai')).toBe('11-21 23:59')
  })

  test('offsets', () => {
    expect(utcOffset(at('00:00'), 'Asia/Shanghai')).toBe('UTC+8')
    expect(utcOffset(at('00:00'), 'Asia/Kolkata')).toBe('UTC+5:30')
    expect(utcOffset(at('00:00'), 'UTC')).toBe('UTC')
  })

  test('latencies', () => {
    expect([latency(0.4), latency(213.4), latency(5001)]).toEqual(['0ms', '213ms', '5.0s'])
  })
})

test('an e-mail has one line of subject and every link in full', () => {
  const { subject, text } = emailOf(messageOf({ ...opened, title: '收银台\r\nBcc: all@example.com' }), 9_000)
  expect(subject).toBe('[烽火] 严重 不可用 | 支付 / 收银台 Bcc: all@example.com #1024')
  expect(text.split('\n').slice(-6)).toEqual([
    '正在呼叫 林悦，02:19 前无人认领转 王磊',
    '认领: https://oncall.example.com/a/xyz',
    '详情: https://oncall.example.com/i/1024',
    '手册: https://wiki.example.com/runbook/pay/web',
    '烽火 2026-11-22 02:14 (UTC+8)',
    '',
  ])
})
