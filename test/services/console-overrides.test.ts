import { describe, expect, it } from 'vitest'
import type { ConsoleDeps } from '../../services/console/deps.ts'
import { onCall } from '../../shared/oncall/on-call.ts'
import { overrideText } from '../../shared/oncall/override.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { MemoryContacts } from '../engine/overrides/memory-contacts.ts'
import { directory, PathWorld, policy } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: 'Mon 10:00', start: '2026-11-16' }
const people: Directory = { ...directory, schedules: { sre } }
const night = { kind: 'contact', who: 'wang', from: '2026-11-22T02:00', to: '2026-11-22T12:00' }

/** The console of a world whose people are kept in tables, one for each region; the first is ours. */
function consoleOf(
  rows: Record<string, Directory>,
  { others = 0, ...mounted }: Partial<ConsoleDeps> & { others?: number } = {},
) {
  const world = new PathWorld()
  const tables = Array.from({ length: 1 + others }, () => new MemoryContacts(rows))
  const [contacts = new MemoryContacts({})] = tables
  const project = world.config.projects.pay
  if (project !== undefined)
    world.config.projects = Object.fromEntries(Object.keys(rows).map((name) => [name, { ...project, name }]))
  const visitor = new Visitor(world, {
    directory: async (name) => (await contacts.read(name))?.directory ?? { contacts: {}, schedules: {}, overrides: [] },
    regions: async () => tables.map((table, index) => ({ region: `region-${index + 1}`, contacts: table })),
    ...mounted,
  })
  const send = async (fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const page = (await visitor.get('/oncall')).text
    return visitor.press(page, '/oncall', { schedule: 'sre', ...fields }, headers)
  }
  const now = () => onCall(contacts.rows.get('pay')?.directory ?? directory, 'sre', world.now).contacts
  return { world, tables, contacts, visitor, send, now }
}

const textsOf = (contacts: MemoryContacts) => contacts.overrides('pay').map(overrideText)

describe('an override on the page of who is on call', () => {
  it('is made, routed at once, told with who made it, and taken back by one button', async () => {
    const { contacts, visitor, send, now } = consoleOf({ pay: people })
    const { status, answer } = await send({ ...night, do: 'make', note: '林悦 <看病>' })
    expect(status).toBe(303)
    expect(now()).toEqual(['wang'])

    const { text } = await visitor.get(answer.headers.get('location') ?? '')
    expect(text).toContain('Changed: sre wang 2026-11-22 02:00 – 2026-11-22 12:00.')
    expect(text).toContain('2026-11-22 12:00 · 林悦 &lt;看病&gt;')
    expect(text).toContain('made by console')
    expect(text).toMatch(/Now.*王磊/s)

    const undone = await visitor.press(text, '/oncall', { do: 'remove' })
    expect(now()).toEqual(['lin'])
    const gone = (await visitor.get(undone.answer.headers.get('location') ?? '')).text
    expect(gone).toContain('Taken away: sre wang 2026-11-22 02:00 – 2026-11-22 12:00.')

    const [made] = contacts.overrides('pay')
    expect(made).toBeUndefined()
    await visitor.press(gone, '/oncall', { do: 'restore' })
    expect(contacts.overrides('pay')).toMatchObject([{ contact: 'wang', note: '林悦 <看病>', made: { by: 'console' } }])
  })

  it.each([
    ['add', { kind: 'add' }, ['lin', 'wang']],
    ['remove', { kind: 'remove', who: 'lin' }, ['wang']],
    ['stand in for one', { kind: 'contact', who: 'tan', for: 'lin' }, ['tan']],
    ['leave', { kind: 'away', who: 'lin' }, ['wang']],
  ])('may %s', async (_, fields, expected) => {
    const { send, now } = consoleOf({ pay: people })
    expect((await send({ ...night, ...fields, do: 'make' })).status).toBe(303)
    expect(now()).toEqual(expected)
  })

  it('is looked at before it is made: the days that change, and who would be on call from when', async () => {
    const { contacts, send } = consoleOf({ pay: people })
    const { status, text } = await send({ ...night, do: 'look' })
    expect(status).toBe(200)
    expect(contacts.written).toEqual([])
    expect(text).toContain('Nothing is changed yet')
    expect(text).toContain('from 02:13 王磊 instead of 林悦')
    expect(text).toMatch(/Now<\/dt>[^>]*>林悦/)
    expect(text).toContain('No overrides.')
    expect(text.match(/<td class="[^"]*changed"/g)).toHaveLength(1)
    expect(text).toContain('value="2026-11-22T02:00"')
    expect(text).toContain('<option value="wang" selected="">')
  })

  it.each([
    'look',
    'make',
  ])('says of whoever nothing reaches by the layers of the schedule, when it comes to: %s', async (what) => {
    const of = consoleOf({
      pay: { ...people, contacts: { ...people.contacts, tan: { name: 'Tan Wei', wecom: 'tan' } } },
    })
    of.world.config.policies = {
      default: policy({ layers: [{ page: ['sre'], calls: 1, ackTimeoutMs: 300_000 }] }),
    }
    const { answer, text } = await of.send({ ...night, who: 'tan', do: what })
    const shown = what === 'look' ? text : (await of.visitor.get(answer.headers.get('location') ?? '')).text
    expect(shown).toMatch(
      /id="notice" class="notice bad".*Beware: tan has no `phone`.*layer 1 of `default` \(critical/s,
    )
    const fine = await of.send({ ...night, do: 'look', who: 'lin' })
    expect(fine.text).not.toContain('Beware')
  })

  it.each([
    ['reversed', { to: '2026-11-22T01:00' }, 400, 'it ends (2026-11-22 01:00) before it begins (2026-11-22 02:00)'],
    ['over', { from: '2026-11-20', to: '2026-11-21' }, 400, 'it is over already'],
    ['without a time', { from: '' }, 400, '&quot;&quot; is no time'],
    ['of somebody who has left', { who: 'zhao' }, 400, 'no contact is named `zhao`'],
    ['of no schedule', { schedule: 'dba' }, 400, 'no schedule is named `dba`; there are: sre'],
    ['of somebody instead of themselves', { for: 'wang' }, 400, 'it names one person twice'],
    ['for one who is not stood in for', { kind: 'add', for: 'lin' }, 400, 'Only who stands in'],
    ['of who has no turns', { kind: 'remove', who: 'tan' }, 400, 'tan has no turns in sre'],
    ['with a reason too long', { note: 'x'.repeat(201) }, 400, 'the note is longer than 200 characters'],
  ])('that is %s is refused, and what was written is kept', async (_, fields, status, message) => {
    const { contacts, send } = consoleOf({ pay: people })
    const answer = await send({ ...night, note: 'on a train', ...fields, do: 'make' })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(message)
    if (!('schedule' in fields)) expect(answer.text).toMatch(/value="(on a train|x{201})"/)
    expect(contacts.written).toEqual([])
  })

  it('that contradicts another says which, and what to do', async () => {
    const { contacts, send } = consoleOf({ pay: people })
    await send({ ...night, do: 'make' })
    const { status, text } = await send({ ...night, who: 'tan', do: 'make' })
    expect(status).toBe(409)
    expect(text).toContain('it contradicts sre wang 2026-11-22 02:00 – 2026-11-22 12:00: both stand in')
    expect(text).toContain('Take that away below first.')
    expect(textsOf(contacts)).toHaveLength(1)
    expect((await send({ ...night, do: 'make' })).text).toContain('It is so already')
  })

  it('is written in every region, and says where it is not', async () => {
    const { tables, visitor, send } = consoleOf({ pay: people }, { others: 2 })
    const [, second, third] = tables
    if (third) third.isDown = true
    const { status, text } = await send({ ...night, do: 'make' })
    expect(status).toBe(200)
    expect(text).toContain('region-3 did not answer, and there it is not so yet')
    expect(second && textsOf(second)).toEqual(['sre wang 2026-11-22 02:00 – 2026-11-22 12:00'])
    expect((await visitor.get('/oncall')).text).toMatch(/Now.*王磊/s)
  })

  it('that one region still has is not brought back by what the page says to do', async () => {
    const { tables, contacts, send } = consoleOf({ pay: people }, { others: 1 })
    const [, second] = tables
    await send({ ...night, do: 'make' })
    const id = contacts.overrides('pay')[0]?.made?.id ?? ''
    if (second) second.isDown = true
    const { status, text } = await send({ id, do: 'remove' })
    expect([status, contacts.overrides('pay')]).toEqual([200, []])
    expect(text).toContain('region-2 did not answer, and there it still counts')
    expect(text).toContain(`first run bin/fenghuo.js override rm ${id}.`)

    if (second) second.isDown = false
    expect((await send({ id, do: 'remove' })).status).toBe(303)
    expect(second?.overrides('pay')).toEqual([])
  })

  it('is not made while no table answers, and the form is kept', async () => {
    const { contacts, send } = consoleOf({ pay: people }, {})
    contacts.beforeWrite = async () => Promise.reject(new Error('throttled'))
    const { status, text } = await send({ ...night, note: 'on a train', do: 'make' })
    expect([status, text.includes('look below, and try again'), text.includes('value="on a train"')]).toEqual([
      503,
      true,
      true,
    ])
  })

  it('is taken from our own page alone', async () => {
    const { contacts, visitor, send } = consoleOf({ pay: people })
    expect((await send({ ...night, do: 'make' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    const stale = await visitor.post('/oncall', { ...night, schedule: 'sre', note: 'on a train', t: 'x', do: 'make' })
    expect([stale.status, stale.text.includes('value="on a train"')]).toEqual([403, true])
    expect((await send({ ...night, do: 'nothing' })).status).toBe(400)
    expect(contacts.written).toEqual([])
  })

  it('is put back only by what this page has sealed', async () => {
    const { contacts, send } = consoleOf({ pay: people })
    const forged = Buffer.from(JSON.stringify({ value: { away: 'lin', from: '', to: '' }, until: 9e15 })).toString(
      'base64url',
    )
    expect((await send({ do: 'restore', of: `${forged}.x` })).status).toBe(409)
    expect(contacts.written).toEqual([])
  })
})
