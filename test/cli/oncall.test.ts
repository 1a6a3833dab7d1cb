import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fenghuoYml, oncallYml, type Terminal, terminal } from './terminal.ts'

let here: Terminal
beforeEach(() => {
  here = terminal()
  here.write('fenghuo.yml', fenghuoYml)
  here.write('oncall.yml', oncallYml)
})
afterEach(() => here.remove())

const office = oncallYml.replace('rotation: [lin, wang]', 'rotation: [lin, wang]\n    during: Mon-Fri 09:00-18:00')

describe('fenghuo oncall', () => {
  it('says who is on call, until when, and who is next', async () => {
    expect(await here.run('oncall')).toEqual({
      code: 0,
      out: 'SCHEDULE  ON CALL  UNTIL             ZONE           NEXT\nsre       林悦     2026-11-23 10:00  Asia/Shanghai  王磊\n(by oncall.yml)',
      err: '',
    })
  })

  it('of another time', async () => {
    const { out } = await here.run('oncall', 'sre', '--at', 'Mon 18:00', '--json')
    expect(JSON.parse(out)).toMatchObject({
      source: 'oncall.yml',
      schedules: { sre: { at: '2026-11-23T10:00:00.000Z', contacts: ['wang'], next: ['lin'] } },
    })
  })

  it('shows a week as a calendar and as a table', async () => {
    here.write('oncall.yml', office)
    const { out } = await here.run('oncall', '--week', '--at', '2026-11-27')
    const quiet = '·'.repeat(48)
    const day = '·'.repeat(18) + 'A'.repeat(18) + '·'.repeat(12)
    expect(out.split('\n')).toEqual([
      'sre (Asia/Shanghai)',
      '           00          06          12          18',
      `Fri 11-27  ${day}`,
      `Sat 11-28  ${quiet}`,
      `Sun 11-29  ${quiet}`,
      `Mon 11-30  ${'·'.repeat(18)}AA${'B'.repeat(16)}${'·'.repeat(12)}`,
      `Tue 12-01  ${day.replaceAll('A', 'B')}`,
      `Wed 12-02  ${day.replaceAll('A', 'B')}`,
      `Thu 12-03  ${day.replaceAll('A', 'B')}`,
      '           A 王磊   B 林悦',
      '',
      'FROM              TO                ON CALL',
      '2026-11-26 18:00  2026-11-27 09:00  nobody',
      '2026-11-27 09:00  2026-11-27 18:00  王磊',
      '2026-11-27 18:00  2026-11-30 09:00  nobody',
      '2026-11-30 09:00  2026-11-30 10:00  王磊',
      '2026-11-30 10:00  2026-11-30 18:00  林悦',
      '2026-11-30 18:00  2026-12-01 09:00  nobody',
      '2026-12-01 09:00  2026-12-01 18:00  林悦',
      '2026-12-01 18:00  2026-12-02 09:00  nobody',
      '2026-12-02 09:00  2026-12-02 18:00  林悦',
      '2026-12-02 18:00  2026-12-03 09:00  nobody',
      '2026-12-03 09:00  2026-12-03 18:00  林悦',
      '2026-12-03 18:00  2026-12-04 09:00  nobody',
      '',
    ])
  })

  it('tells gaps, and so does validate', async () => {
    expect(await here.run('oncall', '--gaps')).toEqual({ code: 0, out: 'No gap in the next 28 days.', err: '' })
    here.write('oncall.yml', office)
    const { code, out } = await here.run('oncall', '--gaps')
    expect(code).toBe(1)
    expect(out.split('\n').slice(0, 2)).toEqual([
      'NOBODY IN  FROM              TO                ZONE',
      'sre        2026-11-22 01:00  2026-11-23 09:00  Asia/Shanghai',
    ])
    const { err } = await here.run('validate')
    expect(err).toContain(
      'schedules.sre: has nobody on call from 2026-11-22 01:00 to 2026-11-23 09:00 (Asia/Shanghai), and in 20 further gaps within four weeks: `then` says who has it otherwise',
    )
  })

  it('names the schedules that there are', async () => {
    expect((await here.run('oncall', 'sra')).err).toBe(
      'error: no schedule is named `sra` (did you mean `sre`?); there are: sre',
    )
  })
})

it('validate warns of a calendar that ends', async () => {
  here.write('oncall.yml', office.replace('Mon-Fri 09:00-18:00', 'workdays 09:00-18:00\n    holidays: cn'))
  expect((await here.run('validate')).err).toContain(
    'schedules.sre: goes by the calendar `cn`, which ends on 2026-12-31: after that every Monday to Friday is a workday',
  )
})

it('contacts vcard is a contact with the numbers that call', async () => {
  const { code, out } = await here.run('contacts', 'vcard')
  expect(code).toBe(0)
  expect(out.split('\r\n')).toEqual([
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:烽火 Fenghuo;;;;',
    'FN:烽火 Fenghuo',
    'TEL;TYPE=VOICE:+6531580000',
    'END:VCARD',
  ])
})
