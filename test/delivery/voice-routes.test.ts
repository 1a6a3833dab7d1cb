import { describe, expect, it } from 'vitest'
import { PathWorld, phones, policy } from '../engine/world.ts'
import { refusedFor } from '../failure.ts'
import { calling, callsTold, first } from './calling.ts'

describe('a vendor', () => {
  it('that refuses hands over to the next route of the number', async () => {
    const world = await calling((world) => world.places.push({ status: 'refused', failure: refusedFor('not allowed') }))

    expect(world.calls).toEqual([`connect ${first}`, `local ${first}`])
    expect(world.phoneLine().call).toMatchObject({ phase: 'ringing', route: 1 })
  })

  it.each([
    ['connect', true, 'its own turns, and the next route is not asked instead'],
    ['local', false, 'those of another vendor'],
  ])('that finds all turns of a second at %s taken waits for the next second: %s, as these are %s', async (type, isLater) => {
    const world = new PathWorld()
    const second = Math.floor(world.now / 1_000)
    for (const _ of [1, 2]) await world.incidents.count({ pk: `rate#${type}#one`, sk: String(second) }, { limit: 2 })
    await world.alert('trigger')
    await world.settle()
    expect(world.calls).toEqual(isLater ? [] : [`connect ${first}`])

    world.now = (second + 1) * 1_000
    await world.settle()
    expect(world.calls).toEqual([`connect ${first}`])
  })

  it('that takes no more calls from its number today is not asked: the phone has failed, and the next channel takes over', async () => {
    const world = new PathWorld()
    const day = Math.floor(world.now / 86_400_000)
    await world.incidents.count({ pk: 'rate#local#one#day', sk: String(day) }, { by: 99 })
    world.places.push(
      { status: 'refused', failure: refusedFor('one') },
      { status: 'refused', failure: refusedFor('other') },
    )
    await world.alert('trigger')
    await world.settle()
    world.places.push({ status: 'refused', failure: refusedFor('one') })
    await world.until('02:18')

    expect(world.calls).toEqual([
      `connect ${first}`,
      `local ${first}`,
      expect.stringContaining(`connect ${phones.wang}`),
    ])
    expect(await callsTold(world)).toEqual([
      '林悦 failed, refused: “one”; refused: “other”',
      '王磊 failed, refused: “one”; our own limit of 100 a day',
    ])
  })

  it('that an error of ours kept from being asked is asked neither again nor elsewhere: it may have been', async () => {
    const world = await calling((world) =>
      world.places.push(() => Promise.reject(new RangeError('Invalid time value'))),
    )
    await world.until(world.now + 5_000)

    expect(world.calls).toEqual([`connect ${first}`])
    expect(await callsTold(world)).toEqual(['林悦 unknown, an error of Fenghuo itself'])
  })

  it('of the second route is the one that is asked to stop the call', async () => {
    const world = await calling((world) => world.places.push({ status: 'refused', failure: refusedFor('not allowed') }))
    await world.alert('resolve', { at: world.now + 1 })
    await world.settle()

    expect(world.calls.at(-1)).toMatch(/^local stop/)
  })

  it('that refuses, and no other: the phone has failed, and the next channel takes over', async () => {
    const world = await calling((world) =>
      world.places.push(
        { status: 'refused', failure: refusedFor('one') },
        { status: 'refused', failure: refusedFor('other') },
      ),
    )

    expect(await callsTold(world)).toEqual(['林悦 failed, refused: “one”; refused: “other”'])
    expect(world.texts).toContain(`${phones.lin} texts page`)
  })

  it('that loses its answer is not asked again, nor any other', async () => {
    const world = await calling((world) => world.places.push({ status: 'unknown', failure: refusedFor('reset') }))
    await world.until('02:17:59')

    expect(world.calls).toEqual([`connect ${first}`])
    expect(await callsTold(world)).toEqual(['林悦 unknown, reset'])
    await world.until('02:18')
    expect(world.calls[1]).toContain(phones.wang)
  })

  it('that loses its answer twice on the way to the next route is not asked a third time', async () => {
    const world = await calling((world) =>
      world.places.push(
        { status: 'refused', failure: refusedFor('no') },
        { status: 'unknown', failure: refusedFor('reset') },
      ),
    )
    await world.until('02:17')

    expect(world.calls).toEqual([`connect ${first}`, `local ${first}`])
  })

  it('that is busy is asked again with the same token', async () => {
    const world = await calling((world) =>
      world.places.push({ status: 'retry', afterMs: 1_000, failure: refusedFor('Throttling') }),
    )
    expect(world.calls).toEqual([`connect ${first}`])
    await world.until('02:13:02')

    expect(world.calls).toEqual([`connect ${first}`, `connect ${first}`])
    expect(await callsTold(world)).toEqual(['林悦 ringing'])
  })

  it('that keeps refusing for now is no reason to wait: a text goes out within 15 s, and nothing is told as unanswered', async () => {
    const world = await calling((world) => {
      for (let tries = 0; tries < 600; tries++)
        world.places.push({ status: 'retry', afterMs: 2_000, failure: refusedFor('LimitExceeded') })
    })
    await world.until('02:13:15')

    expect(world.texts).toContain(`${phones.lin} texts page`)
    expect(await callsTold(world)).toEqual(['林悦 waiting, LimitExceeded'])
    expect(world.calls.length).toBeGreaterThan(5)

    await world.until('02:23:10')
    const exhausted = world.messages.find(({ message }) => message.notice.kind === 'exhausted')
    expect(exhausted?.message.notice).toMatchObject({
      calls: 0,
      tried: [
        { contact: 'lin', calls: 0 },
        { contact: 'wang', calls: 0 },
      ],
    })
    expect(JSON.stringify(exhausted?.message.notice.tried)).not.toContain('unanswered')
  })

  it('that keeps refusing for now, while another serves: the other rings once the call has waited', async () => {
    const busy = { status: 'retry', afterMs: 2_000, failure: refusedFor('LimitExceeded') } as const
    const world = await calling((world) => world.places.push(busy, busy, busy))
    await world.until('02:13:15')

    expect(world.calls).toEqual([...Array(3).fill(`connect ${first}`), `local ${first}`])
    expect(world.phoneLine().call).toMatchObject({ phase: 'ringing', route: 1 })
    expect(await callsTold(world)).toEqual(['林悦 waiting, LimitExceeded', '林悦 ringing'])
  })

  it('that keeps refusing for now as the other does is waited for by the shorter of what they say', async () => {
    const busy = (afterMs: number) => ({ status: 'retry', afterMs, failure: refusedFor('LimitExceeded') }) as const
    const world = await calling((world) => world.places.push(busy(4_000), busy(30_000), busy(1_000), busy(60_000)))
    await world.until('02:13:05')

    expect(world.calls.map((call) => call.split(' ')[0])).toEqual(['connect', 'connect', 'local', 'connect', 'local'])
  })

  it('takes two calls a second, so a third person waits for the next one', async () => {
    const world = new PathWorld({
      policies: { default: policy({ layers: [{ page: ['lin', 'wang', 'tan'], calls: 1, ackTimeoutMs: 300_000 }] }) },
    })
    await world.alert('trigger')
    await world.settle()
    expect(world.calls).toHaveLength(2)

    await world.until('02:13:02')
    expect(world.calls.map((call) => call.split(' ')[1])).toEqual([phones.lin, phones.wang, phones.tan])
  })

  it('whose variable is not set is passed over, and the variable named', async () => {
    const world = await calling((world) => {
      delete world.env.INSTANCE
      world.places.push({ status: 'refused', failure: refusedFor('no line') })
    })

    expect(world.calls).toEqual([`local ${first}`])
    expect(await callsTold(world)).toEqual([
      '林悦 failed, environment variables not set: INSTANCE (instance); refused: “no line”',
    ])
  })

  it('is not asked for a number that no route takes', async () => {
    const world = await calling((world) => {
      world.config.channels.phone = {
        name: 'phone',
        type: 'phone',
        settings: { routes: [{ to: '+1', type: 'connect', settings: {} }] },
      }
    })

    expect(world.calls).toEqual([])
    expect(await callsTold(world)).toContain('林悦 failed, no route takes this number')
  })

  it('is not asked for somebody who is no contact any more', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    await world.page(world.queue.shift()?.message)
    const { lin, ...others } = world.directory?.contacts ?? {}
    world.directory = { contacts: others, schedules: {}, overrides: [] }
    await world.settle()

    expect(await callsTold(world)).toContain('林悦 failed, the person is no contact any more')
    expect(world.calls).toEqual([`connect ${phones.wang} line:person-${phones.wang}:1`])
  })
})
