import { describe, expect, it } from 'vitest'
import type { Severity } from '../../shared/contracts/words.ts'
import type { PhoneLineEvent } from '../../shared/phoneline/phone-line.ts'
import { phoneLineIn } from './phases.ts'
import { PhoneLineStory } from './story.ts'

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
      if (event.type === 'requests') return
      const item = { state, outbox: outbox.map((effect) => ({ ...entry, effect })) }
      largest = Math.max(largest, Buffer.byteLength(JSON.stringify(item)))
    }
    for (let index = 0; index < 2_000; index++) {
      const incident = `payments#${1 + (index % 7)}#payments/checkout-api-of-region-${index}-by-an-outside-monitor`
      take({ type: 'requests', of: [{ incident, step: 1 + index }] })
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
