import { describe, expect, it } from 'vitest'
import { onCall } from '../../shared/oncall/on-call.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { MemoryContacts } from '../engine/overrides/memory-contacts.ts'
import { directory, policy } from '../engine/world.ts'
import { serveConsole } from './served-console.ts'

const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: 'Mon 10:00', start: '2026-11-16' }

/** A console with people in two regions, and a terminal that has its token alone. */
async function served(role: 'viewer' | 'responder' = 'responder', people: Directory = directory) {
  const rows = { pay: { ...people, schedules: { sre } } }
  const tables = [new MemoryContacts(rows), new MemoryContacts(rows)] as const
  const [contacts, other] = tables
  const console = await serveConsole(role, {
    directory: async (name) => (await contacts.read(name))?.directory ?? { contacts: {}, schedules: {}, overrides: [] },
    regions: async () => tables.map((table, index) => ({ region: `region-${index + 1}`, contacts: table })),
  })
  const now = () => onCall(contacts.rows.get('pay')?.directory ?? directory, 'sre', console.world.now).contacts
  return { ...console, contacts, other, now }
}

const NIGHT = ['2026-11-22 02:00', '2026-11-22 12:00']

describe('a command at a console', () => {
  it('puts somebody on call for a while, lists that, and takes it away, once though its answer be lost', async () => {
    const { here, lose, contacts, now } = await served()
    lose(1)
    const made = await here.run('override', 'sre', 'wang', ...NIGHT, '--note', '看病', '--as', 'lin')
    expect([made.code, made.err]).toEqual([0, ''])
    expect(made.out).toMatch(/^[0-9a-f]{8} sre wang 2026-11-22 02:00 – 2026-11-22 12:00 \(pay\)\n {2}sre: from .*wang/)
    expect(now()).toEqual(['wang'])
    expect(contacts.overrides('pay')).toHaveLength(1)
    expect((await here.run('override', 'sre', 'wang', ...NIGHT, '--as', 'lin')).out).toMatch(/^It is so already/)

    const listed = await here.run('override', 'ls')
    expect(listed.out).toMatch(/sre wang 2026-11-22 02:00 – 2026-11-22 12:00 +林悦 +看病 +pay/)
    const [{ override }] = JSON.parse((await here.run('override', 'ls', '--json')).out)
    expect(override).toMatchObject({ schedule: 'sre', contact: 'wang', made: { by: '林悦' } })
    lose(1)
    const gone = await here.run('override', 'rm', override.made.id)
    expect([gone.code, gone.out]).toEqual([0, expect.stringMatching(/^Taken away: sre wang .* \(pay\)$/)])
    expect([now(), contacts.overrides('pay')]).toEqual([['lin'], []])
    expect((await here.run('override', 'ls')).out).toBe('Nothing is otherwise than the rotations say.')
  })

  it('says when whoever stands in is not reached, in the words of the tables', async () => {
    const contacts = { ...directory.contacts, chen: { name: '陈涛' } }
    const { here, world } = await served('responder', { ...directory, contacts })
    world.config.policies = { default: policy({ layers: [{ page: ['sre'], calls: 1, ackTimeoutMs: 300_000 }] }) }
    expect(await here.run('override', 'sre', 'chen', ...NIGHT, '--as', 'lin', '--json')).toMatchObject({
      code: 0,
      err: expect.stringMatching(
        /^warning: chen has no `phone`.*, and nothing else takes over: .* the step passes on$/,
      ),
    })
    expect((await here.run('override', 'sre', 'lin', '2026-11-25', '2026-11-26', '--as', 'lin')).err).toBe('')
  })

  it('takes turns that are swapped, and leave', async () => {
    const swapped = await served()
    const turns = ['2026-11-21', '2026-12-07']
    const swap = await swapped.here.run('override', 'sre', 'lin', ...turns, '--swap', 'wang', '--as', 'lin')
    expect(swap.out).toMatch(/sre lin ⇄ wang/)
    expect(swapped.now()).toEqual(['wang'])
    const { here, now } = await served()
    expect((await here.run('override', 'away', 'lin', ...NIGHT, '--as', 'lin')).out).toMatch(/lin away/)
    expect(now()).toEqual(['wang'])
  })

  it('says what the console refuses, and which region has not taken it', async () => {
    const { here, other, now } = await served()
    expect((await here.run('override', 'sre', 'ghost', ...NIGHT, '--as', 'lin')).err).toMatch(/^error: .*ghost/)
    expect((await here.run('override', 'sre', 'wang', 'soon', 'later', '--as', 'lin')).err).toMatch(/"soon" is no time/)
    expect((await here.run('override', 'rm', '1f0c2a7e')).err).toMatch(/no override has the id 1f0c2a7e/)
    other.isDown = true
    const partly = await here.run('override', 'sre', 'wang', ...NIGHT, '--as', 'lin')
    expect([partly.code, partly.err]).toEqual([2, expect.stringMatching(/^warning: region-2 has not taken it/)])
    expect(now()).toEqual(['wang'])
    const [{ override }] = JSON.parse((await here.run('override', 'ls', '--json')).out)
    const gone = await here.run('override', 'rm', override.made.id)
    expect([gone.code, gone.err]).toEqual([2, expect.stringMatching(/still counts there.*say the same again/)])
    const looking = await served('viewer')
    expect((await looking.here.run('override', 'sre', 'wang', ...NIGHT, '--as', 'lin')).err).toMatch(/does not allow/)
  })

  it('merges incidents into one, and takes one out again', async () => {
    const { world, here } = await served()
    for (const dedupKey of ['web', 'db']) await world.alert('trigger', { dedupKey })
    await world.settle()
    expect((await here.run('merge', '1001', '1002', '--as', 'lin')).out).toMatch(/^#1002 pay .* is merged into #1001/)
    expect(world.incident('pay', 'db').mergedInto).toMatchObject({ number: 1001 })
    expect((await here.run('merge', '1002', '1001', '--as', 'lin')).err).toMatch(/1002.*1001/)
    expect((await here.run('merge', '1001', '9999', '--as', 'lin')).err).toMatch(/9999/)
    expect((await here.run('incidents', '1002', '--json')).out).toContain('"mergedInto": 1001')

    expect((await here.run('split', '1002', '--as', 'lin')).out).toMatch(/^#1002 pay .* is taken out of #1001/)
    expect(world.incident('pay', 'db').mergedInto).toBeUndefined()
    expect(await here.run('split', '1002', '--as', 'lin')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: /),
    })
  })
})
