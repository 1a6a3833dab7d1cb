import { describe, expect, it } from 'vitest'
import type { Notice } from '../../shared/incidents/notice.ts'
import { compose } from '../../shared/messages/compose.ts'
import { acknowledged, at, escalated, inEnglish, lin, messageOf, opened } from './notices.ts'

function lines(notice: Notice, language: 'zh' | 'en'): string[] {
  const { title, lines } = compose(messageOf(language === 'en' ? inEnglish(notice) : notice, { language }))
  return [title, ...lines.map(({ spans }) => spans.map(({ text }) => text).join(''))]
}

const cause = { code: 'silenced', args: { silence: 's1', by: '林悦', comment: 'upgrade' } } as const
const paused: Notice = { ...opened, kind: 'paused', pause: cause, until: at('04:13'), calling: [], next: [] }

describe('what pages nobody for now is told', () => {
  it('with the reason and until when', () => {
    expect(lines(paused, 'zh')).toEqual([
      '暂不呼叫 | 严重 不可用 | 支付 / 收银台 #1024',
      '04:13 前不呼叫：林悦设置的静默 s1：upgrade',
    ])
    expect(lines(paused, 'en').at(-1)).toBe('Nobody is paged until 04:13: silence s1 by 林悦: upgrade')
  })

  it('before its end with what still burns', () => {
    const [title, until, since] = lines({ ...paused, kind: 'pause-ends' }, 'en')
    expect([title, until]).toEqual([
      'PAGES SOON | CRITICAL DOWN | pay / Checkout #1024',
      'Unless it recovers, people are paged from 04:13 on. Until then: silence s1 by 林悦: upgrade',
    ])
    expect(since).toMatch(/^Since 02:13/)
  })

  it.each([
    [{ code: 'maintenance', args: { window: 'database' } }, '维护时段 database', 'maintenance, database'],
    [
      { code: 'silenced', args: { silence: 'm1', by: 'lin', comment: 'upgrade', maintenance: true } },
      'lin 计划的维护 m1：upgrade',
      'maintenance m1 by lin: upgrade',
    ],
    [
      { code: 'held', args: { window: '22:00-09:00' } },
      '策略在 22:00-09:00 不为此打扰',
      'its policy holds it back, 22:00-09:00',
    ],
    [{ code: 'delayed', args: { ms: 300_000 } }, '策略先等 5 分钟', 'its policy waits 5 min first'],
  ] as const)('because of %j', (pause, zh, en) => {
    expect(lines({ ...paused, pause }, 'zh').at(-1)).toBe(`04:13 前不呼叫：${zh}`)
    expect(lines({ ...paused, pause }, 'en').at(-1)).toBe(`Nobody is paged until 04:13: ${en}`)
  })
})

it('by an inhibition, without an end that nobody knows', () => {
  const pause = { code: 'inhibited', args: { rule: 'rack', number: 1023 } } as const

  expect(lines({ ...paused, pause }, 'zh').at(-1)).toBe('暂不呼叫：规则 rack，因 #1023 未结束')
  expect(lines({ ...paused, pause }, 'en').at(-1)).toBe('Nobody is paged for now: rule rack, as #1023 is open')
})

describe('an acknowledgement that ends is told', () => {
  const ending: Notice = { ...acknowledged, ackEndsAt: at('04:15') }

  it('with when it pages again, at once and before its end', () => {
    expect(lines(ending, 'zh').at(-1)).toBe('04:15 未恢复也未再次认领，将再次呼叫')
    expect(lines({ ...ending, kind: 'ack-ends' }, 'zh')[0]).toBe('#1024 林悦的认领即将到期')
    expect(lines({ ...ending, kind: 'ack-ends' }, 'en').at(-1)).toBe(
      'Unless it recovers or is acknowledged again, it pages again at 04:15',
    )
  })

  it.each([
    ['expired', '林悦于 02:15 认领，到期未续', '林悦 took it at 02:15 and has not renewed that'],
    ['snooze-over', '林悦于 02:15 设置的稍后提醒到时', '林悦 snoozed it at 02:15, and that is over'],
    ['given-back', '林悦于 02:15 放弃认领', '林悦 gave it back at 02:15'],
    ['escalated', '林悦于 02:15 要求升级', '林悦 escalated it at 02:15'],
  ] as const)('once it pages again: %s', (why, zh, en) => {
    const again: Notice = { ...escalated, lapse: { why, action: { at: at('02:15'), by: lin, via: 'cli' } } }
    expect(lines(again, 'zh')).toContain(zh)
    expect(lines(again, 'en')).toContain(en)
    expect(lines(again, 'zh').join()).not.toContain('无人认领，正在')
  })
})
