import { describe, expect, it } from 'vitest'
import { addressMasks } from '../../shared/config/oncall-file.ts'
import { difference } from '../../shared/oncall/difference.ts'
import type { Directory } from '../../shared/oncall/plan.ts'

const before: Directory = {
  contacts: {
    lin: { name: '林悦', phone: '+8613800000001', email: 'lin@example.com' },
    wang: { name: '王磊', phone: '+8613800000002' },
  },
  schedules: {
    sre: { rotation: ['lin', 'wang'], handoff: 'Mon 10:00', timezone: 'Asia/Shanghai', start: '2026-11-23' },
  },
  overrides: [{ schedule: 'sre', contact: 'wang', from: '2026-12-05 18:00', to: '2026-12-07 10:00' }],
}

const lines = (old: Directory | undefined, now: Directory) => difference(old, now, addressMasks).map(({ line }) => line)

describe('the difference', () => {
  it('is everything when nothing is stored yet', () => {
    expect(lines(undefined, before)).toEqual([
      '+ contact lin: name 林悦, phone ****0001, email l***@example.com',
      '+ contact wang: name 王磊, phone ****0002',
      '+ schedule sre: rotation lin → wang, handoff Mon 10:00, timezone Asia/Shanghai, start 2026-11-23',
      '+ override sre wang 2026-12-05 18:00 – 2026-12-07 10:00: note (none)',
    ])
  })

  it('is nothing when only the order of keys differs', () => {
    const shuffled = structuredClone(before)
    shuffled.contacts = {
      wang: { phone: '+8613800000002', name: '王磊' },
      lin: { email: 'lin@example.com', name: '林悦', phone: '+8613800000001' },
    }
    expect(difference(before, shuffled, addressMasks)).toEqual([])
  })

  it('tells what changes, from what to what', () => {
    const after = structuredClone(before)
    after.contacts.lin = { name: '林悦', phone: '+8613800000009', language: 'en' }
    after.schedules.sre = { rotation: ['wang', 'lin'], handoff: 'Mon 10:00', timezone: 'UTC', start: '2026-11-23' }
    after.overrides = [
      { schedule: 'sre', contact: 'wang', from: '2026-12-05 18:00', to: '2026-12-07 10:00', note: '休假' },
    ]
    expect(difference(before, after, addressMasks)).toEqual([
      {
        action: 'change',
        what: 'contact',
        name: 'lin',
        line: '~ contact lin: phone ****0001 → ****0009, email l***@example.com → (none), language (none) → en',
      },
      {
        action: 'change',
        what: 'schedule',
        name: 'sre',
        line: '~ schedule sre: rotation lin → wang → wang → lin, timezone Asia/Shanghai → UTC',
      },
      {
        action: 'change',
        what: 'override',
        name: 'sre wang 2026-12-05 18:00 – 2026-12-07 10:00',
        line: '~ override sre wang 2026-12-05 18:00 – 2026-12-07 10:00: note (none) → 休假',
      },
    ])
  })

  it('tells what comes and what goes', () => {
    const after: Directory = {
      contacts: { chen: { name: '陈涛', email: 'chen@example.com' } },
      schedules: {},
      overrides: [],
    }
    expect(
      difference(before, after, addressMasks).map(({ action, what, name }) => `${action} ${what} ${name}`),
    ).toEqual([
      'remove contact lin',
      'remove contact wang',
      'add contact chen',
      'remove schedule sre',
      'remove override sre wang 2026-12-05 18:00 – 2026-12-07 10:00',
    ])
  })

  it('never shows a whole phone number', () => {
    const after = structuredClone(before)
    after.contacts.lin = { name: '林悦', phone: '+6590000001', dingtalk: '+8613900000001' }
    const shown = [...lines(undefined, after), ...lines(before, after), ...lines(after, before)].join('\n')
    expect(shown).toContain('****0001')
    expect(shown).not.toMatch(/\d{5}/)
  })

  it('never shows a whole mail address', () => {
    const after = structuredClone(before)
    after.contacts.lin = { name: '林悦', email: 'li@example.com' }
    after.contacts.chen = { name: '陈涛', email: 'chen.tao@ops.example.com' }
    expect(lines(before, after)).toEqual([
      '~ contact lin: phone ****0001 → (none), email l***@example.com → another l***@example.com',
      '+ contact chen: name 陈涛, email c***@ops.example.com',
    ])
  })

  it('shows ids of chats whole or by their beginning, and what no channel knows not at all', () => {
    const chats = { wecom: 'linyue', feishu: 'ou_7d8a6e6df7621556ce0d21922b676706ccs', gone: 'lin@chat.example.com' }
    expect(lines(undefined, { contacts: { lin: { name: '林悦', ...chats } }, schedules: {}, overrides: [] })).toEqual([
      '+ contact lin: name 林悦, wecom linyue, feishu ou_7d8a6…, gone ****',
    ])
  })
})
