import { describe, expect, test } from 'vitest'
import { detailIn } from '../../shared/messages/details.ts'
import { emailText } from '../../shared/messages/email.ts'
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

test.each([
  ['timeout 5.0s (connect)', '连接超时 5.0s'],
  ['connection refused', '连接被拒绝'],
  ['DNS: no such name', '域名解析失败：no such name'],
  ['HTTP 502', 'HTTP 502'],
  ['HTTP 302, expected 200-299', 'HTTP 302，应为 200-299'],
  ['DNS: no such host', '域名解析失败：没有这个域名'],
  ['DNS: NOERROR, expected NXDOMAIN', '域名解析答复 NOERROR，应为 NXDOMAIN'],
  ['A is 198.51.100.1, not 203.0.113.7', 'A 是 198.51.100.1，应为 203.0.113.7'],
  ['A is 198.51.100.1, which is not expected', 'A 是 198.51.100.1，不在预期之内'],
  ['certificate expires in 20d, limit 21d', '证书 20 天后到期（限 21d）'],
  ['certificate expires in 36h, limit 3d', '证书 36 小时后到期（限 3d）'],
  ['certificate expires in 30d', '证书 30 天后到期'],
  ['intermediate certificate R11 expires in 10d, limit 21d', '中级证书 R11 将在 10d 后到期'],
  ['first byte 900ms, limit 300ms', '等待应答 900ms，超过 300ms'],
  ['$.queue is 120, more than 100', '$.queue 是 120，大于 100'],
  ['$.n is "x", not a number', '$.n 是 "x"，不是数字'],
  ['text not found in the first 64 KiB: "yes"', '正文中没有 "yes"'],
  ['header x-cache lacks "HIT"', '应答头 x-cache 中没有 "HIT"'],
  ['body of 12 bytes, less than 500', '正文 12 字节，少于 500'],
  ['HTTP/2 failed: refused stream', 'HTTP/2 出错：refused stream'],
  ['last report 1d 2h ago, expected every 1d', '上次上报在 1d 2h 前，应每 1d 一次'],
  ['timeout 0.7s (first byte); 3 tries', '等待应答超时 0.7s（共 3 次尝试）'],
  ['310ms, 3.1x slower than usual (100ms)', '310ms，比平时慢 3.1 倍（平时 100ms）'],
  ['not counted: it fails most of its checks', '不计入：那里多数检查失败'],
  ['try 2, before: connection reset', '第 2 次尝试，此前：连接被重置'],
  ['900ms, limit 800ms; try 2, before: timeout 2.5s (DNS)', '900ms，超过 800ms；第 2 次尝试，此前：域名解析超时 2.5s'],
  ['1200ms, limit 800ms', '1200ms，超过 800ms'],
  ['something new', 'something new'],
])('%s reads %s in Chinese and stays in English', (detail, zh) => {
  expect([detailIn('zh', detail), detailIn('en', detail)]).toEqual([zh, detail])
})

test('an e-mail has one line of subject and every link in full', () => {
  const { subject, text } = emailText(messageOf({ ...opened, title: '收银台\r\nBcc: all@example.com' }))
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
