import { describe, expect, test } from 'vitest'
import type { Notice } from '../../shared/incidents/notice.ts'
import { compose } from '../../shared/messages/compose.ts'
import type { Message } from '../../shared/messages/message.ts'
import {
  acknowledged,
  at,
  escalated,
  exhausted,
  inEnglish,
  lin,
  messageOf,
  opened,
  passed,
  resolved,
} from './notices.ts'

/** A composition as lines: [bad], (good) and <mention> spans marked, then the links. */
function lines(notice: Notice, changes: Partial<Message> = {}): string[] {
  const { head, lines, links } = compose(messageOf(notice, changes))
  const show = (spans: typeof head): string =>
    spans
      .map(({ text, tone, mention }) => {
        if (mention) return `<${mention.contact}>`
        return tone === 'bad' ? `[${text}]` : tone === 'good' ? `{${text}}` : text
      })
      .join('')
  const linked = links.map((link) => link.text).join(' | ')
  return [show(head), ...lines.map((line) => show(line.spans)), ...(linked ? [linked] : [])]
}

const english = (notice: Notice): string[] => lines(inEnglish(notice), { language: 'en' })

describe('every notice kind in Chinese', () => {
  test('opened', () => {
    expect(lines(opened)).toEqual([
      '[严重 不可用 | 支付 / 收银台] #1024',
      '起于 02:13，已 1 分钟，3 处中 2 处失败',
      '腾讯云广州：[连接超时 5.0s]',
      '阿里云杭州：[HTTP 502，213ms]',
      'AWS 新加坡：{正常，182ms}',
      '目标：https://pay.example.com/healthz',
      '正在呼叫 <lin>，02:19 前无人认领转 王磊',
      '认领 | 详情 | 手册',
    ])
  })

  test('page says the same to one person', () => {
    expect(lines({ ...opened, kind: 'page' })).toEqual(lines(opened))
  })

  test('escalated', () => {
    expect(lines(escalated)).toEqual([
      '[升级 | 严重 不可用 | 支付 / 收银台] #1024',
      '起于 02:13，已 6 分钟，3 处中 2 处失败',
      '无人认领，正在呼叫 <wang>，02:24 前无人认领转 陈涛',
      '认领 | 详情 | 手册',
    ])
  })

  test('acknowledged', () => {
    expect(lines(acknowledged)).toEqual(['#1024 林悦已认领（电话按 1，48 秒）', '支付 / 收银台', '详情'])
  })

  test('passed', () => {
    expect(lines(passed)).toEqual([
      '#1024 林悦已转给王磊',
      '支付 / 收银台',
      '正在呼叫 <wang>，02:24 前无人认领转 陈涛',
      '认领 | 详情 | 手册',
    ])
  })

  test('exhausted', () => {
    expect(lines(exhausted)).toEqual([
      '[无人认领 | 严重 不可用 | 支付 / 收银台] #1024',
      '起于 02:13，已 41 分钟。2 轮 3 层 10 次呼叫，无人认领',
      '林悦 ×4：未接',
      '王磊 ×4：接通未按键（疑似语音信箱）',
      '陈涛 ×2：忙线',
      '03:24 再次全部呼叫，直到有人认领或恢复',
      '认领 | 详情 | 手册',
    ])
  })

  test('resolved', () => {
    expect(lines(resolved)).toEqual([
      '{已恢复 | 支付 / 收银台} #1024',
      '02:13 – 02:25，共 12 分钟',
      '3 处全部正常：广州 141ms，杭州 156ms，新加坡 182ms',
      '认领：林悦 02:13（电话按 1，用时 48 秒）',
      '呼叫 1 次，短信 1 条',
      '详情',
    ])
  })
})

describe('every notice kind in English', () => {
  test('opened', () => {
    expect(english(opened)).toEqual([
      '[CRITICAL DOWN | pay / Checkout] #1024',
      'Since 02:13, for 1 min, 2 of 3 vantages fail',
      'Tencent Guangzhou: [timeout 5.0s (connect)]',
      'Alibaba Hangzhou: [HTTP 502, 213ms]',
      'AWS Singapore: {OK, 182ms}',
      'Target: https://pay.example.com/healthz',
      'Calling <lin>. Unless acknowledged by 02:19, next: Wang Lei',
      'Acknowledge | Details | Runbook',
    ])
  })

  test('escalated', () => {
    expect(english(escalated)).toEqual([
      '[ESCALATED | CRITICAL DOWN | pay / Checkout] #1024',
      'Since 02:13, for 6 min, 2 of 3 vantages fail',
      'Nobody acknowledged. Calling <wang>. Unless acknowledged by 02:24, next: Chen Tao',
      'Acknowledge | Details | Runbook',
    ])
  })

  test('acknowledged', () => {
    expect(english(acknowledged)).toEqual([
      '#1024 Lin Yue has it (pressed 1 on the phone, 48 s)',
      'pay / Checkout',
      'Details',
    ])
  })

  test('passed', () => {
    expect(english(passed)[0]).toBe('#1024 Lin Yue passed it to Wang Lei')
  })

  test('exhausted', () => {
    expect(english(exhausted)).toEqual([
      '[NOBODY ANSWERED | CRITICAL DOWN | pay / Checkout] #1024',
      'Since 02:13, for 41 min. 2 rounds, 3 layers, 10 calls, nobody acknowledged',
      'Lin Yue ×4: no answer',
      'Wang Lei ×4: answered, no key pressed (voicemail?)',
      'Chen Tao ×2: busy',
      'Everybody is called again at 03:24, until somebody acknowledges or it recovers',
      'Acknowledge | Details | Runbook',
    ])
  })

  test('resolved', () => {
    expect(english(resolved)).toEqual([
      '{RECOVERED | pay / Checkout} #1024',
      '02:13 – 02:25, 12 min in all',
      'All 3 vantages OK: Guangzhou 141ms, Hangzhou 156ms, Singapore 182ms',
      'Acknowledged: Lin Yue 02:13 (pressed 1 on the phone, after 48 s)',
      '1 call, 1 text message',
      'Details',
    ])
  })
})

describe('what varies', () => {
  const line = (changes: Partial<Notice>, index: number): string | undefined => lines({ ...opened, ...changes })[index]

  test.each([
    ['error', 'degraded', '错误 变慢'],
    ['warning', 'unknown', '警告 无数据'],
    ['info', undefined, '提示 告警'],
  ] as const)('severity %s, state %s reads %s', (severity, state, words) => {
    const { state: _, ...rest } = opened
    const notice: Notice = { ...rest, severity, ...(state ? { state } : {}) }
    expect(lines(notice)[0]).toBe(`[${words} | 支付 / 收银台] #1024`)
  })

  test('an alert from elsewhere tells its summary and where it comes from', () => {
    const { state: _, runbook: __, until: ___, ...rest } = opened
    const alert: Notice = {
      ...rest,
      sightings: [],
      summary: 'p99 over 2 s\nfor 10 min',
      source: 'grafana',
      calling: [],
      links: [{ href: 'https://grafana.example.com/d/1' }],
    }
    expect(lines(alert)).toEqual([
      '[严重 告警 | 支付 / 收银台] #1024',
      '起于 02:13，已 1 分钟',
      'p99 over 2 s for 10 min',
      '来源：grafana',
      '认领 | 详情 | grafana.example.com',
    ])
  })

  test('what has begun this moment has lasted no time', () => {
    const begun = { ...opened, openedAt: opened.at, sightings: [] }
    expect(lines(begun)[1]).toBe('起于 02:14')
    expect(english(begun)[1]).toBe('Since 02:14')
  })

  test('only one of several vantages has data', () => {
    const sightings = opened.sightings.map((s, i) =>
      i === 0 ? s : { vantage: s.vantage, verdict: 'unknown' as const },
    )
    expect(line({ sightings }, 1)).toBe('起于 02:13，已 1 分钟，3 处中仅 1 处有数据')
    expect(line({ sightings }, 3)).toBe('阿里云杭州：[无数据]')
  })

  test('failing vantages come first, and no more than ten are listed', () => {
    const many = Array.from({ length: 14 }, (_, i) => ({
      vantage: `aws/zone-${i}`,
      verdict: i === 13 ? ('down' as const) : ('up' as const),
    }))
    const shown = lines({ ...opened, sightings: many })
    expect(shown[2]).toBe('AWS zone-13：[失败]')
    expect(shown[12]).toBe('另有 4 处')
  })

  test('an incident of yesterday shows its date', () => {
    expect(line({ openedAt: Date.parse('2026-11-21T23:50:00+08:00') }, 1)).toMatch(
      /^起于 11-21 23:50，已 2 小时 24 分钟/,
    )
  })

  test('a user name and password in the target are not shown', () => {
    expect(line({ source: 'https://bot:hunter2@pay.example.com/x' }, 5)).toBe('目标：https://pay.example.com/x')
  })

  test('nobody is next: everybody will be told', () => {
    expect(lines({ ...opened, next: [] })[6]).toBe('正在呼叫 <lin>，02:19 前无人认领将告知全员')
  })

  test('nobody is said to be called where no phone rings', () => {
    expect(lines({ ...opened, withoutPhone: true })[6]).toBe('已发短信或邮件给 <lin>，02:19 前无人认领转 王磊')
  })

  test('several are called', () => {
    const calling = [lin, { contact: 'wang', name: '王磊' }]
    expect(lines({ ...opened, calling })[6]).toBe('正在呼叫 <lin>、<wang>，02:19 前无人认领转 王磊')
  })

  test('a possible repeat says so in head and title', () => {
    const composition = compose(messageOf(opened, { repeat: true }))
    expect(composition.title).toBe('严重 不可用 | 支付 / 收银台 #1024（可能重复）')
    expect(compose(messageOf(opened)).title).toBe('严重 不可用 | 支付 / 收银台 #1024')
  })

  test('the footer names the speaker and the zone', () => {
    expect(compose(messageOf(opened)).footer).toBe('烽火 2026-11-22 02:14 (UTC+8)')
    expect(compose(messageOf(opened, { timezone: 'Asia/Kolkata' })).footer).toBe('烽火 2026-11-21 23:44 (UTC+5:30)')
  })

  test('recovered before anybody acknowledged', () => {
    const { acknowledged: _, ...alone } = resolved
    expect(lines(alone)[3]).toBe('无人认领，自行恢复')
    expect(lines({ ...alone, calls: 0, texts: 0 })).toHaveLength(4)
  })

  test('closed by a person', () => {
    const closed = { ...resolved, resolved: { at: at('02:25'), by: lin, via: 'cli' as const } }
    expect(lines(closed)[0]).toBe('{已关闭 | 支付 / 收银台} #1024')
    expect(lines(closed)[4]).toBe('关闭：林悦（命令行）')
  })

  test('neither recoveries, acknowledgements nor exhaustion mention anybody', () => {
    for (const notice of [resolved, acknowledged, exhausted]) {
      const spans = compose(messageOf({ ...notice, calling: [lin] })).lines.flatMap((found) => found.spans)
      expect(spans.filter((span) => span.mention)).toEqual([])
    }
  })

  test('without a base URL there is no link but the runbook', () => {
    expect(compose(messageOf(opened, { links: {} })).links.map((link) => link.text)).toEqual(['手册'])
    const links = { acknowledge: 'https://a.example.com/ack?t=x', elsewhere: 'https://b.example.com/ack?t=x' }
    const written = compose(messageOf(opened, { links })).links
    expect(written.map(({ text }) => text)).toEqual(['认领', '打不开时认领', '手册'])
    expect(written[1]?.href).toBe(links.elsewhere)
    expect(compose(messageOf(acknowledged, { links })).links).toEqual([])
  })
})
