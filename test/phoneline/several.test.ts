import { describe, expect, it } from 'vitest'
import type { Severity } from '../../shared/contracts/words.ts'
import type { PhoneLineEvent } from '../../shared/phoneline/phone-line.ts'
import { PhoneLineStory } from './story.ts'

/** A phone line whose call about `web` is in a phase, with nothing waiting. */
const phases: Record<string, (phoneLine: PhoneLineStory) => unknown> = {
  dialling: () => {},
  throttled: (phoneLine) => phoneLine.throttled(),
  ringing: (phoneLine) => phoneLine.dialled(),
  unknown: (phoneLine) => phoneLine.lost(),
  answered: (phoneLine) => [phoneLine.dialled(), phoneLine.answered()],
  ended: (phoneLine) => [phoneLine.dialled(), phoneLine.hungUp('answered')],
}

function phoneLineIn(phase: string): PhoneLineStory {
  const phoneLine = new PhoneLineStory()
  phoneLine.at('02:13').request('web')
  phases[phase]?.(phoneLine)
  expect(phoneLine.phase).toBe(phase)
  return phoneLine
}

describe('a second incident', () => {
  it.each(Object.keys(phases))('waits while a call is %s', (phase) => {
    const phoneLine = phoneLineIn(phase)

    expect(phoneLine.request('db')).toEqual(['look at 1 at 02:13:10'])
    expect(phoneLine.reason).toBe('waits for the call')
    expect(phoneLine.waiting).toEqual(['db'])
    expect(phoneLine.seq).toBe(1)
  })

  it('joins the call when that is answered, and key 1 acknowledges both', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db', 5)

    expect(phoneLine.answered()).toEqual(['web step 1: listening', 'db step 5: listening', 'look at 1 at 02:15'])
    expect(phoneLine.waiting).toEqual([])
    expect(phoneLine.key('1')).toEqual(['acknowledge web', 'acknowledge db'])
  })

  it('that has joined is not called about again', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db', 5)
    phoneLine.answered()
    phoneLine.hungUp('answered')
    phoneLine.at('02:13:05').deadline()

    expect(phoneLine.request('db', 5)).toEqual([])
    expect(phoneLine.phase).toBe('free')
  })

  it('that asks while somebody listens is called about next', () => {
    const phoneLine = phoneLineIn('answered')
    phoneLine.request('db')
    expect(phoneLine.key('1')).toEqual(['acknowledge web'])

    expect(phoneLine.at('02:14').hungUp('answered')).toEqual(['dial 2 about db', 'look at 2 at 02:15:15'])
  })

  it('that asks again about what key 1 then acknowledges is not called about', () => {
    const phoneLine = phoneLineIn('answered')
    phoneLine.request('web', 2)
    phoneLine.request('db')
    expect(phoneLine.key('1')).toEqual(['acknowledge web'])
    expect(phoneLine.waiting).toEqual(['db'])

    expect(phoneLine.at('02:14').hungUp('answered')).toEqual(['dial 2 about db', 'look at 2 at 02:15:15'])
    expect(phoneLine.request('web', 2)).toEqual([])
  })

  it('is called about as soon as nobody answered the first', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db')
    phoneLine.request('cache')

    expect(phoneLine.at('02:14').hungUp('unanswered')).toEqual([
      'web step 1: unanswered',
      'dial 2 about db, cache',
      'look at 2 at 02:15:15',
    ])
  })

  it('asks again by a later decision: the later one counts', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db', 2)
    phoneLine.request('db', 4)
    expect(phoneLine.request('db', 3)).toEqual([])
    phoneLine.hungUp('unanswered')

    expect(phoneLine.dialled()).toEqual(['link c2 to 2', 'db step 4: ringing'])
  })

  it('five of them are one call, and one key passes all on', () => {
    const phoneLine = phoneLineIn('ringing')
    for (const incident of ['a', 'b', 'c', 'd']) phoneLine.request(incident)
    phoneLine.answered()

    expect(phoneLine.key('9')).toEqual(['web', 'a', 'b', 'c', 'd'].map((incident) => `${incident} step 1: passed`))
  })

  it('a later decision of the same incident, made while its call is unknown, is one entry of the call', () => {
    const phoneLine = phoneLineIn('unknown')
    phoneLine.request('web', 2)

    expect(phoneLine.answered()).toEqual(['link c1 to 1', 'web step 2: listening', 'look at 1 at 02:15'])
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
    const phoneLine = phoneLineIn(phase)

    expect(phoneLine.cancel('web')).toEqual(effects)
    expect(phoneLine.phase).toBe(after)
    expect(phoneLine.cancel('web')).toEqual([])
  })

  it('while the vendor is being asked: the call is stopped as soon as it is known', () => {
    const phoneLine = phoneLineIn('dialling')
    phoneLine.cancel('web')

    expect(phoneLine.dialled()).toEqual(['stop 1', 'link c1 to 1'])
  })

  it('and nobody needs it any more when the vendor is about to be asked', () => {
    const phoneLine = phoneLineIn('dialling')
    phoneLine.cancel('web')

    expect(phoneLine.withdrawn()).toEqual([])
    expect(phoneLine.phase).toBe('free')
  })

  it('when the incident turns out to be over as it is told that the phone rings', () => {
    const phoneLine = phoneLineIn('dialling')

    expect(phoneLine.dialled()).toEqual(['link c1 to 1', 'web step 1: ringing'])
    expect(phoneLine.cancel('web')).toEqual(['stop 1'])
    expect(phoneLine.stopped()).toEqual(['web step 1: unanswered, called off'])
  })

  it('while the vendor throttles: it is not dialled again', () => {
    const phoneLine = phoneLineIn('dialling')
    phoneLine.cancel('web')

    expect(phoneLine.throttled()).toEqual([])
    expect(phoneLine.phase).toBe('free')
  })

  it('one of two: the call goes on for the other', () => {
    const phoneLine = new PhoneLineStory()
    phoneLine.request('old')
    phoneLine.request('web')
    phoneLine.request('db')
    phoneLine.refused()
    phoneLine.dialled()

    expect(phoneLine.cancel('web')).toEqual([])
    expect(phoneLine.phase).toBe('ringing')
    expect(phoneLine.cancel('db')).toEqual(['stop 2'])
  })

  it('before its call: it is not called about', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db')
    phoneLine.cancel('db')

    expect(phoneLine.hungUp('unanswered')).toEqual(['web step 1: unanswered'])
    expect(phoneLine.phase).toBe('free')
  })

  it('by an older decision: the newer one stays', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db', 4)
    phoneLine.cancel('db', 3)

    expect(phoneLine.waiting).toEqual(['db'])
  })

  it('with another waiting: that is called about once the first has stopped', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.request('db')
    expect(phoneLine.cancel('web')).toEqual(['stop 1'])
    expect(phoneLine.phase).toBe('ringing')

    expect(phoneLine.stopped()).toEqual([
      'web step 1: unanswered, called off',
      'dial 2 about db',
      'look at 2 at 02:14:15',
    ])
  })

  it('somebody answers just before it is stopped: they hear of it, and their key counts', () => {
    const phoneLine = phoneLineIn('ringing')
    phoneLine.cancel('web')

    expect(phoneLine.answered()).toEqual(['web step 1: listening', 'look at 1 at 02:15'])
    expect(phoneLine.key('1')).toEqual(['acknowledge web'])
  })
})

describe('a storm that is no group', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `check-${index}`)

  it('is one call about a hundred of them, and the next one about those that are left', () => {
    const phoneLine = phoneLineIn('ringing')
    for (const incident of many(150)) phoneLine.request(incident)
    phoneLine.answered()
    expect(phoneLine.waiting).toHaveLength(51)
    expect(phoneLine.key('1')).toEqual(['web', ...many(99)].map((incident) => `acknowledge ${incident}`))

    const next = many(150).slice(99)
    expect(phoneLine.hungUp('answered')).toEqual([`dial 2 about ${next.join(', ')}`, 'look at 2 at 02:14:15'])
    expect(phoneLine.waiting).toEqual([])
  })

  it('that asks at once is one call about all, and called off at once stops it', () => {
    const phoneLine = new PhoneLineStory()
    const of = many(3).map((incident) => ({ incident, step: 1 }))
    expect(phoneLine.at('02:13').take({ type: 'requests', of })).toEqual([
      'dial 1 about check-0, check-1, check-2',
      'look at 1 at 02:14:15',
    ])
    expect(phoneLine.take({ type: 'requests', of })).toEqual([])
    phoneLine.dialled()

    expect(phoneLine.take({ type: 'cancels', of })).toEqual(['stop 1'])
    expect(phoneLine.take({ type: 'requests', of })).toEqual([])
  })

  it('never asks for a call twice by one decision', () => {
    const phoneLine = new PhoneLineStory()
    for (const incident of many(150)) phoneLine.request(incident)
    phoneLine.hungUp('unanswered')
    expect(phoneLine.phoneLine?.call?.about).toHaveLength(1)
    phoneLine.refused()
    expect(phoneLine.phoneLine?.call?.about).toHaveLength(80)

    for (const incident of many(81)) expect(phoneLine.request(incident)).toEqual([])
    expect(phoneLine.waiting).toEqual(many(150).slice(81))
  })

  it('is called about worst first, each project in its turn, whenever it asked', () => {
    const phoneLine = phoneLineIn('ringing')
    const ask = (incident: string, severity: Severity) =>
      phoneLine.take({ type: 'requests', of: [{ incident, step: 1, severity }] })
    for (let n = 0; n < 3; n++) ask(`pay#1#error-${n}`, 'error')
    for (let n = 0; n < 3; n++) ask(`pay#1#down-${n}`, 'critical')
    ask('shop#1#down', 'critical')

    const next = 'pay#1#down-0, shop#1#down, pay#1#down-1, pay#1#down-2, pay#1#error-0, pay#1#error-1, pay#1#error-2'
    expect(phoneLine.hungUp('unanswered')).toEqual([
      'web step 1: unanswered',
      `dial 2 about ${next}`,
      'look at 2 at 02:14:15',
    ])
  })

  it('has room in its call for what another project asks while it rings', () => {
    const phoneLine = new PhoneLineStory()
    const of = Array.from({ length: 300 }, (_, index) => ({ incident: `pay#1#check-${index}`, step: 1 }))
    phoneLine.at('02:13').take({ type: 'requests', of })
    phoneLine.dialled()
    phoneLine.request('shop#1#till')
    phoneLine.answered()

    expect(phoneLine.phoneLine?.call?.about.map(({ incident }) => incident)).toContain('shop#1#till')
    expect(phoneLine.key('1')).toContain('acknowledge shop#1#till')
  })

  it('leaves room for other projects in its queue, too', () => {
    const phoneLine = phoneLineIn('ringing')
    for (let n = 0; n < 400; n++) phoneLine.request(`pay#1#check-${n}`)

    expect(() => phoneLine.request('pay#1#one-more')).toThrow('400 incidents wait for one person')
    expect(phoneLine.request('shop#1#till')).toEqual([])
  })

  it('of more than five hundred leaves the rest in the queue', () => {
    const phoneLine = phoneLineIn('ringing')
    for (const incident of many(500)) phoneLine.request(incident)

    expect(() => phoneLine.request('one more')).toThrow('500 incidents wait for one person: this request comes again')
    expect(phoneLine.request('check-7', 2)).toEqual([])
    expect(phoneLine.waiting.at(-1)).toBe('check-7')
  })

  it('fits one item of 400 KB, whatever it does all night', () => {
    const phoneLine = new PhoneLineStory()
    let largest = 0
    const entry = { id: '12345.0123', decidedAt: 1e12, leaseUntil: 1e12, notBefore: 0, tries: 0, uncertain: 0 }
    const take = (event: PhoneLineEvent) => {
      const { state, outbox } = phoneLine.decide(event)
      if (event.type === 'request') return
      const item = { state, outbox: outbox.map((effect) => ({ ...entry, effect })) }
      largest = Math.max(largest, Buffer.byteLength(JSON.stringify(item)))
    }
    for (let index = 0; index < 2_000; index++) {
      const incident = `payments#${1 + (index % 7)}#payments/checkout-api-of-region-${index}-by-an-outside-monitor`
      take({ type: 'request', incident, step: 1 + index })
      if (index % 400 < 390) continue
      take({ type: 'answered', seq: phoneLine.seq, contactId: 'c' })
      take({ type: 'key', seq: phoneLine.seq, contactId: 'c', key: '1', decision: 'acknowledged' })
      take({ type: 'disconnected', contactId: 'c', answered: true })
    }

    expect(Object.keys(phoneLine.phoneLine?.settled ?? {})).toHaveLength(1_000)
    expect(largest).toBeGreaterThan(100_000)
    expect(largest).toBeLessThan(400_000)
  })
})
