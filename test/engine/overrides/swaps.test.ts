import { expect, it } from 'vitest'
import type { Making } from '../../../shared/engine/overrides/make.ts'
import { answerSwap, askSwap } from '../../../shared/engine/overrides/swaps.ts'
import { takeSwaps } from '../../../shared/engine/regions/take-swaps.ts'
import { onCall } from '../../../shared/oncall/on-call.ts'
import { overrideText } from '../../../shared/oncall/override.ts'
import type { Directory } from '../../../shared/oncall/plan.ts'
import { readSwaps } from '../../../shared/store/swaps.ts'
import { MemoryTable } from '../../store/memory-table.ts'
import { PathWorld } from '../world.ts'
import { asked, people, sre } from './asked-swap.ts'
import { MemoryContacts } from './memory-contacts.ts'

const DAY = 86_400_000

function swapping(rows: Record<string, Directory> = { pay: people }) {
  const world = new PathWorld()
  const contacts = new MemoryContacts(rows)
  let ids = 0
  const by = (who: string) => {
    const making: Making = {
      ...{ projects: Object.keys(rows), by: who, now: world.now, timezone: 'UTC' },
      newId: () => `id-${++ids}`,
    }
    return { regions: [{ contacts }], making, io: world.io(), url: 'https://console.example.com/oncall' }
  }
  const letters = () => world.queue.flatMap(({ message }) => (message.kind === 'letter' ? [message] : []))
  const whoAt = (time: string) =>
    onCall(contacts.rows.get('pay')?.directory ?? people, 'sre', Date.parse(`${time}+08:00`)).contacts
  const open = async () => (await readSwaps(world.io())).map(({ state }) => state)
  return { world, contacts, by, letters, whoAt, open }
}

const anybody = () => true

it('is asked, told to the other alone, routed nowhere, and made in one write once accepted', async () => {
  const { contacts, by, letters, whoAt, open } = swapping()
  const { id } = await askSwap({ ...asked, note: '婚礼' }, by('林悦'))
  expect(contacts.written).toEqual([])
  expect(letters()).toMatchObject([
    {
      ...{ project: 'pay', contact: 'wang', url: 'https://console.example.com/oncall' },
      content: {
        code: 'swap-asked',
        by: '林悦',
        schedule: 'sre (Asia/Shanghai)',
        mine: '2026-11-23 10:00 – 2026-11-24 10:00',
        note: '婚礼',
      },
    },
  ])

  expect(await answerSwap(id, 'accepted', anybody, by('王磊'))).toMatchObject({ result: 'done', missed: [] })
  expect(contacts.written).toEqual(['pay'])
  expect([whoAt('2026-11-23T12:00'), whoAt('2026-11-24T12:00')]).toEqual([['wang'], ['lin']])
  expect(contacts.overrides('pay').map(({ made }) => made?.by)).toEqual(['王磊', '王磊'])
  expect(letters()[1]).toMatchObject({ contact: 'lin', content: { code: 'swap-answered', by: '王磊', accepted: true } })
  expect(await open()).toEqual(['accepted'])
})

it('is declined, or taken back, and then cannot be accepted', async () => {
  for (const [answer, told] of [
    ['declined', ['wang', 'lin']],
    ['withdrawn', ['wang']],
  ] as const) {
    const { contacts, by, letters } = swapping()
    const { id } = await askSwap(asked, by('林悦'))
    await answerSwap(id, answer, anybody, by('王磊'))
    expect(letters().map(({ contact }) => contact)).toEqual(told)
    expect(await answerSwap(id, 'accepted', anybody, by('王磊'))).toMatchObject({ result: 'over' })
    expect(contacts.written).toEqual([])
  }
})

it('is answered by nobody else than who may', async () => {
  const { contacts, by, open } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  const only = ({ to }: { to: string }) => to === 'tan'
  await expect(answerSwap(id, 'accepted', only, by('Tan'))).rejects.toMatchObject({ code: 'not-theirs' })
  expect([contacts.written, await open()]).toEqual([[], ['asked']])
})

it('accepted by two at once is made once, and told once', async () => {
  const { contacts, by, letters } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  const both = await Promise.all([1, 2].map(() => answerSwap(id, 'accepted', anybody, by('王磊'))))
  expect(both.map(({ result }) => result).sort()).toEqual(['busy', 'done'])
  expect(contacts.overrides('pay').map(overrideText)).toHaveLength(2)
  expect(letters()).toHaveLength(2)
})

it('is refused once the rotation was edited, with the reason, and stays as it is', async () => {
  const { contacts, by, open } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  await contacts.write('pay', { ...people, schedules: { sre: { ...sre, rotation: ['lin', 'tan', 'wang'] } } })
  await expect(answerSwap(id, 'accepted', anybody, by('王磊'))).rejects.toMatchObject({ code: 'changed' })
  expect([contacts.overrides('pay'), await open()]).toEqual([[], ['asked']])
})

it('that was half accepted by somebody whose process died is accepted after that', async () => {
  const { world, contacts, by, whoAt } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  const io = { ...world.io(), incidents: world.incidents }
  const put = io.incidents.putIfVersion.bind(io.incidents)
  let writes = 0
  io.incidents.putIfVersion = async (...row) => (++writes === 1 ? put(...row) : Promise.reject(new Error('died')))
  await expect(answerSwap(id, 'accepted', anybody, { ...by('王磊'), io })).rejects.toThrow('died')
  io.incidents.putIfVersion = put
  expect(await answerSwap(id, 'withdrawn', anybody, by('林悦'))).toMatchObject({ result: 'busy' })

  world.now += 30_000
  expect(await answerSwap(id, 'accepted', anybody, by('王磊'))).toMatchObject({ result: 'done' })
  expect(contacts.overrides('pay')).toHaveLength(2)
  expect(whoAt('2026-11-23T12:00')).toEqual(['wang'])
})

it('is over when its first turn begins, or after a week', async () => {
  const { world, by } = swapping()
  const soon = await askSwap(asked, by('林悦'))
  expect(soon.until).toBe(Date.parse('2026-11-23T10:00:00+08:00'))
  const far = { mine: { from: '2026-12-23', to: '2026-12-24' }, yours: { from: '2026-12-24 12:00', to: '2026-12-25' } }
  const late = await askSwap({ ...asked, ...far }, by('林悦'))
  expect(late.until).toBe(world.now + 7 * DAY)
  world.now = soon.until
  expect(await answerSwap(soon.id, 'accepted', anybody, by('王磊'))).toMatchObject({ result: 'over' })
})

it('is not asked of who is not on call then, for what is no turn, nor for what contradicts an override', async () => {
  const { contacts, by, letters } = swapping()
  const elsewhere = { ...asked, yours: asked.mine, mine: asked.yours }
  await expect(askSwap(elsewhere, by('林悦'))).rejects.toMatchObject({ code: 'no-turns' })
  const forever = { ...asked, mine: { from: '2026-11-23 10:00', to: '9999-11-24 10:00' }, yours: asked.yours }
  await expect(askSwap(forever, by('林悦'))).rejects.toMatchObject({ code: 'too-long' })
  const away = { away: 'wang', from: '2026-11-23 00:00', to: '2026-11-24 00:00' }
  await contacts.write('pay', { ...people, overrides: [away] })
  await expect(askSwap(asked, by('林悦'))).rejects.toMatchObject({ code: 'contradicts' })
  expect(letters()).toEqual([])
})

it('that nobody could be told of is not asked; an answer counts all the same', async () => {
  const { by, open } = swapping()
  const full = { escalate: async () => Promise.reject(new Error('throttled')) }
  const untold = (who: string) => ({ ...by(who), io: { ...by(who).io, ...full } })
  await expect(askSwap(asked, untold('林悦'))).rejects.toThrow('throttled')
  expect(await open()).toEqual([])
  const { id } = await askSwap(asked, by('林悦'))
  expect(await answerSwap(id, 'accepted', anybody, untold('王磊'))).toMatchObject({ result: 'done' })
  expect(await open()).toEqual(['accepted'])
})

it('is declined also where its schedule is gone, or no table answers, though nobody is told', async () => {
  const gone = swapping()
  const one = await askSwap(asked, gone.by('林悦'))
  await gone.contacts.write('pay', { ...people, schedules: {} })
  expect(await answerSwap(one.id, 'declined', anybody, gone.by('王磊'))).toMatchObject({ result: 'done' })
  const down = swapping()
  const other = await askSwap(asked, down.by('林悦'))
  down.contacts.isDown = true
  expect(await answerSwap(other.id, 'declined', anybody, down.by('王磊'))).toMatchObject({ result: 'done' })
  expect([await down.open(), down.letters().length, gone.letters().length]).toEqual([['declined'], 1, 1])
})

it('asked twice is asked once, until it is answered', async () => {
  const { by, letters, open } = swapping()
  const [one, other] = [await askSwap(asked, by('林悦')), await askSwap(asked, by('林悦'))]
  expect([other.id, letters().length]).toEqual([one.id, 1])
  await answerSwap(one.id, 'declined', anybody, by('王磊'))
  await askSwap(asked, by('林悦'))
  expect((await open()).sort()).toEqual(['asked', 'declined'])
})

it('asked anew once its first ask is forgotten, and a later one is not, is asked and told', async () => {
  const { world, by, letters } = swapping()
  const far = {
    ...asked,
    mine: { from: '2027-02-17 10:00', to: '2027-02-18 10:00' },
    yours: { from: '2027-02-18 10:00', to: '2027-02-19 10:00' },
  }
  const first = await askSwap(far, by('林悦'))
  await answerSwap(first.id, 'declined', anybody, by('王磊'))
  world.now += DAY
  const second = await askSwap(far, by('林悦'))
  await answerSwap(second.id, 'declined', anybody, by('王磊'))
  world.incidents.rows.delete(`swaps\n${first.id}`)
  const before = letters().length
  const third = await askSwap(far, by('林悦'))
  expect([third.state, third.id === second.id, letters().length]).toEqual(['asked', false, before + 1])
})

it('accepted by somebody of a long name is made under as much of it as the row can be read with', async () => {
  const { contacts, by } = swapping()
  const { id } = await askSwap(asked, by('林悦'))
  await answerSwap(id, 'accepted', anybody, by('x'.repeat(101)))
  expect(contacts.overrides('pay').map(({ made }) => made?.by)).toEqual(['x'.repeat(100), 'x'.repeat(100)])
})

it.each([
  { far: 'in part', writes: 1 },
  { far: 'whole', writes: 9 },
])('accepted $far at the console of another region, of which nobody has heard here yet, is not declined here over that', async ({
  writes,
}) => {
  const { world, contacts, by, open } = swapping({ pay: people, shop: people })
  const { id } = await askSwap(asked, by('林悦'))
  // The table of swaps is that region's own.
  const elsewhere = new MemoryTable()
  for (const [key, row] of world.incidents.rows) elsewhere.rows.set(key, { ...row })
  const write = contacts.write.bind(contacts)
  let left = writes
  contacts.write = async (...row) => (left-- > 0 ? write(...row) : Promise.reject(new Error('died')))
  const there = by('王磊')
  const io = { ...there.io, incidents: elsewhere }
  await answerSwap(id, 'accepted', anybody, { ...there, io }).catch(() => undefined)
  contacts.write = write
  const made = () => ['pay', 'shop'].map((project) => contacts.overrides(project).length)
  expect(made().some((count) => count > 0)).toBe(true)
  const before = made()

  expect(await answerSwap(id, 'declined', anybody, by('王磊'))).toMatchObject({ result: 'elsewhere' })
  expect([made(), await open()]).toEqual([before, ['asked']])
  const swaps = (incidents: MemoryTable) => ({ swaps: () => readSwaps({ ...world.io(), incidents }) })
  world.now += 60_000
  await takeSwaps(swaps(world.incidents), swaps(elsewhere), world.io())
  const { result } = await answerSwap(id, 'declined', anybody, by('王磊'))
  const isWhole = writes > 1
  expect([result, made()]).toEqual(isWhole ? ['over', before] : ['done', [0, 0]])
  expect(await open()).toEqual([isWhole ? 'accepted' : 'declined'])
})
