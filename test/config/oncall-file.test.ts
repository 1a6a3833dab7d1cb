import { describe, expect, it } from 'vitest'
import { loadOnCall } from '../../shared/config/oncall-file.ts'

const contacts = `contacts:
  lin: { name: 林悦, phone: "+8613800000001" }
  wang: { name: 王磊, email: wang@example.com }
`
const schedules = `schedules:
  sre: { rotation: [lin, wang], handoff: Mon 10:00, timezone: Asia/Shanghai, start: 2026-11-23 }
`

it('gives the directory of everybody', () => {
  const overrides =
    'overrides: [{ schedule: sre, contact: wang, from: 2026-12-05 18:00, to: 2026-12-07 10:00, note: 休假 }]'
  expect(loadOnCall(contacts + schedules + overrides, 'oncall.yml')).toEqual({
    directory: {
      contacts: {
        lin: { name: '林悦', phone: '+8613800000001' },
        wang: { name: '王磊', email: 'wang@example.com' },
      },
      schedules: {
        sre: { rotation: ['lin', 'wang'], handoff: 'Mon 10:00', timezone: 'Asia/Shanghai', start: '2026-11-23' },
      },
      overrides: [{ schedule: 'sre', contact: 'wang', from: '2026-12-05 18:00', to: '2026-12-07 10:00', note: '休假' }],
    },
    problems: [],
  })
})

it('needs no schedules', () => {
  expect(loadOnCall(contacts, 'oncall.yml').directory).toMatchObject({ schedules: {}, overrides: [] })
})

it('gives layers, fallbacks, windows and the days of the calendars that they name', () => {
  const text = `${contacts}schedules:
  sre:
    timezone: Asia/Shanghai
    holidays: cn
    layers:
      - { rotation: [[lin, wang]], handoff: every 2 weeks Mon 9:00, start: 2026-11-23, during: workdays 09:00-18:00 }
    then: wang
`
  expect(loadOnCall(text, 'oncall.yml')).toMatchObject({
    directory: {
      schedules: {
        sre: {
          holidays: ['cn'],
          layers: [
            { rotation: [['lin', 'wang']], handoff: 'every 2 weeks Mon 09:00', during: ['workdays 09:00-18:00'] },
          ],
        },
      },
      calendars: { cn: { until: '2026-12-31' } },
    },
    problems: [],
  })
})

describe('calendars', () => {
  const sre = (holidays: string) => `schedules:
  sre: { rotation: [lin], handoff: 10:00, timezone: UTC, start: 2026-11-23, during: workdays, holidays: ${holidays} }
`
  const ics = (...events: string[]) =>
    ['BEGIN:VCALENDAR', ...events.flatMap((event) => ['BEGIN:VEVENT', event, 'END:VEVENT']), 'END:VCALENDAR'].join(
      '\r\n',
    )
  const load = (calendars: string, text: string) =>
    loadOnCall(`${contacts}${sre('office')}calendars: { office: ${calendars} }`, 'oncall.yml', () => text)

  it('are lists of days, or add to those that there are', () => {
    const text = `${contacts}${sre('[cn, office]')}calendars:
  cn: { off: [2027-02-05/2027-02-07], working: [2027-02-14], until: 2027-12-31 }
  office: { off: [2026-12-24] }
`
    const { directory, problems } = loadOnCall(text, 'oncall.yml')
    expect(problems).toEqual([])
    expect(directory?.calendars?.office).toEqual({ until: '2026-12-31', off: ['2026-12-24'], working: [] })
    expect(directory?.calendars?.cn?.until).toBe('2027-12-31')
    expect(directory?.calendars?.cn?.off.slice(-4)).toEqual(['2026-10-07', '2027-02-05', '2027-02-06', '2027-02-07'])
  })

  it('that can’t be read are told once, where they are named', () => {
    const missing = () => {
      throw Object.assign(new Error('none'), { code: 'ENOENT' })
    }
    const { problems } = loadOnCall(
      `${contacts}${sre('office')}calendars: { office: { file: none.ics } }`,
      'oncall.yml',
      missing,
    )
    expect(problems.map(({ key }) => key)).toEqual(['calendars.office.file'])
  })

  it('are files of calendar programs: days, several days, yearly ones, working days by their summary', () => {
    const text = ics(
      'SUMMARY:Closed\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227',
      'SUMMARY:补\r\n 班\r\nDTSTART;VALUE=DATE:20261219',
      'SUMMARY:Founding day\r\nDTSTART:20260401T000000Z\r\nRRULE:FREQ=YEARLY',
    )
    const { directory, problems } = load('{ file: office.ics, workingIf: 补班 }', text)
    expect(problems).toEqual([])
    const { until, off, working } = directory?.calendars?.office ?? {}
    expect([until, working, off?.slice(0, 5)]).toEqual([
      '2035-12-31',
      ['2026-12-19'],
      ['2026-04-01', '2026-12-24', '2026-12-25', '2026-12-26', '2027-04-01'],
    ])
  })

  it.each([
    ['{ file: office.ics }', 'nothing', 'calendars.office.file', 'is no iCalendar file'],
    ['{ file: office.ics }', ics(), 'calendars.office.file', 'has no entries with a day'],
    ['{ file: office.ics }', ics('SUMMARY:a\r\nDTSTART:soon'), 'calendars.office.file', '"a" has no day: "soon"'],
    [
      '{ file: office.ics }',
      ics('SUMMARY:a\r\nDTSTART:20260401\r\nRRULE:FREQ=MONTHLY'),
      'calendars.office.file',
      '"a" repeats by FREQ=MONTHLY: only FREQ=YEARLY is read, so list its days',
    ],
    ['{ off: [2027-02-30] }', '', 'calendars.office.off.0', '"2027-02-30" is no day'],
    ['{}', '', 'calendars.office', 'has no days: name a `file`, or list days as `off`'],
  ])('%s with %j: %s %s', (calendars, text, key, message) => {
    const found = load(calendars, text).problems.find((problem) => problem.key === key)
    expect(found?.message).toContain(message)
  })
})

type Found = [line: number, column: number, key: string, message: string]

const sre = (keys: string) =>
  `${contacts}schedules:\n  sre: { ${keys} }\n`.replace('REST', 'handoff: 10:00, timezone: UTC, start: 2026-11-23')
const standIn = (keys: string) => `${contacts}${schedules}overrides:\n  - { ${keys} }\n`

describe('a mistake', () => {
  it.each<[why: string, text: string, ...found: Found[]]>([
    [
      'a number without its country',
      'contacts:\n  lin: { name: 林悦, phone: "13800000001" }',
      [2, 27, 'contacts.lin.phone', 'lin (林悦): "13800000001" is not an E.164 number'],
    ],
    [
      'a number with 00 for +',
      'contacts:\n  lin: { name: 林悦, phone: "008613800000001" }',
      [2, 27, 'contacts.lin.phone', 'lin (林悦): "008613800000001" is not an E.164 number'],
    ],
    [
      'an unquoted number',
      'contacts:\n  lin: { name: 林悦, phone: +8613800000001 }',
      [2, 27, 'contacts.lin.phone', 'lin (林悦): unquoted, YAML reads this as a number and drops the +'],
    ],
    [
      'nobody can be reached by a name alone',
      'contacts:\n  lin: { name: 林悦 }',
      [2, 3, 'contacts.lin', "lin (林悦) can't be reached: give a `phone` or an `email`"],
    ],
    [
      'a contact without a name',
      'contacts:\n  lin: { phone: "+8613800000001" }',
      [2, 3, 'contacts.lin.name', 'lin: is missing: a text'],
    ],
    [
      'an address that is none',
      'contacts:\n  lin: { name: 林悦, email: lin.example.com }',
      [2, 27, 'contacts.lin.email', '"lin.example.com" is not an e-mail address'],
    ],
    [
      'a misspelt key',
      'contacts:\n  lin: { name: 林悦, phon: "+8613800000001", email: lin@example.com }',
      [2, 20, 'contacts.lin.phon', 'unknown key (did you mean `phone`?)'],
    ],
    [
      'a key of the file misspelt',
      `${contacts}shedules: {}`,
      [4, 1, 'shedules', 'unknown key (did you mean `schedules`?)'],
    ],
    ['no contacts at all', 'schedules: {}', [1, 1, 'contacts', 'is missing: everybody who can be reached']],
    [
      'an unknown contact in a rotation',
      sre('rotation: [lin, wnag], REST'),
      [5, 26, 'schedules.sre.rotation.1', 'no contact is named `wnag` (did you mean `wang`?); there are: lin, wang'],
    ],
    ['nobody in a rotation', sre('rotation: [], REST'), [5, 20, 'schedules.sre.rotation', 'at least 1 entry']],
    [
      'a zone that is none',
      sre('rotation: [lin], handoff: 10:00, timezone: Asia/Peking, start: 2026-11-23'),
      [5, 53, 'schedules.sre.timezone', '"Asia/Peking" is not an IANA time zone'],
    ],
    [
      'an hour that is none',
      sre('rotation: [lin], handoff: Monday 25:00, timezone: UTC, start: 2026-11-23'),
      [5, 36, 'schedules.sre.handoff', '"Monday 25:00" is not a hand-off: write `Mon 10:00` for weekly'],
    ],
    [
      'a day that does not exist',
      sre('rotation: [lin], handoff: 10:00, timezone: UTC, start: 2026-02-30'),
      [5, 65, 'schedules.sre.start', '"2026-02-30" is not a date: write it as 2026-11-23'],
    ],
    [
      'a time at which nobody hands over',
      sre('rotation: [lin], handoff: 10:00, timezone: UTC, start: 2026-11-23 12:00'),
      [5, 65, 'schedules.sre.start', 'has a time, which only a hand-off by the hour has use for: write the day alone'],
    ],
    [
      'a window that is none',
      sre('rotation: [lin], during: Mon-Fri 9-18, REST'),
      [5, 35, 'schedules.sre.during', '"Mon-Fri 9-18" is no window: write `Mon-Fri 09:00-18:00`'],
    ],
    [
      'a calendar that nobody has',
      sre('rotation: [lin], holidays: de, REST'),
      [5, 37, 'schedules.sre.holidays', 'no calendar is named `de`; there are: cn, sg'],
    ],
    [
      'a schedule that falls back on itself',
      sre('rotation: [lin], then: [sre], REST'),
      [5, 34, 'schedules.sre.then.0', 'no contact or other schedule is named `sre`'],
    ],
    ['a turn of nobody', sre('rotation: [lin, []], REST'), [5, 26, 'schedules.sre.rotation.1', 'at least 1 entry']],
    [
      'layers beside a rotation',
      sre('layers: [{ rotation: [lin], REST }], timezone: UTC, rotation: [lin]').replace(
        'timezone: UTC, start',
        'start',
      ),
      [5, 91, 'schedules.sre.rotation', 'unknown key'],
    ],
    [
      'an unknown contact in a layer',
      sre('layers: [{ rotation: [[lin, wnag]], handoff: 10:00, start: 2026-11-23 }], timezone: UTC'),
      [5, 38, 'schedules.sre.layers.0.rotation.0.1', 'no contact is named `wnag`'],
    ],
    [
      'leave of somebody unknown',
      standIn('away: zhao, from: 2026-12-05 18:00, to: 2026-12-07 10:00'),
      [7, 13, 'overrides.0.away', 'no contact is named `zhao`'],
    ],
    [
      'a swap of one',
      standIn('schedule: sre, swap: [lin], from: 2026-12-05 18:00, to: 2026-12-07 10:00'),
      [7, 28, 'overrides.0.swap', 'at least 2 entries'],
    ],
    [
      'a schedule named like a contact',
      `${contacts}${schedules.replace('sre', 'lin')}`,
      [5, 3, 'schedules.lin', 'a contact is named `lin` too'],
    ],
    [
      'an override that ends before it begins',
      standIn('schedule: sre, contact: lin, from: 2026-12-07 10:00, to: 2026-12-05 18:00'),
      [7, 64, 'overrides.0.to', 'ends before it begins (2026-12-07 10:00)'],
    ],
    [
      'two stand-ins at once',
      `${standIn('schedule: sre, contact: lin, from: 2026-12-05 18:00, to: 2026-12-07 10:00')}  - { schedule: sre, contact: wang, from: 2026-12-06 18:00, to: 2026-12-08 10:00 }\n`,
      [8, 5, 'overrides.1', 'contradicts overrides.0 (sre lin 2026-12-05 18:00 – 2026-12-07 10:00): both stand in'],
    ],
    [
      'a stand-in for oneself',
      standIn('schedule: sre, contact: lin, for: lin, from: 2026-12-05 18:00, to: 2026-12-07 10:00'),
      [7, 5, 'overrides.0', 'names one person twice'],
    ],
    [
      'two people with one phone',
      contacts.replace('email: wang@example.com', 'phone: "+8613800000001"'),
      [3, 28, 'contacts.wang.phone', 'wang (王磊) has the phone of lin: give each their own'],
    ],
    [
      'an override of nothing by nobody',
      standIn('schedule: dba, contact: zhao, from: 2026-12-05 18:00, to: 2026-12-07 10:00'),
      [7, 17, 'overrides.0.schedule', 'no schedule is named `dba`'],
      [7, 31, 'overrides.0.contact', 'no contact is named `zhao`'],
    ],
    [
      'an override by the day',
      standIn('schedule: sre, contact: lin, from: 2026-12-05, to: 2026-12-07 10:00'),
      [7, 42, 'overrides.0.from', '"2026-12-05" is not a date and time: write it as 2026-12-05 18:00'],
    ],
    [
      'one override for a list',
      `${contacts}${schedules}overrides: { schedule: sre }`,
      [6, 12, 'overrides', 'must be a list, such as [a, b], not a mapping'],
    ],
    [
      'several at once, in their order',
      'contacts:\n  lin: { name: 7, phone: "1" }\n  w.g: { name: 王磊, email: w@example.com }',
      [2, 16, 'contacts.lin.name', 'put it in quotes'],
      [2, 26, 'contacts.lin.phone', 'lin: "1" is not an E.164 number'],
      [3, 3, 'contacts.w.g', 'letters, digits, - and _ only'],
    ],
  ])('%s', (_, text, ...expected) => {
    const { directory, problems } = loadOnCall(text, 'oncall.yml')
    expect(directory).toBeUndefined()
    expect(problems.map(({ file, line, column, key }) => [file, line, column, key])).toEqual(
      expected.map(([line, column, key]) => ['oncall.yml', line, column, key]),
    )
    for (const [index, [, , , message]] of expected.entries()) expect(problems[index]?.message).toContain(message)
  })
})
