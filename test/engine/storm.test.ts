import { describe, expect, it } from 'vitest'
import { callInputOf } from '../../shared/channels/voice/calls.ts'
import { answerCall } from '../../shared/engine/answers/take-key.ts'
import { takeEscalation } from '../../shared/engine/take-escalation.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import type { Table } from '../../shared/store/table.ts'
import type { MemoryTable } from '../store/memory-table.ts'
import { PathWorld } from './world.ts'

const INCIDENTS = 100

/** A table that answers a moment later, so that all who write at once meet each other, and counts writes of phone lines. */
function slowly(table: MemoryTable): Table & { lines: number } {
  const later = async <T>(work: () => Promise<T>) => {
    await new Promise(setImmediate)
    return work()
  }
  const slow: Table & { lines: number } = {
    name: table.name,
    lines: 0,
    get: (key) => later(() => table.get(key)),
    getMany: (keys) => later(() => table.getMany(keys)),
    query: (pk, prefix) => later(() => table.query(pk, prefix)),
    newest: (pk, from, until, limit) => later(() => table.newest(pk, from, until, limit)),
    putIfVersion: (row, expected) => {
      if (row.pk.startsWith('phone-line#')) slow.lines++
      return later(() => table.putIfVersion(row, expected))
    },
    put: (rows) => later(() => table.put(rows)),
    count: (key, options) => later(() => table.count(key, options)),
    due: (at, limit) => later(() => table.due(at, limit)),
    listed: (name, limit) => later(() => table.listed(name, limit)),
  }
  return slow
}

/** A phone that rings about as many of a hundred incidents as a call begins with. */
async function ringing(): Promise<PathWorld> {
  const world = new PathWorld()
  for (const project of Object.values(world.config.projects)) project.stormLimit = 1_000
  for (let index = 0; index <= INCIDENTS; index++) await world.alert('trigger', { dedupKey: `check-${index}` })
  await world.settle()
  await world.contact({ type: 'disconnected', contactId: 'contact-1', answered: false })
  await world.settle()
  expect(world.phoneLine().call?.about).toHaveLength(80)
  return world
}

describe('a call about a hundred incidents', () => {
  it('is acknowledged by one key, whose phone line is not written once for each', async () => {
    const world = await ringing()
    const { phoneHash, seq, call } = world.phoneLine()
    const incidents = slowly(world.incidents)
    const press = (Parameters: Record<string, string>) => {
      const ContactData = { ContactId: 'contact-2', Attributes: { phoneHash, seq: String(seq), language: 'en' } }
      const input = callInputOf({ Name: 'ContactFlowEvent', Details: { ContactData, Parameters } })
      if (input === undefined) throw new Error('no question of a flow')
      return answerCall(input, world.io({ incidents }), new AbortController().signal)
    }
    expect(await press({ action: 'answered' })).toMatchObject({ result: 'several' })
    incidents.lines = 0
    expect(await press({ action: 'key', key: '1' })).toMatchObject({ result: 'ok' })

    expect(incidents.lines).toBe(2)
    const statuses = call?.about.map(({ incident }) => world.incident('pay', incident.split('#').at(-1)).status)
    expect(new Set(statuses)).toEqual(new Set(['acknowledged']))
  })

  it('is called off when all of them recover together, whose phone line is written a few times', async () => {
    const world = await ringing()
    const incidents = slowly(world.incidents)
    world.now += 1_000
    const alerts = Array.from({ length: INCIDENTS + 1 }, (_, index) => ({
      action: 'resolve',
      dedupKey: `check-${index}`,
      project: 'pay',
      summary: 'web is up',
      at: world.now,
    }))
    await takeEvent({ v: 1, kind: 'alerts', alerts }, world.now, world.config, world.io({ incidents }))
    expect(incidents.lines).toBeLessThan(INCIDENTS / 2)

    await world.settle()
    expect(world.calls.at(-1)).toBe('connect stop contact-2')
    expect(world.left).toEqual([])
  })

  it('is asked for by a batch in one write, and rings about all of it', async () => {
    const world = new PathWorld()
    for (let index = 0; index < 10; index++) await world.alert('trigger', { dedupKey: `check-${index}` })
    for (const { message } of world.queue.splice(0)) await world.page(message)
    const incidents = slowly(world.incidents)
    const io = world.pageIo({ incidents })
    const calls = world.queue.filter(({ message }) => message.kind === 'call')
    await Promise.all(calls.map(({ message }) => takeEscalation(message, world.gateway(), io)))

    expect(calls).toHaveLength(10)
    expect(world.calls).toHaveLength(1)
    expect(world.phoneLine().call?.about).toHaveLength(10)
    expect(incidents.lines).toBeLessThan(5)
  })
})
