import { describe, expect, it } from 'vitest'
import type { DeskEvent } from '../../shared/phoneline/phone-line.ts'
import { DeskStory } from './story.ts'

/** A desk whose call about `web` is in a phase, with nothing waiting. */
const phases: Record<string, (desk: DeskStory) => unknown> = {
  dialling: () => {},
  throttled: (desk) => desk.throttled(),
  ringing: (desk) => desk.dialled(),
  unknown: (desk) => desk.lost(),
  answered: (desk) => [desk.dialled(), desk.answered()],
  ended: (desk) => [desk.dialled(), desk.hungUp('answered')],
}

function deskIn(phase: string): DeskStory {
  const desk = new DeskStory()
  desk.at('02:13').request('web')
  phases[phase]?.(desk)
  expect(desk.phase).toBe(phase)
  return desk
}

describe('a second incident', () => {
  it.each(Object.keys(phases))('waits while a call is %s', (phase) => {
    const desk = deskIn(phase)

    expect(desk.request('db')).toEqual([])
    expect(desk.reason).toBe('waits for the call')
    expect(desk.waiting).toEqual(['db'])
    expect(desk.seq).toBe(1)
  })

  it('joins the call when that is answered, and key 1 acknowledges both', () => {
    const desk = deskIn('ringing')
    desk.request('db', 5)

    expect(desk.answered()).toEqual(['web step 1: listening', 'db step 5: listening', 'look at 1 at 02:15'])
    expect(desk.waiting).toEqual([])
    expect(desk.key('1')).toEqual(['acknowledge web', 'acknowledge db'])
  })

  it('that has joined is not called about again', () => {
    const desk = deskIn('ringing')
    desk.request('db', 5)
    desk.answered()
    desk.hungUp('answered')
    desk.at('02:13:05').look()

    expect(desk.request('db', 5)).toEqual([])
    expect(desk.phase).toBe('free')
  })

  it('that asks while somebody listens is called about next', () => {
    const desk = deskIn('answered')
    desk.request('db')
    expect(desk.key('1')).toEqual(['acknowledge web'])

    expect(desk.at('02:14').hungUp('answered')).toEqual(['dial 2 about db', 'look at 2 at 02:15:15'])
  })

  it('that asks again about what key 1 then acknowledges is not called about', () => {
    const desk = deskIn('answered')
    desk.request('web', 2)
    desk.request('db')
    expect(desk.key('1')).toEqual(['acknowledge web'])
    expect(desk.waiting).toEqual(['db'])

    expect(desk.at('02:14').hungUp('answered')).toEqual(['dial 2 about db', 'look at 2 at 02:15:15'])
    expect(desk.request('web', 2)).toEqual([])
  })

  it('is called about as soon as nobody answered the first', () => {
    const desk = deskIn('ringing')
    desk.request('db')
    desk.request('cache')

    expect(desk.at('02:14').hungUp('unanswered')).toEqual([
      'web step 1: unanswered',
      'dial 2 about db, cache',
      'look at 2 at 02:15:15',
    ])
  })

  it('asks again by a later decision: the later one counts', () => {
    const desk = deskIn('ringing')
    desk.request('db', 2)
    desk.request('db', 4)
    expect(desk.request('db', 3)).toEqual([])
    desk.hungUp('unanswered')

    expect(desk.dialled()).toEqual(['link c2 to 2', 'db step 4: ringing'])
  })

  it('five of them are one call, and one key passes all on', () => {
    const desk = deskIn('ringing')
    for (const incident of ['a', 'b', 'c', 'd']) desk.request(incident)
    desk.answered()

    expect(desk.key('9')).toEqual(['web', 'a', 'b', 'c', 'd'].map((incident) => `${incident} step 1: passed`))
  })

  it('a later decision of the same incident, made while its call is unknown, is one entry of the call', () => {
    const desk = deskIn('unknown')
    desk.request('web', 2)

    expect(desk.answered()).toEqual(['link c1 to 1', 'web step 2: listening', 'look at 1 at 02:15'])
  })
})

describe('called off', () => {
  it.each([
    { phase: 'dialling', effects: [], after: 'dialling' },
    { phase: 'throttled', effects: [], after: 'free' },
    { phase: 'ringing', effects: ['stop 1'], after: 'ringing' },
    { phase: 'unknown', effects: [], after: 'unknown' },
    { phase: 'answered', effects: [], after: 'answered' },
    { phase: 'ended', effects: [], after: 'ended' },
  ])('while $phase', ({ phase, effects, after }) => {
    const desk = deskIn(phase)

    expect(desk.cancel('web')).toEqual(effects)
    expect(desk.phase).toBe(after)
    expect(desk.cancel('web')).toEqual([])
  })

  it('while the vendor is being asked: the call is stopped as soon as it is known', () => {
    const desk = deskIn('dialling')
    desk.cancel('web')

    expect(desk.dialled()).toEqual(['stop 1', 'link c1 to 1'])
  })

  it('and nobody needs it any more when the vendor is about to be asked', () => {
    const desk = deskIn('dialling')
    desk.cancel('web')

    expect(desk.withdrawn()).toEqual([])
    expect(desk.phase).toBe('free')
  })

  it('when the incident turns out to be over as it is told that the phone rings', () => {
    const desk = deskIn('dialling')

    expect(desk.dialled()).toEqual(['link c1 to 1', 'web step 1: ringing'])
    expect(desk.cancel('web')).toEqual(['stop 1'])
    expect(desk.stopped()).toEqual(['web step 1: unanswered, called off'])
  })

  it('while the vendor throttles: it is not dialled again', () => {
    const desk = deskIn('dialling')
    desk.cancel('web')

    expect(desk.throttled()).toEqual([])
    expect(desk.phase).toBe('free')
  })

  it('one of two: the call goes on for the other', () => {
    const desk = new DeskStory()
    desk.request('old')
    desk.request('web')
    desk.request('db')
    desk.refused()
    desk.dialled()

    expect(desk.cancel('web')).toEqual([])
    expect(desk.phase).toBe('ringing')
    expect(desk.cancel('db')).toEqual(['stop 2'])
  })

  it('before its call: it is not called about', () => {
    const desk = deskIn('ringing')
    desk.request('db')
    desk.cancel('db')

    expect(desk.hungUp('unanswered')).toEqual(['web step 1: unanswered'])
    expect(desk.phase).toBe('free')
  })

  it('by an older decision: the newer one stays', () => {
    const desk = deskIn('ringing')
    desk.request('db', 4)
    desk.cancel('db', 3)

    expect(desk.waiting).toEqual(['db'])
  })

  it('with another waiting: that is called about once the first has stopped', () => {
    const desk = deskIn('ringing')
    desk.request('db')
    expect(desk.cancel('web')).toEqual(['stop 1'])
    expect(desk.phase).toBe('ringing')

    expect(desk.stopped()).toEqual(['web step 1: unanswered, called off', 'dial 2 about db', 'look at 2 at 02:14:15'])
  })

  it('somebody answers just before it is stopped: they hear of it, and their key counts', () => {
    const desk = deskIn('ringing')
    desk.cancel('web')

    expect(desk.answered()).toEqual(['web step 1: listening', 'look at 1 at 02:15'])
    expect(desk.key('1')).toEqual(['acknowledge web'])
  })
})

describe('a storm that is no group', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `check-${index}`)

  it('is one call about a hundred of them, and the next one about those that are left', () => {
    const desk = deskIn('ringing')
    for (const incident of many(150)) desk.request(incident)
    desk.answered()
    expect(desk.waiting).toHaveLength(51)
    expect(desk.key('1')).toEqual(['web', ...many(99)].map((incident) => `acknowledge ${incident}`))

    const next = many(150).slice(99)
    expect(desk.hungUp('answered')).toEqual([`dial 2 about ${next.join(', ')}`, 'look at 2 at 02:14:15'])
    expect(desk.waiting).toEqual([])
  })

  it('that asks at once is one call about all, and called off at once stops it', () => {
    const desk = new DeskStory()
    const of = many(3).map((incident) => ({ incident, step: 1 }))
    expect(desk.at('02:13').take({ type: 'requests', of })).toEqual([
      'dial 1 about check-0, check-1, check-2',
      'look at 1 at 02:14:15',
    ])
    expect(desk.take({ type: 'requests', of })).toEqual([])
    desk.dialled()

    expect(desk.take({ type: 'cancels', of })).toEqual(['stop 1'])
    expect(desk.take({ type: 'requests', of })).toEqual([])
  })

  it('never asks for a call twice by one decision', () => {
    const desk = new DeskStory()
    for (const incident of many(150)) desk.request(incident)
    desk.hungUp('unanswered')
    expect(desk.desk?.call?.about).toHaveLength(1)
    desk.refused()
    expect(desk.desk?.call?.about).toHaveLength(100)

    for (const incident of many(101)) expect(desk.request(incident)).toEqual([])
    expect(desk.waiting).toEqual(many(150).slice(101))
  })

  it('of more than five hundred leaves the rest in the queue', () => {
    const desk = deskIn('ringing')
    for (const incident of many(500)) desk.request(incident)

    expect(() => desk.request('one more')).toThrow('500 incidents wait for one person: this request comes again')
    expect(desk.request('check-7', 2)).toEqual([])
    expect(desk.waiting.at(-1)).toBe('check-7')
  })

  it('fits one item of 400 KB, whatever it does all night', () => {
    const desk = new DeskStory()
    let largest = 0
    const entry = { id: '12345.0123', decidedAt: 1e12, leaseUntil: 1e12, notBefore: 0, tries: 0, uncertain: 0 }
    const take = (event: DeskEvent) => {
      const { state, outbox } = desk.decide(event)
      if (event.type === 'request') return
      const item = { state, outbox: outbox.map((effect) => ({ ...entry, effect })) }
      largest = Math.max(largest, Buffer.byteLength(JSON.stringify(item)))
    }
    for (let index = 0; index < 2_000; index++) {
      const incident = `payments#${1 + (index % 7)}#payments/checkout-api-of-region-${index}-by-an-outside-monitor`
      take({ type: 'request', incident, step: 1 + index })
      if (index % 400 < 390) continue
      take({ type: 'answered', seq: desk.seq, contactId: 'c' })
      take({ type: 'key', seq: desk.seq, contactId: 'c', key: '1' })
      take({ type: 'disconnected', contactId: 'c', answered: true })
    }

    expect(Object.keys(desk.desk?.settled ?? {})).toHaveLength(1_000)
    expect(largest).toBeGreaterThan(100_000)
    expect(largest).toBeLessThan(400_000)
  })
})
