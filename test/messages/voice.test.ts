import { describe, expect, test } from 'vitest'
import { connectKeys } from '../../shared/channels/connect/keys.ts'
import type { Notice } from '../../shared/incidents/notice.ts'
import { spokenNumber } from '../../shared/messages/numbers.ts'
import {
  sayAcknowledged,
  sayFailed,
  sayList,
  sayNoKey,
  sayPage,
  sayPassed,
  sayTaken,
} from '../../shared/messages/voice.ts'
import { at, inEnglish, opened } from './notices.ts'

const now = at('02:14')
const checkout = inEnglish(opened)

const five = (notice: Notice): Notice[] => [
  { ...notice, number: 1020, severity: 'warning', title: '报表' },
  { ...notice, number: 1021, state: 'degraded', title: '搜索' },
  { ...notice, number: 1022, openedAt: at('02:13:30'), title: '首页' },
  notice,
  { ...notice, number: 1025, severity: 'error', title: '缓存' },
]

describe('one incident', () => {
  test('zh', () => {
    expect(sayPage([opened], 'zh', now, connectKeys)).toBe(
      '值班告警1024号：支付项目的收银台不可用，影响腾讯云广州和阿里云杭州，已持续1分钟。' +
        '认领请按1，重听请按2，转给下一位请按9。',
    )
  })

  test('en', () => {
    expect(sayPage([checkout], 'en', now, connectKeys)).toBe(
      'On-call alert ten twenty-four. Pay: Checkout is down from Tencent and Alibaba, for 1 minute. AWS is fine. ' +
        'Press 1 to take it, 2 to repeat, 9 to pass it on.',
    )
  })

  test('of which one vantage is left to tell, says so, and names nobody who has not looked', () => {
    const sightings = opened.sightings.map((one, index) => ({
      vantage: one.vantage,
      verdict: index === 0 ? ('down' as const) : ('unknown' as const),
    }))
    expect(sayPage([{ ...opened, sightings }], 'zh', now, connectKeys)).toMatch(
      /^值班告警1024号：支付项目的收银台不可用，影响腾讯云广州，3处中仅1处有数据，已持续1分钟。/,
    )
    expect(sayPage([{ ...checkout, sightings }], 'en', now, connectKeys)).toMatch(
      /^On-call alert ten twenty-four. Pay: Checkout is down from Tencent, for 1 minute. Seen from 1 of 3 places. /,
    )
  })

  test('that is one of places says so', () => {
    expect(sayPage([{ ...opened, state: 'partial' }], 'zh', now, connectKeys)).toContain(
      '收银台局部异常，影响腾讯云广州',
    )
    expect(sayPage([{ ...checkout, state: 'partial' }], 'en', now, connectKeys)).toContain(
      'Checkout is impaired from Tencent',
    )
  })

  test('from elsewhere, just now, with no vantage', () => {
    const { state: _, ...alert } = { ...opened, sightings: [] }
    expect(sayPage([alert], 'zh', at('02:13:20'), connectKeys)).toMatch(
      /^值班告警1024号：支付项目的收银台告警，已持续不到1分钟。/,
    )
    expect(sayPage([inEnglish(alert)], 'en', at('02:13:20'), connectKeys)).toMatch(
      /^On-call alert ten twenty-four\. Pay: Checkout is in alert, for less than a minute\. Press 1/,
    )
  })

  test('a cloud that both fails and is fine is told by city, many places are counted', () => {
    const sightings = [
      { vantage: 'aws/eu-west-1', verdict: 'down' as const },
      { vantage: 'aws/us-east-2', verdict: 'up' as const },
    ]
    expect(sayPage([{ ...checkout, sightings }], 'en', now, connectKeys)).toContain(
      'is down from AWS Ireland, for 1 minute. AWS Ohio is fine.',
    )
    const many = ['a', 'b', 'c', 'd'].map((name) => ({ vantage: `aws/${name}`, verdict: 'down' as const }))
    const several = [...many, { vantage: 'aws/eu-west-1', verdict: 'up' as const }]
    expect(sayPage([{ ...checkout, sightings: several }], 'en', now, connectKeys)).toContain(
      'is down from 4 of 5 places,',
    )
    expect(sayPage([{ ...opened, sightings: several }], 'zh', now, connectKeys)).toContain('影响5处中4处，')
  })

  test('no URL, no host, no JSONPath, no tag', () => {
    const title = '$.Attributes.key <break/> https://pay.example.com/x & api.pay.example.com'
    const said = sayPage([{ ...opened, title, projectTitle: '$.x' }], 'zh', now, connectKeys)
    expect(said).not.toMatch(/[$<>&]|example|https|\.com/)
  })
})

describe('several incidents', () => {
  test('zh', () => {
    expect(sayPage(five(opened), 'zh', now, connectKeys)).toBe(
      '支付项目有5个告警，最严重的是收银台不可用。全部认领请按1，逐个收听请按3。',
    )
  })

  test('en', () => {
    expect(sayPage(five(checkout), 'en', now, connectKeys)).toBe(
      'Five alerts in Pay. Worst: Checkout down. Press 1 to take all, 3 to hear each.',
    )
  })

  test('of several projects', () => {
    const shop = { ...checkout, project: 'shop', projectTitle: 'Shop', severity: 'error' as const }
    expect(sayPage([shop, checkout], 'en', now, connectKeys)).toMatch(
      /^Two alerts in Pay and one more\. Worst: Checkout down\./,
    )
    expect(sayPage([{ ...opened, project: 'shop' }, opened], 'zh', now, connectKeys)).toMatch(
      /^支付等2个项目有2个告警，/,
    )
  })

  test('the list: worst first, then the menu', () => {
    expect(sayList([opened, { ...opened, number: 7, severity: 'error', title: '搜索' }], 'zh', now, connectKeys)).toBe(
      '1024号，支付项目的收银台不可用，已持续1分钟。7号，支付项目的搜索不可用，已持续1分钟。' +
        '全部认领请按1，重听请按2，转给下一位请按9。',
    )
    expect(sayList([checkout], 'en', now, connectKeys)).toBe(
      'Ten twenty-four. Pay: Checkout down, for 1 minute. Press 1 to take all, 2 to repeat, 9 to pass them on.',
    )
  })

  test('a storm is not read out whole', () => {
    const storm = Array.from({ length: 60 }, (_, number) => ({ ...opened, number, title: '一'.repeat(40) }))
    const said = sayList(storm, 'zh', now, connectKeys)
    expect(said).toContain('另有50个。')
    expect(said.length).toBeLessThanOrEqual(3000)
  })
})

test.each([
  [sayAcknowledged([opened], 'zh'), '已认领1024号，再见。'],
  [sayAcknowledged([opened], 'en'), 'Acknowledged, ten twenty-four. Goodbye.'],
  [sayAcknowledged([opened, opened], 'zh'), '已认领2个告警，再见。'],
  [sayAcknowledged([opened, opened], 'en'), 'Acknowledged, two alerts. Goodbye.'],
  [sayPassed('王磊', 'zh'), '已转给王磊，再见。'],
  [sayPassed('Wang Lei', 'en'), 'Passed to Wang Lei. Goodbye.'],
  [sayPassed('王磊', 'en'), 'Passed to the next one. Goodbye.'],
  [sayPassed(undefined, 'zh'), '好的，将继续通知其他人，再见。'],
  [sayPassed(undefined, 'en'), 'All right, others will be told. Goodbye.'],
  [sayNoKey('zh'), '没有收到按键，稍后将再次呼叫或转给下一位。'],
  [sayNoKey('en'), 'No key received. We will call again or pass it on.'],
  [sayTaken('林悦', 'zh'), '林悦已认领，无需处理，再见。'],
  [sayTaken('Lin Yue', 'en'), 'Lin Yue has it. Nothing to do. Goodbye.'],
  [sayTaken('林悦', 'en'), 'It is taken care of. Nothing to do. Goodbye.'],
  [sayTaken(undefined, 'zh'), '告警已处理，无需操作，再见。'],
  [sayTaken(undefined, 'en'), 'It is taken care of. Nothing to do. Goodbye.'],
  [sayFailed('zh'), '系统还没有记录您的按键，请再按一次。'],
  [sayFailed('en'), 'Your key is not recorded yet. Please press it again.'],
])('%s', (said, expected) => {
  expect(said).toBe(expected)
})

test.each([
  [0, 'zero'],
  [7, 'seven'],
  [42, 'forty-two'],
  [100, 'one hundred'],
  [105, 'one oh five'],
  [124, 'one twenty-four'],
  [1000, 'one thousand'],
  [1005, 'ten oh five'],
  [1024, 'ten twenty-four'],
  [1100, 'eleven hundred'],
  [12000, 'twelve thousand'],
  [10245, 'one oh two forty-five'],
  [10002, 'one oh oh oh two'],
])('%i is said %s', (number, words) => {
  expect(spokenNumber(number)).toBe(words)
})
