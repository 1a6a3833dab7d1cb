import { describe, expect, it } from 'vitest'
import { people } from '../../../cli/doctor/people.ts'
import { callingCode } from '../../../shared/oncall/calling-code.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, lines, patientWith, peopleAre } from './patient.ts'

const sre = {
  schedules: { sre: { rotation: ['lin'], handoff: 'Mon 10:00', timezone: 'Asia/Shanghai', start: '2026-11-16' } },
}
const lin = { name: '林悦', phone: '+8613800000001' }
const chen = { name: '陈涛', phone: '+6591234567' }
const onlyMainland = configOf(fenghuoYml.replace('to: "+"', 'to: "+86"'))

describe('people', () => {
  it('who can all be reached are one line', async () => {
    const found = await lines(people, patientWith({}, { people: peopleAre({ lin, chen }, sre) }))
    expect(found).toEqual([
      'ok projects: 3 projects: all can be reached',
      'ok phone routes: 2 numbers: a route fits each',
    ])
  })

  it('who are missing, project by project', async () => {
    const applied = peopleAre({ lin, chen }, sre)
    const found = await lines(
      people,
      patientWith({}, { people: async (name) => (name === 'shop' ? undefined : applied('')) }),
    )
    expect(found).toEqual([
      'ok projects: 2 projects: all can be reached',
      'fault shop: nobody is applied: nobody is paged',
      'ok phone routes: 2 numbers: a route fits each',
    ])
  })

  it.each([
    {
      reason: 'somebody of a layer has no phone',
      contacts: { lin, chen: { name: '陈涛' } },
      line: 'warning pay, shop, fenghuo: 陈涛 has no phone and no email',
    },
    {
      reason: 'nobody of any layer has',
      contacts: { lin: { name: '林悦' }, chen: { name: '陈涛' } },
      line: 'fault pay, shop, fenghuo: nobody can be paged now: 林悦 has no phone and no email; 陈涛 has no phone and no email',
    },
  ])('$reason', async ({ contacts, line }) => {
    const found = await lines(people, patientWith({}, { people: peopleAre(contacts, sre) }))
    expect(found).toContain(line)
  })

  it('whose numbers no route fits are counted, not shown', async () => {
    const found = await lines(people, patientWith({}, { config: onlyMainland, people: peopleAre({ lin, chen }, sre) }))
    expect(found.at(-1)).toBe('warning phone routes: no route for 1 number beginning with +65')
  })
})

it.each([
  ['+14155550101', '+1'],
  ['+79161234567', '+7'],
  ['+8613800000001', '+86'],
  ['+6591234567', '+65'],
  ['+85291234567', '+852'],
  ['+35312345678', '+353'],
  ['+447400000000', '+44'],
])('the calling code of %s is %s', (phone, code) => {
  expect(callingCode(phone)).toBe(code)
})
