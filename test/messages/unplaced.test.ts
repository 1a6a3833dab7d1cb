import { describe, expect, it } from 'vitest'
import type { Notice } from '../../shared/incidents/notice.ts'
import { compose } from '../../shared/messages/compose.ts'
import { plain } from '../../shared/messages/plain.ts'
import { chen, escalated, lin, messageOf, opened, wang } from './notices.ts'

const refused = { calls: 0, outcome: 'not-placed' as const }

describe('a phone that has not rung', () => {
  it.each<{ reason: string; notice: Notice; zh: string[]; en: string[] }>([
    {
      reason: 'a call that is still tried, and what went out meanwhile',
      notice: { ...opened, kind: 'unplaced', unplaced: [lin], meanwhile: ['sms'] },
      zh: ['#1024 林悦的电话暂时拨不出，仍在尝试', '支付 / 收银台', '已同时发送短信'],
      en: ['#1024 The call to 林悦 cannot be placed yet, it is still being tried', 'Sent meanwhile: SMS'],
    },
    {
      reason: 'a late opening does not say that somebody is being called',
      notice: { ...opened, unplaced: [lin] },
      zh: ['电话尚未拨出，仍在尝试呼叫 林悦，02:19 前无人认领转 王磊'],
      en: ['No phone has rung yet, still trying to call 林悦'],
    },
    {
      reason: 'one of two is being called',
      notice: { ...opened, calling: [lin, wang], unplaced: [lin] },
      zh: ['正在呼叫 林悦、王磊'],
      en: ['Calling 林悦, 王磊'],
    },
    {
      reason: 'whoever was never called has not failed to acknowledge',
      notice: {
        ...escalated,
        calling: [wang],
        tried: [
          { ...lin, ...refused },
          { ...chen, ...refused },
        ],
      },
      zh: ['林悦、陈涛的电话未能拨出，正在呼叫 王磊'],
      en: ['The call to 林悦, 陈涛 could not be placed. Calling 王磊'],
    },
    {
      reason: 'one of them was called',
      notice: {
        ...escalated,
        calling: [wang],
        tried: [
          { ...lin, calls: 1, outcome: 'unanswered' },
          { ...chen, ...refused },
        ],
      },
      zh: ['无人认领，正在呼叫 王磊'],
      en: ['Nobody acknowledged. Calling 王磊'],
    },
  ])('is told as that: $reason', ({ notice, zh, en }) => {
    for (const text of zh) expect(plain(compose(messageOf(notice)))).toContain(text)
    for (const text of en) expect(plain(compose({ ...messageOf(notice), language: 'en' }))).toContain(text)
  })
})
