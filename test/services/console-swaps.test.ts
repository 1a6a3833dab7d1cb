import { expect, it } from 'vitest'
import { type Access, sessionOf } from '../../services/console/access/admission.ts'
import { onCall } from '../../shared/oncall/on-call.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { MemoryContacts } from '../engine/overrides/memory-contacts.ts'
import { directory, PathWorld, policy } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: '10:00', start: '2026-11-21' }
const people: Directory = { ...directory, schedules: { sre } }
const access: Access = {
  access: [
    { role: 'responder', who: ['@example.com'] },
    { role: 'admin', who: ['boss@ops.example'] },
  ],
}
const turns = {
  ...{ mineFrom: '2026-11-23T10:00', mineTo: '2026-11-24T10:00' },
  ...{ yoursFrom: '2026-11-24T10:00', yoursTo: '2026-11-25T10:00' },
}

function consoleWith() {
  const world = new PathWorld()
  const contacts = new MemoryContacts({ pay: people })
  const mounted = {
    access,
    directory: async () => (await contacts.read('pay'))?.directory ?? directory,
    regions: async () => [{ region: 'local', contacts }],
  }
  /** A browser of a contact who has signed in, or of somebody who is none. */
  const as = (contact: string, email = `${contact}@example.com`) => {
    const visitor = new Visitor(world, mounted)
    const name = people.contacts[contact]?.name ?? contact
    const person = { id: `x#${contact}`, name, email, groups: [], ...(contact in people.contacts && { contact }) }
    visitor.cookies.set('__Host-fenghuo-person', sessionOf(person, world.now, 'secret'))
    const press = async (fields: Record<string, string>) =>
      visitor.press((await visitor.get('/oncall')).text, '/oncall', { schedule: 'sre', ...fields })
    return { visitor, press, page: async () => (await visitor.get('/oncall')).text }
  }
  const id = (page: string) => /name="id" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const whoAt = (time: string) =>
    onCall(contacts.rows.get('pay')?.directory ?? people, 'sre', Date.parse(`${time}+08:00`)).contacts
  return { world, contacts, as, id, whoAt }
}

it('is put to somebody else than whoever asks, unless another is chosen', async () => {
  const { as } = consoleWith()
  for (const [who, other] of [
    ['lin', 'wang'],
    ['wang', 'lin'],
  ] as const) {
    const form = (await as(who).page()).split('id="swap-sre"')[1] ?? ''
    const chosen = [...form.matchAll(/<option value="(\w+)" selected/g)].map(([, id]) => id)
    expect(chosen.slice(0, 2)).toEqual([who, other])
  }
})

it('tells who asks, and who accepts, whom of the two nothing reaches in the turn that is theirs by it', async () => {
  const { world, contacts, as, id } = consoleWith()
  const row = contacts.rows.get('pay') ?? expect.unreachable()
  row.directory = { ...people, contacts: { ...people.contacts, wang: { name: '王磊', wecom: 'wang' } } }
  world.config.policies = { default: policy({ layers: [{ page: ['sre'], calls: 1, ackTimeoutMs: 300_000 }] }) }
  const [lin, wang] = [as('lin'), as('wang')]
  const shown = async (browser: typeof lin, { answer }: { answer: Response }) =>
    (await browser.visitor.get(answer.headers.get('location') ?? '')).text
  const beware = /id="notice" class="notice bad".*Beware: wang has no `phone`.*layer 1 of `default`/s

  expect(await shown(lin, await lin.press({ ...turns, whose: 'lin', whom: 'wang', do: 'ask' }))).toMatch(beware)
  expect(await shown(wang, await wang.press({ id: id(await wang.page()), do: 'accept' }))).toMatch(beware)
})

it('that somebody has accepted who died of it is finished by whoever opens the page, or asks for all, half a minute later', async () => {
  const { world, contacts, as, id, whoAt } = consoleWith()
  const [lin, wang] = [as('lin'), as('wang')]
  await lin.press({ ...turns, whose: 'lin', whom: 'wang', do: 'ask' })
  const page = await wang.page()
  const write = contacts.write.bind(contacts)
  contacts.write = async () => Promise.reject(new Error('died'))
  const putIfVersion = world.incidents.putIfVersion.bind(world.incidents)
  let puts = 0
  world.incidents.putIfVersion = async (...row) =>
    puts++ < 1 ? putIfVersion(...row) : Promise.reject(new Error('died'))
  await wang.visitor.press(page, '/oncall', { schedule: 'sre', id: id(page), do: 'accept' })
  Object.assign(contacts, { write })
  Object.assign(world.incidents, { putIfVersion })
  expect(await lin.page()).not.toContain('accepted by')
  expect(whoAt('2026-11-23T12:00')).toEqual(['lin'])

  world.now += 30_000
  await lin.page()
  expect(whoAt('2026-11-23T12:00')).toEqual(['wang'])
  expect(contacts.rows.get('pay')?.directory.overrides[0]?.made?.by).toBe('王磊')
})

it('is asked by one, accepted by the other on their own page, and routed from then on', async () => {
  const { world, as, id, whoAt } = consoleWith()
  const [lin, wang, tan] = ['lin', 'wang', 'tan'].map((who) => as(who))
  if (!lin || !wang || !tan) throw new Error('three were named')
  const asked = await lin.press({ ...turns, whose: 'lin', whom: 'wang', note: '婚礼', do: 'ask' })
  expect(asked.answer.headers.get('location')).toMatch(/^\/oncall\?done=asked&of=\w+$/)
  expect(world.queue).toMatchObject([
    { message: { kind: 'letter', contact: 'wang', url: 'https://console.example.com/oncall' } },
  ])
  expect(whoAt('2026-11-23T12:00')).toEqual(['lin'])

  expect((await lin.page()).match(/name="do" value="(accept|decline|withdraw)"/g)).toEqual([
    'name="do" value="withdraw"',
  ])
  expect(await tan.page()).not.toMatch(/value="(accept|decline|withdraw)"/)
  const page = await wang.page()
  expect(page).toContain('林悦 asks 王磊 to take 2026-11-23 10:00 – 2026-11-24 10:00 for 2026-11-24 10:00')
  const { answer } = await wang.press({ id: id(page), do: 'accept' })
  expect(answer.headers.get('location')).toMatch(/^\/oncall\?done=accepted&of=\w+$/)
  expect([whoAt('2026-11-23T12:00'), whoAt('2026-11-24T12:00')]).toEqual([['wang'], ['lin']])
  expect(await lin.page()).toContain('accepted by 王磊')
})

it('is accepted by nobody else, but an administrator', async () => {
  const { contacts, as, id } = consoleWith()
  await as('lin').press({ ...turns, whose: 'lin', whom: 'wang', do: 'ask' })
  const asked = id(await as('wang').page())
  for (const who of ['lin', 'tan']) {
    const { status, text } = await as(who).press({ id: asked, do: 'accept' })
    expect([status, text.includes('only who was asked answers it')]).toEqual([403, true])
  }
  expect((await as('wang').press({ id: asked, do: 'withdraw' })).status).toBe(403)
  expect(contacts.written).toEqual([])
  expect((await as('boss', 'boss@ops.example').press({ id: asked, do: 'accept' })).status).toBe(303)
  expect((await as('wang').press({ id: asked, do: 'accept' })).text).toContain('It was answered already')
})

it('is asked in one’s own name, with both times of a turn, and what was written is kept', async () => {
  const { world, as } = consoleWith()
  const ask = (fields: Record<string, string>) =>
    as('lin').press({ ...turns, whose: 'lin', whom: 'wang', note: 'a wedding', do: 'ask', ...fields })
  for (const [fields, status, message] of [
    [{ whose: 'tan' }, 400, 'Everybody asks for themselves'],
    [{ yoursTo: '' }, 400, 'needs both its times, or none'],
    [{ whom: 'zhao' }, 400, 'no contact is named `zhao`'],
    [{ whom: 'lin' }, 400, 'it names one person twice'],
    [{ yoursFrom: '2026-11-23T12:00', yoursTo: '2026-11-23T14:00' }, 400, 'wang is not on call in sre'],
    [{ mineFrom: '2026-11-24T12:00', mineTo: '2026-11-24T14:00', yoursFrom: '', yoursTo: '' }, 400, 'not on call'],
  ] as const) {
    const answer = await ask(fields)
    expect([answer.status, answer.text.includes(message)], message).toEqual([status, true])
    expect(answer.text).toContain('value="a wedding"')
  }
  expect(world.queue).toEqual([])
  expect((await ask({ yoursFrom: '', yoursTo: '' })).status).toBe(303)
})

it('leaves the page as it is while what was asked cannot be read', async () => {
  const { world, as } = consoleWith()
  const { get } = world.incidents
  world.incidents.get = async (key) => {
    if (key.pk === 'swaps') throw new Error('throttled')
    return get.call(world.incidents, key)
  }
  world.incidents.query = async () => Promise.reject(new Error('throttled'))
  expect(await as('lin').page()).toMatch(/Now.*林悦/s)
  const { status, text } = await as('lin').visitor.get('/oncall?done=accepted&of=x')
  expect([status, text.includes('id="notice" class="notice good"')]).toEqual([200, true])
})

it('that was accepted by a process that died says so while it cannot be finished, and is undone from its page', async () => {
  const { world, contacts, as, id, whoAt } = consoleWith()
  const [lin, wang] = [as('lin'), as('wang')]
  await lin.press({ ...turns, whose: 'lin', whom: 'wang', do: 'ask' })
  const { putIfVersion } = world.incidents
  let writes = 0
  world.incidents.putIfVersion = async (row, expected) => {
    if (row.pk.startsWith('swap') && ++writes > 1) throw new Error('died')
    return putIfVersion.call(world.incidents, row, expected)
  }
  const swap = id(await wang.page())
  const died = await wang.press({ id: swap, do: 'accept' })
  expect(died.status).toBe(503)
  const again = await wang.press({ id: swap, do: 'accept' })
  expect([again.status, again.text.includes('Somebody is answering it at this moment')]).toEqual([409, true])
  world.now += 30_000
  expect([contacts.overrides('pay').length, (await lin.page()).includes('accepted by 王磊, and not finished')]).toEqual(
    [2, true],
  )

  const page = await wang.page()
  world.incidents.putIfVersion = putIfVersion
  await wang.visitor.press(page, '/oncall', { schedule: 'sre', id: swap, do: 'decline' })
  expect([contacts.overrides('pay'), whoAt('2026-11-23T12:00')]).toEqual([[], ['lin']])
})

it('of a schedule that is gone is shown to both and to administrators, is accepted by nobody, and can be taken back', async () => {
  const { contacts, as, id } = consoleWith()
  await as('lin').press({ ...turns, whose: 'lin', whom: 'wang', do: 'ask' })
  const asked = id(await as('wang').page())
  const row = contacts.rows.get('pay') ?? expect.unreachable()
  const { sre: own, ...others } = row.directory.schedules
  contacts.rows.set('pay', { ...row, directory: { ...row.directory, schedules: { ...others, dba: own as never } } })

  expect(await as('lin').page()).toMatch(/Swaps of schedules that are gone: sre.*value="withdraw"/s)
  const page = await as('wang').page()
  expect(page).toMatch(/Swaps of schedules that are gone: sre.*value="decline"/s)
  expect(page).not.toContain('value="accept"')
  expect(await as('boss', 'boss@ops.example').page()).toContain('Swaps of schedules that are gone')
  const accepted = await as('wang').press({ id: asked, do: 'accept' })
  expect([accepted.status, accepted.text.includes('dba')]).toEqual([400, true])
  expect((await as('lin').press({ id: asked, do: 'withdraw' })).answer.headers.get('location')).toBe(
    '/oncall?done=withdrawn',
  )
})
