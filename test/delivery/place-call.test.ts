import { describe, expect, it } from 'vitest'
import { dispatchToIncident, dispatchToPhoneLine } from '../../shared/engine/dispatch.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import type { RowKey } from '../../shared/store/table.ts'
import { PathWorld, phones, policy } from '../engine/world.ts'
import { brief, refusedFor } from '../failure.ts'

/** A world in which `web` of `pay` went down at 02:13; Lin is called once, then Wang. */
async function calling(prepare: (world: PathWorld) => void = () => {}): Promise<PathWorld> {
  const world = new PathWorld()
  prepare(world)
  await world.alert('trigger')
  return world.settle()
}

/** Somebody takes an incident in a function that dies as soon as that is written. */
function takenAndCrashed(world: PathWorld, groupKey: string): Promise<unknown> {
  const { get } = world.incidents
  const incidents = Object.assign(Object.create(world.incidents), {
    get: (key: RowKey) => (key.pk.startsWith('phone-line#') ? new Promise(() => {}) : get.call(world.incidents, key)),
  })
  const event = { type: 'acknowledge', generation: 1, via: 'cli' } as const
  return dispatchToIncident({ project: 'pay', groupKey }, { event }, world.io({ incidents }))
}

const first = `${phones.lin} line:person-${phones.lin}:1`

async function callsTold(world: PathWorld): Promise<string[]> {
  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  return lines.flatMap((line) =>
    line.kind === 'call' ? [`${line.name} ${[line.outcome, brief(line.failure)].filter(Boolean).join(', ')}`] : [],
  )
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
    await dispatchToPhoneLine(phoneHash, { event: { type: 'request', incident, step: decision } }, world.io())
    await dispatchToPhoneLine(phoneHash, { event: { type: 'cancel', incident, step: decision } }, world.io())
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

describe('a call that has to stop', () => {
  /** Lin's phone rings, then the incident is resolved. */
  async function stopping(stops: boolean[]): Promise<PathWorld> {
    const world = await calling((world) => world.stops.push(...stops))
    world.now += 1_000
    await world.alert('resolve')
    return world.settle()
  }

  it('is stopped once', async () => {
    const world = await stopping([])

    expect(world.calls.slice(1)).toEqual(['connect stop contact-1'])
    expect(world.phoneLine().call).toBeUndefined()
  })

  it('is asked to again and again while it may ring, ever more rarely', async () => {
    const world = await stopping([false, false, false, false, false, true])
    const asked: number[] = []
    for (const time of ['02:13:01', '02:13:02', '02:13:04', '02:13:08', '02:13:16', '02:13:32']) {
      await world.until(time)
      asked.push(world.calls.length - 1)
    }
    expect(asked).toEqual([1, 2, 3, 4, 5, 6])
    expect(world.calls.slice(1)).toEqual(Array(6).fill('connect stop contact-1'))
    expect(world.phoneLine().call).toBeUndefined()
  })

  it('and does not is taken for ringing until it must have ended: nobody gets two calls at once', async () => {
    const world = await stopping(Array(6).fill(false))
    await world.alert('trigger', { dedupKey: 'db', at: world.now })
    await world.until('02:14:10')
    expect(world.calls).toHaveLength(7)
    expect(world.phoneLine().waiting).toHaveLength(1)

    await world.until('02:14:16')
    expect(world.calls.slice(7)).toEqual([`connect ${phones.lin} line:person-${phones.lin}:2`])
  })
})
