import { describe, expect, it } from 'vitest'
import { addressMasks } from '../../shared/config/oncall-file.ts'
import { contactKeys } from '../../shared/oncall/contact-schema.ts'
import { difference } from '../../shared/oncall/difference.ts'
import { differenceWords, FALLBACKS } from '../../shared/oncall/difference-words.ts'
import type { CalendarDays, Contact, Directory, Override, Schedule } from '../../shared/oncall/plan.ts'

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

const lines = (old: Directory | undefined, now: Directory) =>
  difference(old, now, addressMasks, 'en').map(({ line }) => line)

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
    expect(difference(before, shuffled, addressMasks, 'en')).toEqual([])
  })

  it('tells what changes, from what to what', () => {
    const after = structuredClone(before)
    after.contacts.lin = { name: '林悦', phone: '+8613800000009', language: 'en' }
    after.schedules.sre = { rotation: ['wang', 'lin'], handoff: 'Mon 10:00', timezone: 'UTC', start: '2026-11-23' }
    after.overrides = [
      { schedule: 'sre', contact: 'wang', from: '2026-12-05 18:00', to: '2026-12-07 10:00', note: '休假' },
    ]
    expect(difference(before, after, addressMasks, 'en')).toEqual([
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
      difference(before, after, addressMasks, 'en').map(({ action, what, name }) => `${action} ${what} ${name}`),
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

  describe('of one key alone', () => {
    const lin: Contact = {
      name: '林悦',
      phone: '+8613800000001',
      otherPhones: ['+8613800000003'],
      email: 'lin@example.com',
      language: 'zh',
      channels: { error: ['email', 'sms'] },
      atMost: { phone: '4/1h' },
      quiet: ['22:00-08:00'],
      timezone: 'Asia/Shanghai',
      holidays: ['cn'],
    }
    const others: Contact = {
      name: '林月',
      phone: '+8613800000005',
      otherPhones: ['+8613800000006', '+8613800000003'],
      email: 'ling@example.com',
      language: 'en',
      channels: { error: ['sms', 'email'] },
      atMost: { phone: '2/1h', sms: '9/1h' },
      quiet: ['22:00-08:00', 'offdays'],
      timezone: 'Asia/Singapore',
      holidays: ['sg'],
    }
    const of = (contact: Contact): Directory => ({ contacts: { lin: contact }, schedules: {}, overrides: [] })

    it.each(Object.keys(contactKeys))('a contact: %s, whether it changes, comes or goes', (key) => {
      const { [key]: _, ...without } = lin as Contact
      const [to] = lines(of(lin), of({ ...lin, [key]: others[key] }))
      expect(to).toMatch(new RegExp(`^~ contact lin: ${key} .+ → .+$`))
      if (key === 'name') return
      expect(lines(of(lin), of(without as Contact))).toEqual([expect.stringMatching(` → \\(none\\)$`)])
      expect(lines(of(without as Contact), of(lin))).toEqual([expect.stringMatching(` \\(none\\) → .+$`)])
    })

    it('a throttle is shown as it is written', () => {
      expect(lines(of(lin), of({ ...lin, atMost: { phone: '2/1h', sms: '9/1h' } }))).toEqual([
        '~ contact lin: atMost phone 4/1h → phone 2/1h, sms 9/1h',
      ])
    })

    const layer = { rotation: ['lin'], handoff: 'Mon 10:00', start: '2026-11-23' }
    const kept = { contacts: ['lin'], until: 1 }
    const made = { id: 'a1', by: 'cli/lin', at: 1 }
    const swap = { schedule: 'sre', contact: 'wang', from: '2026-12-05 18:00', to: '2026-12-07 10:00' }
    const zone = 'Asia/Shanghai'
    it.each([
      [
        { timezone: zone, ...layer, keep: kept },
        { timezone: zone, ...layer, keep: { ...kept, until: 2 } },
        'until the',
      ],
      [
        { timezone: zone, layers: [layer] },
        { timezone: zone, layers: [{ ...layer, timezone: 'UTC' }] },
        'timezone UTC',
      ],
      [{ timezone: zone, ...layer }, { timezone: zone, ...layer, from: '2027-01-04 10:00' }, 'from (none) →'],
      [{ timezone: zone, ...layer }, { timezone: zone, ...layer, holidays: ['cn'] }, 'holidays (none) → cn'],
      [{ timezone: zone, ...layer }, { timezone: zone, layers: [layer] }, 'layer 1 (none) →'],
    ])('a schedule: %#', (one, other, told) => {
      const having = (sre: Schedule): Directory => ({ contacts: {}, schedules: { sre }, overrides: [] })
      expect(lines(having(one), having(other))).toEqual([expect.stringContaining(told)])
    })

    it('an override, and of two alike both', () => {
      const having = (...overrides: Override[]): Directory => ({ contacts: {}, schedules: {}, overrides })
      expect(lines(having({ ...swap, made }), having({ ...swap, made: { ...made, id: 'b2' } }))).toEqual([
        '~ override sre wang 2026-12-05 18:00 – 2026-12-07 10:00: by cli/lin → another cli/lin',
      ])
      expect(lines(having(swap, { ...swap, made }), having(swap))).toEqual([
        '- override sre wang 2026-12-05 18:00 – 2026-12-07 10:00 (a1): note (none), by cli/lin',
      ])
    })

    it('a calendar', () => {
      const cn = { until: '2026-12-31', off: ['2026-10-01'], working: ['2026-10-10'] }
      const having = (days: CalendarDays): Directory => ({ ...of(lin), calendars: { cn: days } })
      expect(lines(having(cn), having({ ...cn, until: '2027-12-31', off: ['2026-10-01', '2027-01-01'] }))).toEqual([
        '~ calendar cn: until 2026-12-31 → 2027-12-31, off 1 → 2',
      ])
      expect(lines(having(cn), having({ ...cn, off: ['2026-10-02'] }))).toEqual(['~ calendar cn: off 1 → another 1'])
    })
  })

  it('shows ids of chats whole or by their beginning, and what no channel knows not at all', () => {
    const chats = { wecom: 'linyue', feishu: 'ou_7d8a6e6df7621556ce0d21922b676706ccs', gone: 'lin@chat.example.com' }
    expect(lines(undefined, { contacts: { lin: { name: '林悦', ...chats } }, schedules: {}, overrides: [] })).toEqual([
      '+ contact lin: name 林悦, wecom linyue, feishu ou_7d8a6…, gone ****',
    ])
  })

  it('is told in the language asked for, each key of a person and of a schedule too', () => {
    const zone = 'Asia/Shanghai'
    const layer = { rotation: ['lin', ['wang', 'chen']], handoff: '10:00', start: '2026-11-23', during: ['Sat'] }
    const after: Directory = {
      contacts: { ...before.contacts, lin: { name: '林悦', quiet: ['22:00-08:00'], atMost: { phone: '4/1h' } } },
      schedules: {
        sre: { ...layer, timezone: zone, from: '2027-01-04 10:00', until: '2027-02-01 10:00', atHandoff: ['tell'] },
        support: { layers: [{ ...layer, holidays: ['cn'] }], timezone: zone, [FALLBACKS]: ['wang'] },
      },
      overrides: [],
      calendars: { cn: { until: '2026-12-31', off: ['2026-10-01'], working: [] } },
    }
    expect(difference(before, after, addressMasks, 'zh').map(({ line }) => line)).toEqual([
      '~ 联系人 lin：电话 ****0001 → （无），邮箱 l***@example.com → （无），至多 （无） → phone 4/1h，免打扰 （无） → 22:00-08:00',
      '~ 排班 sre：轮换 lin → wang → lin → wang + chen，交接 Mon 10:00 → 10:00，时段 （无） → Sat，自 （无） → 2027-01-04 10:00，到 （无） → 2027-02-01 10:00，交接时 （无） → tell',
      '+ 排班 support：第 1 层 轮换 lin → wang + chen，交接 10:00，开始 2026-11-23，时段 Sat，节假日 cn，时区 Asia/Shanghai，无人时 wang',
      '- 替班 sre wang 2026-12-05 18:00 – 2026-12-07 10:00：备注 （无）',
      '+ 日历 cn：到 2026-12-31，休 1，班 0',
    ])
    expect(Object.keys(contactKeys).filter((key) => !Object.hasOwn(differenceWords.zh.keys, key))).toEqual([])
  })
})
