import { describe, expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { onCall } from '../../shared/oncall/on-call.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { MemoryContacts } from '../engine/overrides/memory-contacts.ts'
import { directory, PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const SWAPS = '/api/v1/swaps'
const tokens = {
  all: 'a-token-of-an-admin-of-all',
  pay: 'a-token-of-an-admin-of-pay',
  responder: 'a-token-of-who-responds',
  shop: 'a-token-of-an-admin-of-shop',
}
const access: Access = {
  access: [
    { role: 'admin', tokens: [tokens.all] },
    { role: 'admin', tokens: [tokens.pay], projects: ['pay'] },
    { role: 'responder', tokens: [tokens.responder], projects: ['pay'] },
    { role: 'admin', tokens: [tokens.shop], projects: ['shop'] },
  ],
}
const as = (token: string, more: object = {}) => ({ authorization: `Bearer ${token}`, ...more })
const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: '10:00', start: '2026-11-21' }
const people: Directory = { ...directory, schedules: { sre } }
const asked = {
  ...{ as: 'lin', schedule: 'sre', to: 'wang', note: '婚礼' },
  mine: { from: '2026-11-23 10:00', to: '2026-11-24 10:00' },
  yours: { from: '2026-11-24 10:00', to: '2026-11-25 10:00' },
}

function consoleOf(rows: Record<string, Directory> = { pay: people }) {
  const world = new PathWorld()
  const contacts = new MemoryContacts(rows)
  const project = world.config.projects.pay ?? expect.unreachable()
  world.config.projects = Object.fromEntries(Object.keys(rows).map((name) => [name, { ...project, name }]))
  const program = new Visitor(world, {
    access,
    directory: async (name) => (await contacts.read(name))?.directory ?? { contacts: {}, schedules: {}, overrides: [] },
    regions: async () => [{ region: 'region-1', contacts }],
  })
  const whoAt = (time: string) =>
    onCall(contacts.rows.get('pay')?.directory ?? people, 'sre', Date.parse(`${time}+08:00`)).contacts
  return { world, contacts, program, whoAt }
}

const bodyOf = ({ text }: { text: string }) => JSON.parse(text)
const codeOf = ({ status, text }: { status: number; text: string }) => [status, JSON.parse(text).error?.code]

describe('a swap by a program', () => {
  it('is asked for, told to the other one, accepted, routed from then on, and listed with its answer', async () => {
    const { world, program, whoAt } = consoleOf()
    const swap = bodyOf(await program.json(SWAPS, asked, as(tokens.pay)))
    const { as: by, ...turns } = asked
    expect(swap).toMatchObject({ ...turns, by, state: 'asked', id: expect.stringMatching(/^[0-9a-f]{8}$/) })
    expect(world.queue).toMatchObject([
      { message: { kind: 'letter', contact: 'wang', url: 'https://console.example.com/oncall' } },
    ])
    expect(whoAt('2026-11-23T12:00')).toEqual(['lin'])

    world.now += 60_000
    const answer = { as: 'wang', answer: 'accepted' }
    const accepted = bodyOf(await program.json(`${SWAPS}/${swap.id}/answer`, answer, as(tokens.pay)))
    expect(accepted).toEqual({
      swap: { ...swap, state: 'accepted', answered: { at: new Date(world.now).toISOString(), by: '王磊' } },
      missed: [],
    })
    expect([whoAt('2026-11-23T12:00'), whoAt('2026-11-24T12:00')]).toEqual([['wang'], ['lin']])
    expect(bodyOf(await program.get(SWAPS, as(tokens.pay)))).toEqual({ swaps: [accepted.swap] })
    expect(world.logged).toContainEqual(
      expect.objectContaining({ event: 'audit', name: '王磊', action: `swap accepted ${swap.id}: sre lin, wang` }),
    )
  })

  it('is answered once: the second is told, and who repeats an answer that was lost is not', async () => {
    const { program, contacts } = consoleOf()
    const { id } = bodyOf(await program.json(SWAPS, asked, as(tokens.pay)))
    const say = (answer: string, who = 'wang', more: object = {}) =>
      program.json(`${SWAPS}/${id}/answer`, { as: who, answer }, as(tokens.pay, more))
    expect((await say('declined')).status).toBe(200)
    expect((await say('declined', 'wang', { 'idempotency-key': 'declined-4711' })).status).toBe(200)
    expect(codeOf(await say('declined', 'lin'))).toEqual([409, 'over'])
    expect(codeOf(await say('accepted'))).toEqual([409, 'over'])
    expect(contacts.written).toEqual([])
  })

  it('is asked for once by whoever asks twice', async () => {
    const { world, program } = consoleOf()
    const first = await program.json(SWAPS, asked, as(tokens.pay))
    expect((await program.json(SWAPS, asked, as(tokens.pay))).text).toBe(first.text)
    expect(world.queue).toHaveLength(1)
  })

  it('takes an admin of every project that goes by the schedule', async () => {
    const { program, contacts, world } = consoleOf({ pay: people, shop: people })
    expect(codeOf(await program.json(SWAPS, asked, as(tokens.responder)))).toEqual([403, 'no-role'])
    expect(codeOf(await program.json(SWAPS, asked, as(tokens.pay)))).toEqual([403, 'not-theirs'])
    const { id } = bodyOf(await program.json(SWAPS, asked, as(tokens.all)))
    const path = `${SWAPS}/${id}/answer`
    expect(codeOf(await program.json(path, { as: 'wang', answer: 'accepted' }, as(tokens.pay)))).toEqual([
      403,
      'no-role',
    ])
    expect([contacts.written, world.queue.length]).toEqual([[], 1])
    expect(bodyOf(await program.get(SWAPS, as(tokens.responder))).swaps).toHaveLength(1)
  })

  it('of another project is not there for who may not look at it', async () => {
    const { program } = consoleOf({ pay: people, shop: { ...people, schedules: {} } })
    const { id } = bodyOf(await program.json(SWAPS, asked, as(tokens.pay)))
    expect(bodyOf(await program.get(SWAPS, as(tokens.shop)))).toEqual({ swaps: [] })
    const [kept, none] = await Promise.all(
      [id, '0'].map((one) =>
        program.json(`${SWAPS}/${one}/answer`, { as: 'wang', answer: 'accepted' }, as(tokens.shop)),
      ),
    )
    expect([codeOf(kept ?? expect.unreachable()), kept?.text]).toEqual([[404, 'not-found'], none?.text])
    expect(codeOf(await program.json(SWAPS, asked, as(tokens.shop)))).toEqual([400, 'not-named'])
  })

  it.each([
    ['nobody who asks', { as: 'ghost' }, 'no-contact'],
    ['nobody who is asked', { to: 'ghost' }, 'not-named'],
    ['a turn that is not theirs', { mine: asked.yours }, 'no-turns'],
    ['half a turn', { yours: { from: '2026-11-24 10:00' } }, 'bad-request'],
    ['no time', { mine: { from: 'soon', to: 'later' } }, 'not-a-time'],
  ])('is not asked for with %s', async (_, changes, code) => {
    const { world, program } = consoleOf()
    expect(codeOf(await program.json(SWAPS, { ...asked, ...changes }, as(tokens.pay)))).toEqual([400, code])
    expect(world.queue).toEqual([])
  })
})

describe('of a schedule that is gone a swap', () => {
  it('is listed and taken back by an admin of all, and is none to others', async () => {
    const { contacts, program } = consoleOf()
    const { id } = bodyOf(await program.json(SWAPS, asked, as(tokens.pay)))
    const row = contacts.rows.get('pay') ?? expect.unreachable()
    contacts.rows.set('pay', { ...row, directory: { ...row.directory, schedules: { dba: sre } } })

    expect(bodyOf(await program.get(SWAPS, as(tokens.all))).swaps).toMatchObject([{ id, state: 'asked' }])
    expect(bodyOf(await program.get(SWAPS, as(tokens.pay))).swaps).toEqual([])
    const answer = (token: string, said: string) =>
      program.json(`${SWAPS}/${id}/answer`, { as: 'wang', answer: said }, as(token))
    expect(codeOf(await answer(tokens.pay, 'declined'))).toEqual([404, 'not-found'])
    expect(codeOf(await answer(tokens.all, 'accepted'))).toEqual([400, 'not-named'])
    expect(bodyOf(await answer(tokens.all, 'declined'))).toMatchObject({ swap: { state: 'declined' }, missed: [] })
  })
})
