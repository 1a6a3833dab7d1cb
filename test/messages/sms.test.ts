import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Notice } from '../../shared/incidents/notice.ts'
import { isGsm7 } from '../../shared/messages/gsm7.ts'
import { smsSlots, smsTemplates, smsText } from '../../shared/messages/sms.ts'
import { acknowledged, at, exhausted, inEnglish, lin, messageOf, opened, passed, resolved, wang } from './notices.ts'

const page: Notice = { ...opened, kind: 'page' }

describe('the slots of approved templates', () => {
  test('page', () => {
    expect(smsSlots(messageOf(page))).toEqual({
      template: 'page',
      params: ['1024', '支付', '收银台', '不可用', '02:13', '广州、杭州', '林悦'],
    })
  })

  test('page, with a vantage that knows nothing: it is not said to be affected', () => {
    const sightings = opened.sightings.map((one) => ({ ...one }))
    const silent = sightings.map((one, index) =>
      index === 1 ? { vantage: one.vantage, verdict: 'unknown' as const } : one,
    )
    expect(smsSlots(messageOf({ ...page, sightings: silent }))?.params[5]).toBe('广州')
  })

  test('page of what one vantage sees and others do not', () => {
    expect(smsSlots(messageOf({ ...page, state: 'partial' }))?.params.slice(3, 6)).toEqual([
      '局部异常',
      '02:13',
      '广州、杭州',
    ])
  })

  describe('of several incidents name the first and count them all', () => {
    const digest = (notice: Notice, count: number) => ({
      ...messageOf(notice),
      digest: { of: Array.from({ length: count }, () => ({ notice, repeat: false })), more: 0 },
    })

    test.each([
      [page, 98, '收银台等98项'],
      [page, 1, '收银台'],
      [{ ...page, title: '华东二区订单结算与对账服务' }, 1_000, '华东二区订单等1000项'],
      [resolved, 2, '收银台等2项'],
    ])('%#', (notice, count, title) => {
      const slots = smsSlots(digest(notice, count), '示例科技')
      expect(slots?.params[2]).toBe(title)
      expect(smsText(digest(notice, count), '示例科技')?.length).toBeLessThanOrEqual(70)
    })

    test('in English, too', () => {
      expect(smsText({ ...digest(inEnglish(page), 98), language: 'en' })).toContain('Checkout +97 ')
    })
  })

  test('resolved, by whoever acknowledged', () => {
    expect(smsSlots(messageOf(resolved))).toEqual({
      template: 'resolved',
      params: ['1024', '支付', '收银台', '02:25', '12分钟', '林悦'],
    })
  })

  test('resolved before anybody acknowledged', () => {
    const { acknowledged: _, ...alone } = resolved
    expect(smsSlots(messageOf(alone))?.params[5]).toBe('系统自动')
  })

  test('exhausted', () => {
    expect(smsSlots(messageOf(exhausted))).toEqual({
      template: 'exhausted',
      params: ['1024', '支付', '收银台', '不可用', '02:13', '10'],
    })
  })

  test('exhausted without a template of its own is a page that calls everybody', () => {
    expect(smsSlots(messageOf(exhausted), '', ['page', 'resolved'])).toEqual({
      template: 'page',
      params: ['1024', '支付', '收银台', '不可用', '02:13', '广州、杭州', '全体值班人'],
    })
  })

  test('acknowledgements and passing on are no text messages', () => {
    expect(smsSlots(messageOf(acknowledged))).toBeUndefined()
    expect(smsSlots(messageOf(passed))).toBeUndefined()
  })

  test('a possible repeat differs from the first text', () => {
    expect(smsSlots(messageOf(page, { repeat: true }))?.params[0]).toBe('可能重复1024')
  })

  test.each([
    ['a host name', 'api.pay.example.com', 'api'],
    ['a URL', '支付 https://pay.example.com/x?y=1 接口', '支付 接口'],
    ['an address', '10.0.3.7:8443 网关', '网关'],
    ['an IPv6 address', '2001:db8::1 网关', '网关'],
    ['a version with a dot', '网关 v2.1', '网关 v2 1'],
    ['a wide dot', '网关．内网', '网关 内网'],
    ['brackets and braces', '网关{1}【内】', '网关 1 内'],
    ['nothing that can be said', '...', 'web'],
    ['a long name', '一二三四五六七八九十一二三四', '一二三四五六七八九十一二'],
  ])('%s in the title', (_, title, slot) => {
    expect(smsSlots(messageOf({ ...page, title }))?.params[2]).toBe(slot)
  })

  test('many vantages are counted, several people named by the first', () => {
    const sightings = ['sg', 'tokyo', 'frankfurt', 'london'].map((name) => ({
      vantage: `aws/${name}`,
      verdict: 'down' as const,
    }))
    const params = smsSlots(messageOf({ ...page, sightings, calling: [lin, wang] }))?.params
    expect(params?.slice(5)).toEqual(['4处中4处', '林悦等2人'])
  })
})

describe('the templates', () => {
  test('zh is what was agreed for approval', () => {
    expect(smsTemplates.zh.page).toBe(
      '值班告警{1}号：{2}项目的{3}处于{4}状态，始于{5}，影响{6}。正在呼叫{7}，请尽快认领。',
    )
    expect(smsTemplates.zh.resolved).toBe('值班恢复{1}号：{2}项目的{3}已于{4}恢复，持续{5}，由{6}处理。无需操作。')
  })

  test.each(Object.values(smsTemplates).flatMap((templates) => Object.values(templates)))('%s', (text) => {
    const variables = [...text.matchAll(/\{(\d)\}/g)].map((match) => Number(match[1]))
    expect(variables).toEqual(variables.map((_, index) => index + 1))
    expect(text).not.toMatch(/\}\{/)
  })

  test('the three of one language differ', () => {
    for (const templates of Object.values(smsTemplates)) expect(new Set(Object.values(templates)).size).toBe(3)
  })
})

describe('the whole text', () => {
  test('zh', () => {
    expect(smsText(messageOf(page), '示例科技')).toBe(
      '【示例科技】值班告警1024号：支付项目的收银台处于不可用状态，始于02:13，影响广州、杭州。正在呼叫林悦，请尽快认领。',
    )
    expect(smsText(messageOf(resolved), '示例科技')).toBe(
      '【示例科技】值班恢复1024号：支付项目的收银台已于02:25恢复，持续12分钟，由林悦处理。无需操作。',
    )
    expect(smsText(messageOf(exhausted))).toBe(
      '值班告警1024号无人认领：支付项目的收银台处于不可用状态，始于02:13，已呼叫10次。请立即认领。',
    )
  })

  test('en', () => {
    const english = { language: 'en' } as const
    expect(smsText(messageOf(inEnglish(page), english))).toBe(
      'FENGHUO 1024 CRITICAL: pay / Checkout DOWN since 02:13 (UTC+8). Tencent, Alibaba fail; AWS OK. ' +
        'Calling Lin Yue. Ack: by the key in the call, or in chat.',
    )
    expect(smsText(messageOf(inEnglish({ ...page, withoutPhone: true }), english))).toBe(
      'FENGHUO 1024 CRITICAL: pay / Checkout DOWN since 02:13 (UTC+8). Tencent, Alibaba fail; AWS OK. ' +
        'Told: Lin Yue. No call: ack in chat.',
    )
    expect(smsText(messageOf(inEnglish(resolved), english))).toBe(
      'FENGHUO 1024 RECOVERED: pay / Checkout at 02:25 (UTC+8), after 12 min. Handled by Lin Yue. Nothing to do.',
    )
    expect(smsText(messageOf(inEnglish(exhausted), english))).toBe(
      'FENGHUO 1024 CRITICAL, NOBODY ANSWERED: pay / Checkout DOWN since 02:13 (UTC+8). 10 calls made. Ack it now in chat.',
    )
  })

  test('en names what has only a Chinese name by its key', () => {
    expect(smsText(messageOf(page, { language: 'en' }))).toBe(
      'FENGHUO 1024 CRITICAL: pay / web DOWN since 02:13 (UTC+8). Tencent, Alibaba fail; AWS OK. ' +
        'Calling lin. Ack: by the key in the call, or in chat.',
    )
  })

  test('any names: one segment, and slots that a vendor takes', () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.stringMatching(/^[a-z]{1,8}(\.[a-z]{2,5}){0,3}$/),
      fc.string({ unit: fc.constantFrom('支', '付', '网', '关', 'é', 'Ł', '.', ' '), maxLength: 40 }),
    )
    const notice = fc.record({
      base: fc.constantFrom(page, resolved, exhausted),
      title: name,
      projectTitle: name,
      calling: fc.array(fc.record({ contact: name, name }), { maxLength: 4 }),
      number: fc.integer({ min: 1, max: 99_999 }),
      openedAt: fc.constantFrom(at('02:13'), at('02:13') - 86_400_000 * 40),
    })
    const sign = fc.constantFrom('', '示例科技', '示例科技有限公司')
    fc.assert(
      fc.property(notice, sign, fc.boolean(), ({ base, ...changes }, signature, repeat) => {
        const message = messageOf({ ...base, ...changes }, { repeat })
        const params = smsSlots(message, signature)?.params ?? []
        for (const param of params) {
          expect(param.length).toBeGreaterThan(0)
          expect(param.length).toBeLessThanOrEqual(12)
          expect(param).not.toMatch(/[./\\@{}【】．。]/)
        }
        expect(smsText(message, signature)?.length).toBeLessThanOrEqual(70)
        const english = smsText({ ...message, language: 'en' }) ?? ''
        expect(english.length).toBeLessThanOrEqual(160)
        expect(isGsm7(english)).toBe(true)
      }),
    )
  })
})
