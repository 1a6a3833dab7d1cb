import { expect, it } from 'vitest'
import { type AskedOverride, type Making, MOST_MADE, makeOverrides } from '../../../shared/engine/overrides/make.ts'
import { removeOverride } from '../../../shared/engine/overrides/remove.ts'
import { overrideText } from '../../../shared/oncall/override.ts'
import type { Directory } from '../../../shared/oncall/plan.ts'
import { directory } from '../world.ts'
import { MemoryContacts } from './memory-contacts.ts'

const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: 'Mon 10:00', start: '2026-11-16' }
const people: Directory = { ...directory, schedules: { sre } }
const now = Date.parse('2026-11-22T02:13:00+08:00')
const night = { from: '2026-11-22 18:00', to: '2026-11-23 09:00' }

let ids = 0
const by = (who: string, changes: Partial<Making> = {}): Making => ({
  projects: ['pay', 'shop'],
  by: who,
  now,
  newId: () => `id-${++ids}`,
  timezone: 'UTC',
  ...changes,
})

const standIn = (contact: string): AskedOverride => ({ schedule: 'sre', contact, ...night })
const textsOf = (contacts: MemoryContacts, project = 'pay') => contacts.overrides(project).map(overrideText)

it('several are made in one write of each project that has the schedule', async () => {
  const contacts = new MemoryContacts({ pay: people, shop: people })
  const asked: AskedOverride[] = [
    { schedule: 'sre', contact: 'wang', for: 'lin', ...night },
    { schedule: 'sre', contact: 'lin', for: 'wang', from: '2026-11-24', to: '2026-11-25' },
  ]
  const { overrides } = await makeOverrides(asked, [{ contacts }], by('林悦'))

  expect(contacts.written).toEqual(['pay', 'shop'])
  expect(textsOf(contacts, 'shop')).toEqual([
    'sre wang for lin 2026-11-22 18:00 – 2026-11-23 09:00',
    'sre lin for wang 2026-11-24 00:00 – 2026-11-25 00:00',
  ])
  expect(overrides.map(({ made }) => made?.by)).toEqual(['林悦', '林悦'])
})

it('one of several that cannot be meant keeps all of them from being made', async () => {
  const contacts = new MemoryContacts({ pay: people })
  const asked = [standIn('wang'), { ...standIn('tan'), to: '2026-11-22 20:00' }]
  await expect(makeOverrides(asked, [{ contacts }], by('lin'))).rejects.toMatchObject({ code: 'contradicts' })
  expect(contacts.written).toEqual([])
})

it('of two that contradict each other and are made at once, the second is refused and names the first', async () => {
  const contacts = new MemoryContacts({ pay: people })
  contacts.beforeWrite = () => makeOverrides([standIn('tan')], [{ contacts }], by('tan'))
  await expect(makeOverrides([standIn('wang')], [{ contacts }], by('wang'))).rejects.toMatchObject({
    code: 'contradicts',
    other: { contact: 'tan', made: { by: 'tan' } },
  })
  expect(textsOf(contacts)).toEqual(['sre tan 2026-11-22 18:00 – 2026-11-23 09:00'])
})

it('of several regions the first decides between two at once, and the others follow', async () => {
  const [first, second] = [new MemoryContacts({ pay: people }), new MemoryContacts({ pay: people })]
  const regions = [{ contacts: first }, { contacts: second }]
  first.beforeWrite = () => makeOverrides([standIn('tan')], regions, by('tan'))
  await expect(makeOverrides([standIn('wang')], regions, by('wang'))).rejects.toMatchObject({ code: 'contradicts' })
  expect([textsOf(first), textsOf(second)]).toEqual([
    ['sre tan 2026-11-22 18:00 – 2026-11-23 09:00'],
    ['sre tan 2026-11-22 18:00 – 2026-11-23 09:00'],
  ])
})

it('a region that is lost while it is written is passed over and named', async () => {
  const [first, second] = [new MemoryContacts({ pay: people }), new MemoryContacts({ pay: people })]
  first.beforeWrite = async () => {
    first.isDown = true
  }
  const { missed, changed } = await makeOverrides(
    [standIn('wang')],
    [
      { region: 'one', contacts: first },
      { region: 'two', contacts: second },
    ],
    by('wang'),
  )
  expect(missed.map(({ target }) => target.region)).toEqual(['one'])
  expect(changed.map(({ project }) => project)).toEqual(['pay'])
  expect(textsOf(second)).toHaveLength(1)
})

it('is refused where who makes it may not change every project of the schedule', async () => {
  const contacts = new MemoryContacts({ pay: people, shop: people })
  const mayAct = (project: string) => project === 'pay'
  await expect(makeOverrides([standIn('wang')], [{ contacts }], by('lin', { mayAct }))).rejects.toMatchObject({
    code: 'not-theirs',
  })
  expect(contacts.written).toEqual([])
})

it('writes over nobody whom this release cannot read', async () => {
  const contacts = new MemoryContacts({ pay: people })
  const row = contacts.rows.get('pay')
  row?.problems.push({ en: 'contact lin: quiet is wrong', zh: '联系人 lin：quiet 不对' })
  await expect(makeOverrides([standIn('wang')], [{ contacts }], by('lin'))).rejects.toMatchObject({
    code: 'unreadable',
  })
})

it('a region whose people this release cannot read whole is passed over, with nobody in it lost', async () => {
  const [first, second] = [new MemoryContacts({ pay: people }), new MemoryContacts({ pay: people })]
  second.rows.get('pay')?.problems.push({ en: 'contact lin: quiet is wrong', zh: '联系人 lin：quiet 不对' })
  const regions = [
    { region: 'one', contacts: first },
    { region: 'two', contacts: second },
  ]
  const { missed } = await makeOverrides([standIn('wang')], regions, by('lin'))
  expect(missed.map(({ target }) => target.region)).toEqual(['two'])
  expect([first.written, second.written]).toEqual([['pay'], []])
})

it('one that is taken away by two at once is gone, and nothing else with it', async () => {
  const contacts = new MemoryContacts({ pay: people })
  const made = await makeOverrides([standIn('wang')], [{ contacts }], by('lin'))
  const id = made.overrides[0]?.made?.id ?? ''
  await makeOverrides([{ schedule: 'sre', add: 'tan', ...night }], [{ contacts }], by('lin'))
  const projects = ['pay']
  contacts.beforeWrite = () => removeOverride(id, [{ contacts }], { projects })
  const { changed } = await removeOverride(id, [{ contacts }], { projects })
  expect(changed).toEqual([])
  expect(textsOf(contacts)).toEqual(['sre + tan 2026-11-22 18:00 – 2026-11-23 09:00'])
  await expect(removeOverride(id, [{ contacts }], { projects })).rejects.toMatchObject({ code: 'no-such-override' })
})

it('Fenghuo’s own project goes along with those of a schedule, and is nobody’s who may not act in it', async () => {
  const contacts = new MemoryContacts({ pay: people, fenghuo: { ...people, schedules: { sre, own: sre } } })
  const making = by('lin', { projects: ['pay', 'fenghuo'], mayAct: (project) => project === 'pay' })
  await makeOverrides([standIn('wang')], [{ contacts }], making)
  expect(contacts.written).toEqual(['pay', 'fenghuo'])
  const own = { ...standIn('wang'), schedule: 'own' }
  await expect(makeOverrides([own], [{ contacts }], making)).rejects.toMatchObject({ code: 'not-named' })
  const looking = { ...making, mayLook: () => true }
  await expect(makeOverrides([own], [{ contacts }], looking)).rejects.toMatchObject({ code: 'not-theirs' })
})

it('takes no reason that the row could not be read with', async () => {
  const contacts = new MemoryContacts({ pay: people })
  const asked = { ...standIn('wang'), note: 'x'.repeat(201) }
  await expect(makeOverrides([asked], [{ contacts }], by('lin'))).rejects.toMatchObject({ code: 'too-long' })
})

it('of several rows none keeps what another refuses in the moment between', async () => {
  const contacts = new MemoryContacts({ pay: people, shop: people })
  const write = contacts.write.bind(contacts)
  contacts.write = async (project, after, over) => {
    const isFirst = project === 'pay' && contacts.written.length === 0
    const isWritten = await write(project, after, over)
    // Somebody else is faster in the second row.
    if (isFirst) await makeOverrides([standIn('tan')], [{ contacts }], by('tan', { projects: ['shop'] }))
    return isWritten
  }
  await expect(makeOverrides([standIn('wang')], [{ contacts }], by('wang'))).rejects.toMatchObject({
    code: 'contradicts',
  })
  expect([textsOf(contacts), textsOf(contacts, 'shop')]).toEqual([[], ['sre tan 2026-11-22 18:00 – 2026-11-23 09:00']])
})

it('a row has room for so many: one more is refused, and those there are can be taken away', async () => {
  const made = Array.from({ length: MOST_MADE }, (_, day) => {
    const [from, to] = [day, day + 1].map((one) => new Date(now + one * 86_400_000).toISOString().slice(0, 10))
    return {
      schedule: 'sre',
      add: 'tan',
      from: `${from} 10:00`,
      to: `${to} 10:00`,
      made: { id: `m-${day}`, by: 'lin', at: now },
    }
  })
  const contacts = new MemoryContacts({ pay: { ...people, overrides: made } })
  const one = { schedule: 'sre', add: 'lin', ...night }
  await expect(makeOverrides([one], [{ contacts }], by('lin'))).rejects.toMatchObject({ code: 'too-many' })
  expect(contacts.written).toEqual([])
  await removeOverride('m-7', [{ contacts }], { projects: ['pay'] })
  await makeOverrides([one], [{ contacts }], by('lin'))
  expect(contacts.overrides('pay')).toHaveLength(MOST_MADE)
})
