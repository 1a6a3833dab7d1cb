import { describe, expect, test } from 'vitest'
import { bytes } from '../../shared/messages/cut.ts'
import {
  composeLastResort,
  type LastResortNotice,
  lastResortTemplates,
  lastResortText,
  type Trouble,
} from '../../shared/messages/last-resort.ts'
import { plain } from '../../shared/messages/plain.ts'
import { at } from './notices.ts'

const trouble = (changes: Partial<Trouble> = {}): Trouble => ({
  check: 'pay/web',
  project: 'pay',
  title: '收银台',
  state: 'down',
  since: at('02:13'),
  fault: { code: 'connection-refused', args: {} },
  urgent: true,
  ...changes,
})

const notice = (changes: Partial<LastResortNotice> = {}): LastResortNotice => ({
  vantage: 'tencent/ap-guangzhou',
  at: at('02:17'),
  lostSince: at('02:14'),
  language: 'zh',
  timezone: 'Asia/Shanghai',
  troubles: [
    trouble(),
    trouble({
      check: 'pay/api',
      title: '接口',
      state: 'degraded',
      fault: { code: 'timeout', args: { limitMs: 5000 } },
    }),
  ],
  ...changes,
})

test('in Chinese', () => {
  expect(plain(composeLastResort(notice())).split('\n')).toEqual([
    '兜底通知 | 2 项异常 | 腾讯云广州',
    '02:14 起告警队列不可达：由探针直接告知，没有呼叫任何人，请立即查看',
    'pay / 收银台：不可用，起于 02:13，连接被拒绝',
    'pay / 接口：变慢，起于 02:13，超时 5.0s',
    expect.stringMatching(/^烽火 .* 02:17 \(UTC\+8\)$/),
  ])
})

test('in English', () => {
  const { subject, text } = lastResortText(notice({ language: 'en', troubles: [trouble({ title: 'Checkout' })] })).mail
  expect(subject).toBe('[烽火] LAST RESORT | 1 check in trouble | Tencent Guangzhou')
  expect(text.split('\n').slice(1, 3)).toEqual([
    'No alert queue can be reached since 02:14: the probe tells you itself, nobody is being called. Please look now',
    'pay / Checkout: DOWN since 02:13, connection refused',
  ])
})

describe('a text message', () => {
  const filled = (of: LastResortNotice) =>
    lastResortTemplates[of.language].named.replace(/\$\{(\w+)\}/g, (_, name) => lastResortText(of).slots[name] ?? '?')

  test('names the worst, and how many more there are', () => {
    expect(filled(notice())).toBe(
      '兜底通知：pay项目的收银台等2项处于不可用状态，始于02:13。告警队列不可达，由广州探针直接告知。',
    )
    expect(filled(notice({ language: 'en' }))).toBe(
      'LAST RESORT: pay / web +1 is down since 02:13. No alert queue is reached, told by the probe at Guangzhou.',
    )
  })

  test('has the same variables for both vendors, in the same order', () => {
    for (const { numbered, named } of Object.values(lastResortTemplates)) {
      expect(numbered.match(/\{\d\}/g)).toEqual(['{1}', '{2}', '{3}', '{4}', '{5}'])
      expect(named.replace(/\$\{\w+\}/g, '')).toBe(numbered.replace(/\{\d\}/g, ''))
      expect(named.match(/(?<=\{)\w+/g)).toEqual(Object.keys(lastResortText(notice()).slots))
    }
  })

  test('fits one segment and the vendors’ variables, whatever the names are', () => {
    const long = trouble({ project: 'a-very-long-project-name', title: 'api.pay.example.com 收银台主流程可用性' })
    for (const language of ['zh', 'en'] as const) {
      for (const troubles of [[long], Array.from({ length: 120 }, () => long)]) {
        const crowded = notice({ language, troubles, lostSince: at('02:14') - 86_400_000 })
        for (const text of Object.values(lastResortText(crowded).slots)) {
          expect(text.length).toBeLessThanOrEqual(12)
          expect(text).not.toMatch(/[./]/)
        }
      }
    }
    expect(`【示例科技】${filled(notice())}`.length).toBeLessThanOrEqual(70)
  })

  test('of nothing is none', () => expect(lastResortText(notice({ troubles: [] })).slots).toEqual({}))
})

test('a robot gets what fits', () => {
  const crowd = composeLastResort(notice({ troubles: Array.from({ length: 100 }, () => trouble()) }))
  expect(bytes(plain(crowd))).toBeGreaterThan(2048)
  expect(crowd.lines[0]?.keep).toBe(true)
})
