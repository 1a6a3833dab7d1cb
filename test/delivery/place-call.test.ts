import { describe, expect, it } from 'vitest'
import { dispatchToIncident, dispatchToPhoneLine } from '../../shared/engine/dispatch.ts'
import type { RowKey } from '../../shared/store/table.ts'
import { PathWorld, phones } from '../engine/world.ts'
import { refusedFor } from '../failure.ts'
import { calling, callsTold, first } from './calling.ts'

/** Somebody takes an incident in a function that dies as soon as that is written. */
function takenAndCrashed(world: PathWorld, groupKey: string): Promise<unknown> {
  const { get } = world.incidents
  const incidents = Object.assign(Object.create(world.incidents), {
    get: (key: RowKey) => (key.pk.startsWith('phone-line#') ? new Promise(() => {}) : get.call(world.incidents, key)),
  })
  const event = { type: 'acknowledge', generation: 1, via: 'cli' } as const
  return dispatchToIncident({ project: 'pay', groupKey }, { event }, world.io({ incidents }))
}

describe('a call', () => {
  it('is placed once, with a token, the person’s language, and what to say if nobody can be asked', async () => {
    const world = await calling()

    expect(world.calls).toEqual([`connect ${first}`])
    expect(world.placed[0]).toMatchObject({ phoneHash: `person-${phones.lin}`, seq: 1, language: 'zh' })
    expect(world.placed[0]?.message).toContain('支付项目')
    expect(await callsTold(world)).toEqual(['林悦 ringing'])
  })

  it('that is not answered brings the next person within a second', async () => {
    const world = await calling()
    world.now += 30_000
    await world.contact({
      type: 'disconnected',
      contactId: 'contact-1',
      answered: false,
      failure: refusedFor('TELECOM_UNANSWERED'),
    })
    await world.settle()

    expect(world.calls[1]).toBe(`connect ${phones.wang} line:person-${phones.wang}:1`)
    expect(world.now - (world.incident().escalation.attempts[0]?.since ?? 0)).toBeLessThanOrEqual(1_000)
  })

  it('without any event is stopped after 75 s, and the next person called', async () => {
    const world = await calling()
    await world.until('02:14:14')
    expect(world.calls).toHaveLength(1)

    await world.until('02:14:16')
    expect(world.calls.slice(1)).toEqual([
      'connect stop contact-1',
      `connect ${phones.wang} line:person-${phones.wang}:1`,
    ])
  })

  it('for an incident that is over by then is not placed', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    await world.page(world.queue.shift()?.message)
    await world.alert('resolve')
    await world.settle()

    expect(world.calls).toEqual([])
  })

  it('that an acknowledgement overtakes while the vendor is asked is stopped at once', async () => {
    const world = await calling((world) =>
      world.places.push(async () => {
        await world.alert('resolve')
        return { status: 'placed', contactId: 'contact-1' }
      }),
    )

    expect(world.calls).toEqual([`connect ${first}`, 'connect stop contact-1'])
    expect(world.phoneLine().call).toBeUndefined()
  })

  it('that is taken while the vendor is asked is stopped at once, even if who took it crashes before calling it off', async () => {
    const world = await calling((world) =>
      world.places.push(async () => {
        void takenAndCrashed(world, 'web')
        await new Promise((resolve) => setImmediate(resolve))
        return { status: 'placed', contactId: 'contact-1' }
      }),
    )

    expect(world.incident().status).toBe('acknowledged')
    expect(world.calls).toEqual([`connect ${first}`, 'connect stop contact-1'])
    expect(world.phoneLine().call).toBeUndefined()
  })

  it.each([
    { taken: ['b'], stopped: false },
    { taken: ['a', 'b', 'c'], stopped: true },
  ])('about three of which $taken are taken while the vendor is asked: stopped $stopped', async ({
    taken,
    stopped,
  }) => {
    const world = await calling()
    for (const dedupKey of ['a', 'b', 'c']) await world.alert('trigger', { dedupKey })
    await world.settle()
    world.places.push(async () => {
      for (const dedupKey of taken) void takenAndCrashed(world, dedupKey)
      await new Promise((resolve) => setImmediate(resolve))
      return { status: 'placed', contactId: 'contact-2' }
    })
    world.now += 1_000
    await world.alert('resolve')
    await world.settle()

    const second = `connect ${phones.lin} line:person-${phones.lin}:2`
    expect(world.calls.slice(1)).toEqual([
      'connect stop contact-1',
      second,
      ...(stopped ? ['connect stop contact-2'] : []),
    ])
    expect(world.phoneLine().call?.about.map(({ off }) => off ?? false)).toEqual(
      stopped ? undefined : [false, true, false],
    )
  })

  it('that was called off before anybody dialled is not placed', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    const step = world.queue.shift()?.message
    await world.page(step)
    // Another function takes the request to the phone line, and leaves the call to this one.
    const request = world.queue.find(({ message }) => message.kind === 'call')?.message
    if (request?.kind !== 'call') expect.fail('no request')
    const { phoneHash, incident, step: decision } = request
    await dispatchToPhoneLine(
      phoneHash,
      { event: { type: 'requests', of: [{ incident, step: decision }] } },
      world.io(),
    )
    await dispatchToPhoneLine(phoneHash, { event: { type: 'cancels', of: [{ incident, step: decision }] } }, world.io())
    await world.settle()

    expect(world.calls).toEqual([])
    expect(world.phoneLine().call).toBeUndefined()
  })

  it('counts as placed even when nobody can tell whether it is still wanted', async () => {
    const world = await calling((world) => {
      const get = world.incidents.get.bind(world.incidents)
      world.places.push(async () => {
        let failures = 1
        world.incidents.get = async (key) => {
          if (failures-- > 0) throw new Error('table throttled')
          return get(key)
        }
        return { status: 'placed', contactId: 'contact-1' }
      })
    })
    await world.until('02:13:30')

    expect(world.calls).toEqual([`connect ${first}`])
    expect(world.phoneLine().call?.contactId).toBe('contact-1')
  })
})
