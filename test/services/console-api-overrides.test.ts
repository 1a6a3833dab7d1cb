import { describe, expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { onCall } from '../../shared/oncall/on-call.ts'
import { overrideText } from '../../shared/oncall/override.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { MemoryContacts } from '../engine/overrides/memory-contacts.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const OVERRIDES = '/api/v1/overrides'
const tokens = { all: 'a-token-of-somebody-of-all', pay: 'a-token-of-somebody-of-pay', viewer: 'a-token-of-who-looks' }
const access: Access = {
  access: [
    { role: 'responder', tokens: [tokens.all] },
    { role: 'responder', tokens: [tokens.pay], projects: ['pay'] },
    { role: 'viewer', tokens: [tokens.viewer], projects: ['shop'] },
  ],
}
const as = (token: string, more: object = {}) => ({ authorization: `Bearer ${token}`, ...more })

const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: 'Mon 10:00', start: '2026-11-16' }
const dba = { ...sre, rotation: ['wang', 'lin'] }
const people: Directory = { ...directory, schedules: { sre } }
const night = { as: 'lin', kind: 'contact', schedule: 'sre', contact: 'wang', from: '2026-11-22 02:00', to: '12:00' }

/** A console whose projects have these people, in two regions. */
function consoleOf(rows: Record<string, Directory>) {
  const world = new PathWorld()
  const tables = [new MemoryContacts(rows), new MemoryContacts(rows)] as const
  const [contacts] = tables
  const project = world.config.projects.pay ?? expect.unreachable()
  world.config.projects = Object.fromEntries(Object.keys(rows).map((name) => [name, { ...project, name }]))
  const program = new Visitor(world, {
    access,
    directory: async (name) => (await contacts.read(name))?.directory ?? { contacts: {}, schedules: {}, overrides: [] },
    regions: async () => tables.map((table, index) => ({ region: `region-${index + 1}`, contacts: table })),
  })
  const now = () => onCall(contacts.rows.get('pay')?.directory ?? directory, 'sre', world.now).contacts
  return { world, contacts, other: tables[1], program, now }
}

const bodyOf = ({ text }: { text: string }) => JSON.parse(text)
const codeOf = ({ status, text }: { status: number; text: string }) => [status, JSON.parse(text).error?.code]

describe('an override by a program', () => {
  it('is made in every region and routed at once, listed, and taken away', async () => {
    const { world, contacts, other, program, now } = consoleOf({ pay: people })
    const made = bodyOf(await program.json(OVERRIDES, { ...night, note: '看病' }, as(tokens.pay)))
    expect(made).toMatchObject({
      override: {
        id: expect.stringMatching(/^[0-9a-f]{8}$/),
        kind: 'contact',
        schedule: 'sre',
        contact: 'wang',
        from: '2026-11-22 02:00',
        to: '2026-11-22 12:00',
        note: '看病',
        by: '林悦',
        madeAt: new Date(world.now).toISOString(),
        projects: ['pay'],
        text: 'sre wang 2026-11-22 02:00 – 2026-11-22 12:00',
      },
      changed: true,
      unreached: [],
      missed: [],
    })
    expect(made.shifts[0]).toMatchObject({ schedule: 'sre', before: ['lin'], after: ['wang'] })
    expect([now(), other.overrides('pay').length]).toEqual([['wang'], 1])
    expect(bodyOf(await program.get(OVERRIDES, as(tokens.pay)))).toEqual({ overrides: [made.override] })

    const path = `${OVERRIDES}/${made.override.id}`
    const gone = bodyOf(await program.json(path, undefined, as(tokens.pay), 'DELETE'))
    expect(gone).toEqual({ override: { ...made.override, projects: ['pay'] }, missed: [] })
    expect([now(), contacts.overrides('pay'), other.overrides('pay')]).toEqual([['lin'], [], []])
    expect(codeOf(await program.json(path, undefined, as(tokens.pay), 'DELETE'))).toEqual([404, 'not-found'])
  })

  it.each([
    [{ kind: 'add', contact: 'wang' }, 'sre + wang'],
    [{ kind: 'remove', contact: 'lin' }, 'sre − lin'],
    [{ kind: 'swap', contact: 'lin', with: 'wang' }, 'sre lin ⇄ wang'],
    [{ kind: 'contact', contact: 'wang', for: 'lin' }, 'sre wang for lin'],
  ])('may be %j', async (kind, said) => {
    const { contacts, program } = consoleOf({ pay: people })
    const { schedule, from } = night
    const { text } = await program.json(
      OVERRIDES,
      { as: 'lin', schedule, from, to: '2026-12-02 12:00', ...kind },
      as(tokens.pay),
    )
    expect(JSON.parse(text).override).toMatchObject(kind)
    expect(contacts.overrides('pay').map(overrideText)).toEqual([`${said} ${from} – 2026-12-02 12:00`])
  })

  it('of leave is for every schedule', async () => {
    const { program, now } = consoleOf({ pay: people })
    const { from, to } = night
    const made = await program.json(OVERRIDES, { as: 'lin', kind: 'away', contact: 'lin', from, to }, as(tokens.pay))
    expect([made.status, now()]).toEqual([200, ['wang']])
  })

  it('is made once under its key, also when nobody answered the first time, however its times are written', async () => {
    const { world, contacts, program } = consoleOf({ pay: people })
    const asked = { ...night, from: 'now', to: '2026-11-22 12:00' }
    const once = as(tokens.pay, { 'idempotency-key': 'standing-in-4711' })
    const first = await program.json(OVERRIDES, asked, once)
    expect((await program.json(OVERRIDES, asked, once)).text).toBe(first.text)
    // Whoever answered has died before that was kept.
    for (const key of world.incidents.rows.keys()) if (!key.startsWith('incident')) world.incidents.rows.delete(key)
    world.now += 120_000
    const again = bodyOf(await program.json(OVERRIDES, asked, once))
    expect([again.changed, again.override]).toEqual([false, bodyOf(first).override])
    expect(contacts.overrides('pay')).toHaveLength(1)
    expect(codeOf(await program.json(OVERRIDES, { ...asked, contact: 'lin' }, once))).toEqual([
      422,
      'idempotency-key-reused',
    ])
  })

  it('that is so already changes nothing, and says which it is', async () => {
    const { contacts, program } = consoleOf({ pay: people })
    const first = bodyOf(await program.json(OVERRIDES, night, as(tokens.pay)))
    const second = bodyOf(await program.json(OVERRIDES, night, as(tokens.pay)))
    expect(second).toMatchObject({ changed: false, override: { id: first.override.id } })
    expect(contacts.overrides('pay')).toHaveLength(1)
  })

  it.each([
    ['nobody who acts', { as: 'ghost' }, 400, 'no-contact'],
    ['nobody who stands in', { contact: 'ghost' }, 400, 'not-named'],
    ['no schedule', { schedule: 'nights' }, 400, 'not-named'],
    ['no time', { from: 'soon' }, 400, 'not-a-time'],
    ['a time that has passed', { from: '2020-01-01', to: '2020-01-02' }, 400, 'over'],
    ['an end before its begin', { from: '2026-11-24 02:00', to: '2026-11-23 02:00' }, 400, 'ends-before-begin'],
    ['a kind that is none', { kind: 'explode' }, 400, 'bad-request'],
    ['a key that is none', { id: 'mine' }, 400, 'bad-request'],
    ['a note of a megabyte', { note: 'x'.repeat(1_000) }, 400, 'bad-request'],
  ])('is not made for %s', async (_, changes, status, code) => {
    const { contacts, other, program } = consoleOf({ pay: people })
    const answer = await program.json(OVERRIDES, { ...night, ...changes }, as(tokens.pay))
    expect(codeOf(answer)).toEqual([status, code])
    expect([...contacts.written, ...other.written]).toEqual([])
  })

  it.each([
    { schedule: 'ghost' },
    { kind: 'away', schedule: undefined, contact: 'ghost' },
  ])('of nobody, %j, names nobody and no schedule of a project that is another’s', async (fields) => {
    const shop = { contacts: { zhao: { name: '赵敏' } }, schedules: { dba: sre }, overrides: [] }
    const { program } = consoleOf({ pay: people, shop })
    const mine = await program.json(OVERRIDES, { ...night, ...fields }, as(tokens.pay))
    expect([codeOf(mine), /dba|zhao/.test(mine.text)]).toEqual([[400, 'not-named'], false])
    expect((await program.json(OVERRIDES, { ...night, ...fields }, as(tokens.all))).text).toMatch(/dba|zhao/)
  })

  it.each([
    ['a schedule', { schedule: 'dba' }, { schedule: 'ghost' }],
    [
      'somebody',
      { kind: 'away', schedule: undefined, contact: 'zhao' },
      { kind: 'away', schedule: undefined, contact: 'ghost' },
    ],
  ])('of %s of a project that they may not see is refused as one that is not there', async (_, foreign, missing) => {
    const shop = { contacts: { zhao: { name: '赵敏' } }, schedules: { dba: sre }, overrides: [] }
    const { program } = consoleOf({ pay: people, shop })
    const [there, nowhere] = await Promise.all(
      [foreign, missing].map((fields) => program.json(OVERRIDES, { ...night, ...fields }, as(tokens.pay))),
    )
    expect(codeOf(there ?? expect.unreachable())).toEqual([400, 'not-named'])
    expect(there?.text.replaceAll(/dba|zhao/g, 'ghost')).toBe(nowhere?.text)
    const { override } = bodyOf(
      await program.json(OVERRIDES, { ...night, schedule: 'dba', contact: 'zhao' }, as(tokens.all)),
    )
    const path = `${OVERRIDES}/${override.id}`
    const [kept, none] = await Promise.all(
      [path, `${OVERRIDES}/0`].map((one) => program.json(one, undefined, as(tokens.pay), 'DELETE')),
    )
    expect(kept?.text.replaceAll(override.id, '0')).toBe(none?.text)
    expect(kept?.status).toBe(404)
  })

  it('that one region has not taken is brought there by whoever repeats it, under its key as well', async () => {
    const { world, contacts, other, program } = consoleOf({ pay: people })
    const asked = { ...night, from: 'now', to: '2026-11-22 12:00' }
    const once = as(tokens.pay, { 'idempotency-key': 'standing-in-4711' })
    other.beforeWrite = async () => Promise.reject(new Error('died'))
    expect(bodyOf(await program.json(OVERRIDES, asked, once)).missed).toEqual(['region-2'])
    // Whoever answered has died before that was kept.
    for (const key of world.incidents.rows.keys()) if (!key.startsWith('incident')) world.incidents.rows.delete(key)
    world.now += 120_000
    expect(bodyOf(await program.json(OVERRIDES, asked, once)).missed).toEqual([])
    expect([other.overrides('pay'), contacts.overrides('pay').length]).toEqual([contacts.overrides('pay'), 1])
  })

  it('that contradicts another names it', async () => {
    const { contacts, program } = consoleOf({ pay: people })
    const { override } = bodyOf(await program.json(OVERRIDES, night, as(tokens.pay)))
    const answer = await program.json(OVERRIDES, { ...night, contact: 'lin' }, as(tokens.pay))
    expect(codeOf(answer)).toEqual([409, 'contradicts'])
    expect(JSON.parse(answer.text).error.message.en).toContain(`(its id is ${override.id})`)
    expect(contacts.overrides('pay')).toHaveLength(1)
  })

  it('is for whoever may act in every project that goes by the schedule, and told to whoever may look', async () => {
    const shared = consoleOf({ pay: people, shop: people })
    const own = consoleOf({ pay: people, shop: { ...people, schedules: { dba } } })
    expect(codeOf(await shared.program.json(OVERRIDES, night, as(tokens.pay)))).toEqual([403, 'not-theirs'])
    expect(shared.contacts.written).toEqual([])
    const made = bodyOf(await own.program.json(OVERRIDES, night, as(tokens.pay)))
    expect(made.override.projects).toEqual(['pay'])
    expect(bodyOf(await own.program.get(OVERRIDES, as(tokens.viewer))).overrides).toEqual([])
    expect((await own.program.json(OVERRIDES, night, as(tokens.viewer))).status).toBe(403)

    const { override } = bodyOf(await shared.program.json(OVERRIDES, night, as(tokens.all)))
    const path = `${OVERRIDES}/${override.id}`
    expect(codeOf(await shared.program.json(path, undefined, as(tokens.pay), 'DELETE'))).toEqual([403, 'not-theirs'])
    expect(shared.now()).toEqual(['wang'])
  })

  it('names the region that has not taken it', async () => {
    const { other, program, now } = consoleOf({ pay: people })
    other.isDown = true
    expect(bodyOf(await program.json(OVERRIDES, night, as(tokens.pay))).missed).toEqual(['region-2'])
    expect(now()).toEqual(['wang'])
  })

  it('stands in the audit with who made it', async () => {
    const { world, program } = consoleOf({ pay: people })
    await program.json(OVERRIDES, night, as(tokens.pay))
    const action = 'override: sre wang 2026-11-22 02:00 – 2026-11-22 12:00'
    expect(world.logged).toContainEqual(expect.objectContaining({ event: 'audit', action, name: '林悦', status: 200 }))
  })
})
