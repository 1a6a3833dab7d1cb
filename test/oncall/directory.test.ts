import { describe, expect, it } from 'vitest'
import { directoryFor, directoryFromRow } from '../../shared/oncall/directory.ts'
import { maskMail, maskPhone } from '../../shared/oncall/mask.ts'
import { policiesOf } from '../../shared/oncall/owner.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { defaultPolicy } from '../../shared/oncall/policy.ts'

const person = (name: string, digit: number) => ({ name, phone: `+861380000000${digit}` })
const schedule = { handoff: '10:00', timezone: 'Asia/Shanghai', start: '2026-11-23' }

const everybody: Directory = {
  contacts: {
    lin: person('林悦', 1),
    wang: person('王磊', 2),
    tan: person('Tan', 3),
    zhao: person('赵敏', 4),
    chen: person('陈涛', 5),
  },
  schedules: { sre: { ...schedule, rotation: ['lin', 'wang'] }, night: { ...schedule, rotation: ['tan'] } },
  overrides: [
    { schedule: 'sre', contact: 'zhao', from: '2026-12-05 18:00', to: '2026-12-07 10:00' },
    { schedule: 'night', contact: 'chen', from: '2026-12-05 18:00', to: '2026-12-07 10:00' },
  ],
}

describe("a policy's directory", () => {
  it('has its contacts, its schedules, their rotations and who stands in there, and nobody else', () => {
    const directory = directoryFor(everybody, [defaultPolicy(['sre', 'sre.next', 'lin'])])
    expect(Object.keys(directory.contacts)).toEqual(['lin', 'wang', 'zhao'])
    expect(Object.keys(directory.schedules)).toEqual(['sre'])
    expect(directory.overrides).toEqual(everybody.overrides.slice(0, 1))
  })

  it('has those of every policy by which its project may be paged', () => {
    const policies = new Map([
      ['default', defaultPolicy(['sre'])],
      ['night', defaultPolicy(['night'])],
      ['other', defaultPolicy(['lin'])],
    ])
    const paging = policiesOf(
      { policy: 'default', handOver: ['night', 'gone'] },
      { policies: Object.fromEntries(policies) },
    )
    expect([...paging.keys()]).toEqual(['default', 'night'])
    const { contacts, schedules } = directoryFor(everybody, [...paging.values()])
    expect(Object.keys(contacts)).toEqual(['lin', 'wang', 'tan', 'zhao', 'chen'])
    expect(Object.keys(schedules)).toEqual(['sre', 'night'])
  })

  it('has no schedule when it pages contacts', () => {
    expect(directoryFor(everybody, [defaultPolicy(['chen'])])).toEqual({
      contacts: { chen: person('陈涛', 5) },
      schedules: {},
      overrides: [],
    })
  })
})

describe('a row of the contacts table', () => {
  it('comes back as it was written', () => {
    const { directory, problems } = directoryFromRow({ projectName: 'pay', v: 1, ...everybody })
    expect(problems).toEqual([])
    expect(directory).toEqual(everybody)
  })

  it('with broken parts keeps the others and names the broken ones', () => {
    const { directory, problems } = directoryFromRow({
      projectName: 'pay',
      v: 1,
      contacts: { lin: person('林悦', 1), wang: { phone: '+8613800000002' } },
      schedules: { sre: { ...schedule, rotation: ['lin', 'wang'] }, night: { ...schedule, rotation: [] } },
      overrides: 'none',
    })
    expect(Object.keys(directory.contacts)).toEqual(['lin'])
    expect(Object.keys(directory.schedules)).toEqual(['sre'])
    expect(problems.map(({ en }) => en)).toEqual([
      'contact wang: name is wrong',
      'schedule night: rotation is wrong',
      "the overrides can't be read",
      'schedule sre: no contact is named wang',
    ])
  })
})

describe('a contact of the contacts table', () => {
  const wang = { ...person('王磊', 2), email: 'wang@example.com' }
  const rowOf = (written: object) => ({ v: 1, contacts: { wang: written }, schedules: {}, overrides: [] })

  it.each([
    ['channels', { error: ['pigeon'] }],
    ['quiet', 'at night'],
    ['pagers', ['42']],
  ])('with %s that this release cannot read is reached by all else', (key, value) => {
    const { directory, problems } = directoryFromRow(rowOf({ ...wang, [key]: value }))
    expect(directory.contacts).toEqual({ wang })
    expect(problems.map(({ en }) => en)).toEqual([expect.stringMatching(`^contact wang: ${key}.* is wrong$`)])
  })

  it('with a broken number still has their mail', () => {
    const { directory } = directoryFromRow(rowOf({ ...wang, phone: '13800000002' }))
    expect(directory.contacts).toEqual({ wang: { name: '王磊', email: 'wang@example.com' } })
  })
})

describe.each([
  ['of a newer release', 2, 'the row has version 2, and this release reads 1: run bin/fenghuo.js apply of one release'],
  [
    'without a version',
    undefined,
    'the row has no version, and this release reads 1: run bin/fenghuo.js apply of one release',
  ],
])('a row of the contacts table %s', (_, v, problem) => {
  it('is read as well as can be, since somebody has to be woken, and named', () => {
    expect(directoryFromRow({ projectName: 'pay', v, ...everybody })).toEqual({
      directory: everybody,
      problems: [expect.objectContaining({ en: problem })],
    })
  })
})

describe("a row of the seed's table", () => {
  it('has one layer per attribute, in natural order', () => {
    const { directory, problems } = directoryFromRow({
      projectName: 'project1',
      layer10: '+8613800000010',
      layer2: '+86 138-0000-0002',
      layer1: '+8613800000001',
    })
    expect(problems).toEqual([])
    expect(directory).toEqual({
      contacts: {
        layer1: { name: 'layer1', phone: '+8613800000001' },
        layer2: { name: 'layer2', phone: '+8613800000002' },
        layer10: { name: 'layer10', phone: '+8613800000010' },
      },
      schedules: {},
      overrides: [],
      layers: ['layer1', 'layer2', 'layer10'],
    })
  })

  it('with a number that is not E.164 keeps the layer and says so, without the number', () => {
    const { directory, problems } = directoryFromRow({
      projectName: 'project1',
      layer1: '13800000001',
      layer2: '+8613800000002',
    })
    expect(directory.layers).toEqual(['layer1', 'layer2'])
    expect(directory.contacts.layer1).toEqual({ name: 'layer1' })
    expect(problems.map(({ en }) => en)).toEqual([
      'contact layer1: "****0001" is not an E.164 number, such as +8613800000001',
    ])
  })

  it('has no layer for what is no text', () => {
    expect(directoryFromRow({ projectName: 'project1', layers: 3, layer1: '+8613800000001' }).directory.layers).toEqual(
      ['layer1'],
    )
  })
})

it.each([
  ['+8613800000001', '****0001'],
  ['123', '****'],
  ['', '****'],
])('the phone %s is shown as %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown)
})

it.each([
  ['lin@example.com', 'l***@example.com', 'the first letter and the domain'],
  ['a@example.com', 'a***@example.com', 'its length is not told'],
  ['"a@b"@example.com', '"***@example.com', 'the domain is behind the last @'],
  ['@example.com', '***', 'it has nobody'],
  ['lin', '***', 'it is no address'],
])('the mail %s is shown as %s: %s', (mail, shown) => {
  expect(maskMail(mail)).toBe(shown)
})
