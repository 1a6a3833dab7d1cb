import { describe, expect, it } from 'vitest'
import type { Notice } from '../../shared/incidents/notice.ts'
import { compose } from '../../shared/messages/compose.ts'
import { bytes } from '../../shared/messages/cut.ts'
import { digestBytes, digestRoom } from '../../shared/messages/digest.ts'
import { render, withoutMarkup } from '../../shared/messages/markup.ts'
import type { Message } from '../../shared/messages/message.ts'
import { plain } from '../../shared/messages/plain.ts'
import { acknowledged, exhausted, messageOf, opened, resolved } from './notices.ts'

const login: Notice = { ...opened, number: 1025, title: '登录', severity: 'warning' }

const digestOf = (notices: Notice[], changes: Partial<Message> = {}, more = 0): Message => ({
  ...messageOf(notices[0] ?? opened, { links: {} }),
  digest: { of: notices.map((notice) => ({ notice, repeat: notice === login })), more },
  ...changes,
})

describe('a digest', () => {
  it.each([
    {
      language: 'zh' as const,
      lines: [
        '4 张告警单有新消息',
        '无人认领 | 严重 不可用 | 支付 / 收银台 #1024，起于 02:13',
        '警告 不可用 | 支付 / 登录 #1025，起于 02:13（可能重复）',
        '#1024 林悦已认领（电话按 1，48 秒） | 支付 / 收银台，起于 02:14',
        '已恢复 | 支付 / 收银台 #1024，02:13 – 02:25',
        '另有 12 张告警单的消息稍后发出',
      ],
    },
    {
      language: 'en' as const,
      lines: [
        'News of 4 incidents',
        'NOBODY ANSWERED | CRITICAL DOWN | 支付 / 收银台 #1024, since 02:13',
        'WARNING DOWN | 支付 / 登录 #1025, since 02:13 (may be a repeat)',
        '#1024 林悦 has it (pressed 1 on the phone, 48 s) | 支付 / 收银台, since 02:14',
        'RECOVERED | 支付 / 收银台 #1024, 02:13 – 02:25',
        '12 more follow in a moment',
      ],
    },
  ])('has a line for each incident, marks what may be a repeat, and counts the rest, in $language', ({
    language,
    lines,
  }) => {
    const written = plain(compose(digestOf([exhausted, login, acknowledged, resolved], { language }, 12))).split('\n')

    expect(written.slice(0, -1)).toEqual(lines)
  })

  it('has no link that acknowledges only one of them', () => {
    const message = digestOf([exhausted, login], { links: { acknowledge: 'https://ack.example.com' } })

    expect(compose(message).links).toEqual([])
    const detail = 'https://console.example.com'
    expect(compose(digestOf([exhausted, login], { links: { detail } })).links).toEqual([{ text: '详情', href: detail }])
  })

  it.each([2_048, 16_000])('of as many as fit into %d bytes is written without leaving any out', (maxBytes) => {
    const notices = Array.from({ length: 300 }, (_, index) => ({
      ...opened,
      number: 1_000 + index,
      title: '<很长的名字*>'.repeat(5),
    }))
    const room = digestRoom(maxBytes)
    let count = 0
    for (let taken = 0; count < 300; count++) {
      taken += digestBytes(messageOf(notices[count] ?? opened))
      if (taken > room) break
    }
    const digest = notices.slice(0, count)
    const markup = render(
      compose(digestOf(digest, {}, 1_000)),
      {
        escape: withoutMarkup,
        bad: (text) => `<font color="warning">${text}</font>`,
        good: (text) => text,
        mention: ({ name }) => name,
        link: ({ href }) => href,
        head: (text) => text,
        line: (text) => `> ${text}`,
        footer: true,
      },
      maxBytes,
      'zh',
    )

    expect(count).toBeGreaterThan(3)
    expect(bytes(markup)).toBeLessThanOrEqual(maxBytes)
    for (const { number } of digest) expect(markup).toContain(`#${number}，`)
  })
})
