import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { callReaders } from '../../../shared/channels/registered/call-readers.ts'
import { voiceRoutes } from '../../../shared/channels/registered/voice-routes.ts'
import { contactEventOf } from '../../../shared/channels/voice/calls.ts'
import { readTimeline } from '../../../shared/store/incidents.ts'
import { callsTold } from '../../delivery/calling.ts'
import { PathWorld, phones } from '../world.ts'

function sample(name: string) {
  const text = readFileSync(new URL(`../../samples/connect-event-${name}.json`, import.meta.url), 'utf8')
  return contactEventOf(JSON.parse(text))
}

describe('Connect’s own events', () => {
  it.each([
    { name: 'initiated', means: 'ignored' as const },
    { name: 'connected-to-system', means: { type: 'connected' } },
    { name: 'disconnected-answered', means: { type: 'disconnected', answered: true } },
    { name: 'disconnected-unanswered', means: { type: 'disconnected', answered: false, endedAt: expect.any(Number) } },
    { name: 'completed', means: { type: 'disconnected' } },
  ])('$name', ({ name, means }) => {
    if (means === 'ignored') expect(sample(name)).toBe(means)
    else expect(sample(name)).toMatchObject({ ...means, contactId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  })

  it('may bring fields that nobody knows yet, and lack the reason', () => {
    const event = {
      source: 'aws.connect',
      'detail-type': 'Amazon Connect Contact Event',
      added: 1,
      detail: { eventType: 'DISCONNECTED', contactId: 'c', disconnectReason: null, more: {} },
    }

    expect(contactEventOf(event)).toEqual({ type: 'disconnected', contactId: 'c', answered: false })
  })

  it.each([
    { what: 'another source', event: { source: 'aws.ec2', 'detail-type': 'Amazon Connect Contact Event', detail: {} } },
    {
      what: 'no contact',
      event: { source: 'aws.connect', 'detail-type': 'Amazon Connect Contact Event', detail: { eventType: 'X' } },
    },
  ])('with $what are none', ({ event }) => {
    expect(contactEventOf(event)).toBeUndefined()
  })
})

it('what reads the calls of every voice route is known to the function that takes them', () => {
  const readers = Object.values(voiceRoutes).map(({ type, keys, events, input, receipts }) => [
    type,
    { keys, events, input, receipts },
  ])
  expect(callReaders).toEqual(Object.fromEntries(readers))
})

it('a call of every voice route can be stopped, or is known to be over some time', () => {
  const endless = Object.values(voiceRoutes).filter(
    ({ stop, lastsMs }) => (stop === undefined) === (lastsMs === undefined),
  )
  expect(endless).toEqual([])
})

const connected = { type: 'connected', contactId: 'contact-1' } as const
const unanswered = {
  type: 'disconnected',
  contactId: 'contact-1',
  answered: false,
  reason: 'TELECOM_UNANSWERED',
} as const
const answered = { type: 'disconnected', contactId: 'contact-1', answered: true } as const

/** Lin's phone rings about `web`, since 02:13. */
async function ringing(): Promise<PathWorld> {
  const world = new PathWorld()
  await world.alert('trigger')
  await world.settle()
  expect(world.phoneLine().call?.phase).toBe('ringing')
  return world
}

const statuses = (world: PathWorld) =>
  world.incident().escalation.attempts.map(({ name, status }) => `${name} ${status}`)

describe('an event of a call', () => {
  it('that nobody answered goes to its phone line, and the next person is called', async () => {
    const world = await ringing()

    expect(await world.contact(unanswered)).toBe('taken')
    await world.settle()
    expect(statuses(world)).toEqual(['王磊 ringing'])
    expect(world.phoneLine().call).toBeUndefined()
  })

  it('is told before what it led to, though both are of one moment', async () => {
    const world = await ringing()
    await world.contact(unanswered)
    await world.settle()

    const history = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
    const kinds = history.map((entry) => (entry.kind === 'call' ? `${entry.name} ${entry.outcome}` : entry.kind))
    const end = kinds.indexOf('layer-ended')
    expect(kinds.slice(end - 1, end + 2)).toEqual(['林悦 unanswered', 'layer-ended', 'layer'])
  })

  it('that comes twice counts once', async () => {
    const world = await ringing()
    await world.contact(unanswered)
    await world.settle()
    const calls = [...world.calls]

    expect(await world.contact(unanswered)).toBe('taken')
    await world.settle()
    expect(world.calls).toEqual(calls)
  })

  it('that comes in the wrong order: what is over stays over', async () => {
    const world = await ringing()
    await world.contact(unanswered)
    await world.contact(connected)
    await world.settle()

    expect(statuses(world)).toEqual(['王磊 ringing'])
  })

  it('answered and ended without a key: the layer goes on after two seconds', async () => {
    const world = await ringing()
    await world.contact(connected)
    world.now += 9_000
    await world.contact(answered)
    await world.until('02:13:10')
    expect(statuses(world)).toEqual(['林悦 listening'])

    await world.until('02:13:12')
    expect(statuses(world)).toEqual(['王磊 ringing'])
  })
})

describe('an event of a call that nobody knows yet', () => {
  it('is kept, and read as soon as the vendor’s answer names the contact', async () => {
    const world = new PathWorld()
    world.places.push(async () => {
      expect(await world.contact(unanswered)).toBe('kept')
      return { status: 'placed', contactId: 'contact-1' }
    })
    await world.alert('trigger')
    await world.settle()

    expect(world.calls[1]).toContain(phones.wang)
  })

  it('is kept beside the bare word that the call is over, which does not tell how it went', async () => {
    const world = new PathWorld()
    world.places.push(async () => {
      expect(await world.contact({ ...unanswered, untold: true })).toBe('kept')
      expect(await world.contact({ ...unanswered, neverRang: true, failure: { class: 'bad-number' } })).toBe('kept')
      return { status: 'placed', contactId: 'contact-1' }
    })
    await world.alert('trigger')
    await world.settle()

    expect(await callsTold(world)).toContain('林悦 failed, not a valid number')
  })

  it('counts in its order, whatever order it came in', async () => {
    const world = new PathWorld()
    world.places.push(async () => {
      await world.contact(answered)
      await world.contact(connected)
      return { status: 'placed', contactId: 'contact-1' }
    })
    await world.alert('trigger')
    await world.settle()

    expect(statuses(world)).toEqual(['林悦 listening'])
    await world.until('02:13:03')
    expect(statuses(world)).toEqual(['王磊 ringing'])
  })

  it('is kept for an hour, and never found if the contact is not ours', async () => {
    const world = new PathWorld()

    expect(await world.contact({ ...unanswered, contactId: 'somebody-else' })).toBe('kept')
    const [row] = world.incidents.rows.values()
    expect(row).toMatchObject({ pk: 'contact#somebody-else', expiresAt: (world.now + 3_600_000) / 1000 })
  })

  it('that is named while it is being kept is taken all the same', async () => {
    const world = await ringing()
    const get = world.incidents.get.bind(world.incidents)
    let reads = 0
    world.incidents.get = async (key) => (key.pk === 'contact#contact-1' && reads++ === 0 ? undefined : get(key))

    expect(await world.contact(unanswered)).toBe('taken')
    await world.settle()
    expect(statuses(world)).toEqual(['王磊 ringing'])
  })
})

describe('the bare end of a call that nobody can stop', () => {
  /** Lin's phone has rung by such a route since 02:13, and at 02:13:30 is said to be over. */
  async function over(): Promise<PathWorld> {
    const world = new PathWorld()
    const routes = [{ to: '+86', type: 'ivr', settings: {} }]
    world.config.channels.phone = { name: 'phone', type: 'phone', settings: { routes } }
    await world.alert('trigger')
    await world.until(world.now + 30_000)
    await world.contact({ ...unanswered, untold: true })
    return world
  }

  it('has its vendor asked two seconds later how it went, and its word counts at once', async () => {
    const world = await over()
    world.callEnds.push({ answered: false, neverRang: true, failure: { class: 'bad-number' } })
    await world.until(world.now + 2_000)

    expect(world.calls).toContain('ivr query contact-1')
    expect(await callsTold(world)).toContain('林悦 failed, not a valid number')
  })

  it('is told as such where nobody knows, and nobody is asked again', async () => {
    const world = await over()
    await world.until(world.now + 4_000)
    expect(await callsTold(world)).toContain('林悦 unanswered, no word from the vendor')

    await world.until(world.now + 45_000)
    expect(world.calls.filter((call) => call === 'ivr query contact-1')).toHaveLength(1)
  })
})
